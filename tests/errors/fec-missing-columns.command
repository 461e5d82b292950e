# Des colonnes manquent, pas les essentielles
# Columns are missing, not the essential ones
ventes.txt < fec-missing-columns.sample
$ quittance aging ventes.txt --format csv
