# Deux colonnes pour le même champ
# Two columns for the same field
factures.csv < list-ambiguous.sample
$ quittance aging factures.csv --format csv
