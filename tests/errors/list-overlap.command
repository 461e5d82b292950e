# Deux listes qui se recouvrent : chaque facture comptée une fois
# Two lists that overlap: each invoice counted once
fevrier.csv < list-overlap.2.sample
janvier.csv < list-overlap.sample
$ quittance aging janvier.csv fevrier.csv --format csv
