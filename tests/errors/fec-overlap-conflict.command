# Deux exports qui se contredisent
# Two exports that contradict each other
fevrier.txt < fec-overlap-conflict.sample
mars.txt < fec-overlap-conflict.2.sample
$ quittance aging fevrier.txt mars.txt --format csv
