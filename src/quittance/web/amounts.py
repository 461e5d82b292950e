"""Amounts as people type them into a form."""

from decimal import Decimal

from quittance.core.money import minor_digits, to_major, to_minor
from quittance.core.phrase import Language
from quittance.web.narrowing import amount_of

LARGEST = Decimal(10) ** 12


def minor_of(text: str, currency: str) -> int | None:
    """An amount in minor units; 0 for an empty field, None for what cannot be read in one way.

    >>> [minor_of(text, "EUR") for text in ("1 234,50", "1,234.50", "1.234,5", "12", "")]
    [123450, 123450, 123450, 1200, 0]
    >>> [minor_of(text, "EUR") for text in ("1.234", "12,345", "-3", "abc", "1,2,3")]
    [None, None, None, None, None]
    """
    bare = text.strip()
    if not bare:
        return 0
    if "," in bare and "." in bare:  # the last one is the decimal mark
        thousands = "," if bare.rindex(".") > bare.rindex(",") else "."
        bare = bare.replace(thousands, "")
    amount = None if bare.startswith("-") else amount_of(bare)
    if amount is None or amount >= LARGEST:
        return None
    exponent = amount.as_tuple().exponent
    is_exact = isinstance(exponent, int) and -exponent <= minor_digits(currency)
    return to_minor(amount, currency) if is_exact else None


def typed(amount_minor: int, currency: str, *, lang: Language) -> str:
    """An amount as a field of a form holds it, empty for nothing.

    >>> typed(123450, "EUR", lang="fr"), typed(5, "JPY", lang="en"), typed(0, "EUR", lang="en")
    ('1234,50', '5', '')
    """
    text = str(to_major(amount_minor, currency)) if amount_minor else ""
    return text.replace(".", ",") if lang == "fr" else text
