# Une écriture déséquilibrée
# An unbalanced entry
ventes.txt < fec-unbalanced.sample
$ quittance aging ventes.txt --format csv
