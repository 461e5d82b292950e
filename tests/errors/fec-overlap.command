# Deux exports qui se recouvrent : les mêmes écritures comptées une fois
# Two exports that overlap: the same entries counted once
fevrier.txt < fec-overlap.sample
mars.txt < fec-overlap.2.sample
$ quittance aging fevrier.txt mars.txt --format csv
