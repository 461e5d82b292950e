# Un semestre sans taux légal
# A half-year without a legal rate
$ quittance charges --amount 1200 --due 2026-12-15 --on 2027-02-15
