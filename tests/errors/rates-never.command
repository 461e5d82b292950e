# Une devise que la BCE ne publie pas
# A currency that the ECB does not publish
factures.csv < rates-invoices.sample
eurofxref-hist.csv < rates-old.sample
$ quittance aging factures.csv --convert-to MAD --rates eurofxref-hist.csv --format csv
