# Une liste sans client
# A list without a customer
factures.csv < list-unknown.sample
$ quittance aging factures.csv --format csv
