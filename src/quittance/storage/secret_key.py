"""The secret key of an installation, as far as there is one: what tells two of them apart.

It signs sessions and encrypts second factors, and is in no backup: a backup bears its fingerprint,
so that a restoration under another key says so.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

NAME = "secret_key"
SHOWN = 16  # characters of the fingerprint


def place_of_key(home: Path) -> Path:
    """The file of the home folder that holds the key when the environment gives none."""
    return home / NAME


def kept_key(environ: Mapping[str, str], home: Path) -> str:
    """The key given, else the one that the home folder holds; empty where there is none yet."""
    given = environ.get("QUITTANCE_SECRET", "")
    if given:
        return given
    try:
        return place_of_key(home).read_text(encoding="ascii")
    except FileNotFoundError:
        return ""


def fingerprint(key: str) -> str:
    """What a backup says of a key without telling it; empty for none.

    >>> fingerprint("")
    ''
    >>> fingerprint("a key") == fingerprint("a key") != fingerprint("another")
    True
    """
    return sha256(b"quittance key " + key.encode()).hexdigest()[:SHOWN] if key else ""
