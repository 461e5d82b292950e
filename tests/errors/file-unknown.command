# Un texte qui n'est ni un FEC ni une liste
# A text that is neither a FEC nor a list
ventes.txt < file-unknown.sample
$ quittance aging ventes.txt --format csv
