"""Use-cases that write: lock, re-read, check, write, journal event, one transaction each."""
