# Un numéro de compte qui n'en est pas un
# An account number that is none
ventes.txt < fec-account.sample
$ quittance aging ventes.txt --format csv
