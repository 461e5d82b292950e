# Une demi-ligne à la fin : export ou copie interrompus
# Half a line at the end: an export or a copy cut short
ventes.txt < fec-half-line.sample
$ quittance aging ventes.txt --format csv
