# Des tranches qui ne croissent pas
# Bucket edges that do not increase
ventes.txt < option-buckets.sample
$ quittance aging ventes.txt --format csv --buckets 60,30
