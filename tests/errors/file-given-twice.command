# Le même fichier donné deux fois : compté une fois
# The same file given twice: counted once
ventes.txt < file-given-twice.sample
copie.txt < file-given-twice.2.sample
$ quittance aging ventes.txt copie.txt --format csv
