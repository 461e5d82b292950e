# Un montant, une date et un client illisibles dans une liste
# An unreadable amount, date and customer in a list
factures.csv < list-faults.sample
$ quittance aging factures.csv --format csv
