# Une date d'arrêté mal écrite
# A malformed report date
ventes.txt < option-as-of.sample
$ quittance aging ventes.txt --format csv --as-of 2026-13-01
