# Il manque une colonne essentielle
# An essential column is missing
ventes.txt < fec-essential-columns.sample
$ quittance aging ventes.txt --format csv
