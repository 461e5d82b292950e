# Des cours en XML avec un DOCTYPE
# Rates in XML with a DOCTYPE
factures.csv < rates-invoices.sample
eurofxref-daily.xml < rates-doctype.sample
$ quittance aging factures.csv --convert-to EUR --rates eurofxref-daily.xml --format csv
