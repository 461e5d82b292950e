# --map nomme une colonne absente
# --map names a column that is not there
factures.csv < list-map-column.sample
$ quittance aging factures.csv --format csv --map "amount=Total TTC"
