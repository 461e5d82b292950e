"""Readers: bytes in, rows and problems out; one file per format."""
