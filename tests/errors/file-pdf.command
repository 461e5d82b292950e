# Un PDF renommé en .txt
# A PDF renamed .txt
ventes.txt < file-pdf.sample
$ quittance aging ventes.txt --format csv
