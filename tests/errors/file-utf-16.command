# Un FEC en UTF-16 (« texte Unicode » d'Excel) : lu sans rien perdre
# A FEC in UTF-16 (Excel's 'Unicode text'): read, nothing lost
ventes.txt < file-utf-16.sample
$ quittance aging ventes.txt --format csv
