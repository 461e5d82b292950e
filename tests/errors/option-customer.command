# Un client inconnu
# An unknown customer
ventes.txt < option-customer.sample
$ quittance aging ventes.txt --format csv --customer C999
