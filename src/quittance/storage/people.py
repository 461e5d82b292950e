"""How a customer is found again: its words without accents, case or punctuation."""

import re
import unicodedata

LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


def searchable(*words: str) -> str:
    """Words as they are compared by the search.

    >>> searchable("C0042", "Société Générale d'Électricité")
    'c0042 societe generale d electricite'
    """
    text = unicodedata.normalize("NFKD", " ".join(words)).casefold().translate(LETTERS)
    bare = "".join(one for one in text if not unicodedata.combining(one))
    return re.sub(r"[^0-9a-z]+", " ", bare).strip()


def search_text(code: str, name: str, *identifiers: str) -> str:
    """What a customer is found by: code, name, and the SIREN, SIRET and VAT number it has."""
    return searchable(code, name, *identifiers)
