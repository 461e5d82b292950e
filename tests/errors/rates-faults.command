# Un fichier de cours abîmé
# A damaged file of exchange rates
factures.csv < rates-invoices.sample
eurofxref-hist.csv < rates-faults.sample
$ quittance aging factures.csv --convert-to EUR --rates eurofxref-hist.csv --format csv
