# Fichier introuvable
# No such file
ventes.txt < file-absent.sample
$ quittance aging vente.txt --format csv
