# Un 31 février
# A date of 31 February
ventes.txt < fec-31-february.sample
$ quittance aging ventes.txt --format csv
