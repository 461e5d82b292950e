# Une formule dans le nom d'un client : elle reste un texte
# A formula in a customer's name: it stays a text
factures.csv < list-formula.sample
$ quittance aging factures.csv --format csv
