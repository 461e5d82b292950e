# Ni débit ni crédit
# Neither debit nor credit
ventes.txt < fec-amount-missing.sample
$ quittance aging ventes.txt --format csv
