# Un FEC et une liste de factures ensemble
# A FEC and a list of invoices together
ventes.txt < file-two-sources.sample
factures.csv < file-two-sources.2.sample
$ quittance aging ventes.txt factures.csv --format csv
