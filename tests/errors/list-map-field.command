# --map nomme un champ inconnu
# --map names an unknown field
factures.csv < list-map-field.sample
$ quittance aging factures.csv --format csv --map "montant=Montant TTC"
