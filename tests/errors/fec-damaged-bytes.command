# Quelques octets abîmés dans un fichier UTF-8
# A few damaged bytes in a UTF-8 file
ventes.txt < fec-damaged-bytes.sample
$ quittance aging ventes.txt --format csv
