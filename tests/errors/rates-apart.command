# Des cours parmi les livres
# Rates among the books
factures.csv < rates-invoices.sample
eurofxref-hist.csv < rates-old.sample
$ quittance aging factures.csv eurofxref-hist.csv --format csv
