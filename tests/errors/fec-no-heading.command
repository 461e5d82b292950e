# Un FEC sans sa ligne d'en-tête
# A FEC without its heading line
ventes.txt < fec-no-heading.sample
$ quittance aging ventes.txt --format csv
