# Un téléchargement interrompu
# A download that was cut
factures.csv < rates-invoices.sample
eurofxref-daily.xml < rates-cut.sample
$ quittance aging factures.csv --convert-to EUR --rates eurofxref-daily.xml --format csv
