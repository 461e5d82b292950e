# Un débit négatif : une contre-passation
# A negative debit: a reversal
ventes.txt < fec-negative-debit.sample
$ quittance aging ventes.txt --format csv
