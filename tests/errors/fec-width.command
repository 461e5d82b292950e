# Un séparateur dans un libellé : la ligne a un champ de trop
# A separator inside a label: the line has one field too many
ventes.txt < fec-width.sample
$ quittance aging ventes.txt --format csv
