# Des dates et des points décimaux hors norme : lus avec un avertissement
# Dates and decimal points that the law forbids: read with a warning
ventes.txt < fec-iso-dates.sample
$ quittance aging ventes.txt --format csv
