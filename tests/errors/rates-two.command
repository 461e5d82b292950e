# Deux fichiers qui disent deux cours du même jour
# Two files that give two rates of the same day
factures.csv < rates-invoices.sample
eurofxref-hist.csv < rates-old.sample
autre.csv < rates-other.sample
$ quittance aging factures.csv --convert-to EUR --rates eurofxref-hist.csv --rates autre.csv --format csv
