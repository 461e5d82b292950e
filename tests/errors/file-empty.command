# Fichier vide
# Empty file
ventes.txt < file-empty.sample
$ quittance aging ventes.txt --format csv
