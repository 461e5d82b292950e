# Un montant illisible (la lettre O pour le chiffre 0)
# An unreadable amount (the letter O for the digit 0)
ventes.txt < fec-amount-unreadable.sample
$ quittance aging ventes.txt --format csv
