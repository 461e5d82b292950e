# Un FEC sans aucun compte client
# A FEC without any customer's account
ventes.txt < file-no-receivable.sample
$ quittance aging ventes.txt --format csv
