# Un montant de 10^15 euros
# An amount of 10^15 euros
ventes.txt < fec-amount-too-large.sample
$ quittance aging ventes.txt --format csv
