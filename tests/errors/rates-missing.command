# Des cours trop anciens pour le jour
# Rates too old for the day
factures.csv < rates-invoices.sample
eurofxref-hist.csv < rates-old.sample
$ quittance aging factures.csv --as-of 2026-12-01 --convert-to EUR --rates eurofxref-hist.csv --format csv
