"""Money is a whole number of minor units beside its currency; floats never touch it.

Source of the number of decimals: ISO 4217, list one (amendment 180).
"""

from decimal import ROUND_HALF_UP, Decimal

import polars as pl

MINOR_DIGITS = {
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
    "RWF": 0, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
}  # fmt: skip
NARROW_SPACE = "\u202f"
LARGEST_AMOUNT = 10**12  # major units: beyond a thousand billion, a column was misread


def minor_digits(currency: str) -> int:
    """How many decimals the currency has.

    >>> minor_digits("EUR"), minor_digits("JPY")
    (2, 0)
    """
    return MINOR_DIGITS.get(currency, 2)


def to_minor(amount: Decimal, currency: str) -> int:
    """An exact amount in major units as a whole number of minor units, rounded half up once.

    >>> to_minor(Decimal("0.125"), "EUR")
    13
    """
    scaled = amount.scaleb(minor_digits(currency))
    return int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def to_major(amount_minor: int, currency: str) -> Decimal:
    """Minor units as an exact decimal amount with the currency's number of decimals.

    >>> to_major(123450, "EUR")
    Decimal('1234.50')
    """
    return Decimal(amount_minor).scaleb(-minor_digits(currency))


def money_text(amount_minor: int, currency: str, *, lang: str) -> str:
    """An amount written for a reader: `1 234,50 €` in French, `€1,234.50` in English.

    >>> money_text(-123450, "EUR", lang="en")
    '-€1,234.50'
    """
    text = f"{abs(to_major(amount_minor, currency)):,.{minor_digits(currency)}f}"
    sign = "-" if amount_minor < 0 else ""
    symbol = {"EUR": "€", "GBP": "£", "USD": "$"}.get(currency, currency)
    if lang == "fr":
        french = text.replace(",", NARROW_SPACE).replace(".", ",")
        return f"{sign}{french}\u00a0{symbol}"
    return f"{sign}{symbol}{text}" if len(symbol) == 1 else f"{sign}{symbol}\u00a0{text}"


def rounded_half_up(numerator: pl.Expr, denominator: int | pl.Expr) -> pl.Expr:
    """Exact `numerator / denominator` rounded half up to a whole number; both non-negative.

    Both are widened to 128 bits, so a product of amount, rate and days cannot overflow.
    """
    wide = numerator.cast(pl.Int128)
    parts = denominator if isinstance(denominator, int) else denominator.cast(pl.Int128)
    return ((wide * 2 + parts) // (parts * 2)).cast(pl.Int64)


def decimal_text(minor: str) -> pl.Expr:
    """A column of whole cents as French decimal text without grouping: `-1200,00`."""
    size = pl.col(minor).abs()
    sign = pl.when(pl.col(minor) < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    cents = (size % 100).cast(pl.String).str.zfill(2)
    return pl.concat_str(sign, (size // 100).cast(pl.String), pl.lit(","), cents)
