# Une case isolée dans le dernier coin de la feuille
# A lone cell in the last corner of the sheet
factures.xlsx < list-oversized.sample
$ quittance aging factures.xlsx --format csv
