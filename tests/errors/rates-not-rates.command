# Autre chose que des cours
# Something else than rates
factures.csv < rates-invoices.sample
$ quittance aging factures.csv --convert-to EUR --rates factures.csv --format csv
