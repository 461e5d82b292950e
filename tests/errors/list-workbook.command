# Un classeur abîmé
# A damaged workbook
factures.xlsx < list-workbook.sample
$ quittance aging factures.xlsx --format csv
