# Le nom du fichier ne dit pas ce que dit le contenu
# The file's name does not say what its content says
732829321FEC20241231.txt < fec-name.sample
$ quittance aging 732829321FEC20241231.txt --format csv
