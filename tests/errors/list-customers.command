# Une liste de clients dont des identifiants et des adresses ne se lisent pas
# A list of customers whose identifiers and addresses cannot be read
clients.csv < list-customers.sample
factures.csv < list-customers.2.sample
$ quittance aging clients.csv factures.csv --format csv
