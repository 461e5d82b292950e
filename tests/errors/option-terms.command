# Des conditions de règlement illisibles
# Unreadable payment terms
ventes.txt < option-terms.sample
$ quittance aging ventes.txt --format csv --terms "fin du mois prochain"
