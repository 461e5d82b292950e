# Des à-nouveaux qui ne reprennent pas la clôture précédente
# Opening entries that are not the previous closing
2026.txt < fec-opening-differs.sample
2027.txt < fec-opening-differs.2.sample
$ quittance aging 2026.txt 2027.txt --format csv
