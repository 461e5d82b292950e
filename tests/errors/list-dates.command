# Des dates qui peuvent se lire dans les deux ordres
# Dates that can be read in both orders
factures.csv < list-dates.sample
$ quittance aging factures.csv --format csv
