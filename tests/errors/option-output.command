# Un fichier de sortie impossible à écrire
# An output file that cannot be written
ventes.txt < option-output.sample
$ quittance aging ventes.txt -o ventes.txt/balance.csv
