# Une liste de conditions illisible
# An unreadable list of terms
ventes.txt < option-terms-list.sample
conditions.csv < option-terms-list.2.sample
$ quittance aging ventes.txt --format csv --terms conditions.csv
