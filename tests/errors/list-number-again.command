# Un même numéro à deux dates dans deux listes
# One number on two dates in two lists
fevrier.csv < list-number-again.2.sample
janvier.csv < list-number-again.sample
$ quittance aging janvier.csv fevrier.csv --format csv
