# --terms nomme une liste de factures
# --terms names a list of invoices
ventes.txt < option-terms-not-a-list.sample
factures.csv < option-terms-not-a-list.2.sample
$ quittance aging ventes.txt --format csv --terms factures.csv
