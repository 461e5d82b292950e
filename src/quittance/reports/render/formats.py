"""Numbers, dates and percentages as a reader writes them, one at a time and by the column.

The functions in the plural (`money_texts`) work on Polars expressions, those in the singular on
one value; both give the same text. Money goes from whole minor units to text without a float.
"""

import math
import re
from datetime import date

import polars as pl

from quittance.core.money import MINOR_DIGITS, NARROW_SPACE, money_text
from quittance.core.phrase import Language, Phrase
from quittance.reports.render import words
from quittance.reports.report import Column, Figure, Kind

NO_BREAK = "\u00a0"
DASH = "–"  # stands where there is no number
NUMERIC: frozenset[Kind] = frozenset({"money", "days", "count", "percent", "number"})
POINT = {"fr": ",", "en": "."}
THOUSANDS = {"fr": NARROW_SPACE, "en": ","}
BREAKS = "[\\t\\n\\v\\f\\r\\x85\u2028\u2029]+"
UNSAFE = "[\\x00-\\x1f\\x7f-\\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
DATE_FORMAT = {"fr": "%d/%m/%Y", "en": "%d %b %Y"}


def clean(text: str) -> str:
    r"""A text fit for a screen: one line, no control character, no reversal of direction.

    >>> clean("Dupont\n\x1b[31mSARL")
    'Dupont �[31mSARL'
    """
    return held(re.sub(UNSAFE, "\ufffd", re.sub(BREAKS, " ", text)))


def held(text: str) -> str:
    """French marks held to their word by no-break spaces, so that none begins a line."""
    return re.sub(r" (?=[;:!?%»])|(?<=«) ", NO_BREAK, text)


def clean_texts(text: pl.Expr) -> pl.Expr:
    """`clean` by the column."""
    one_line = text.cast(pl.String).str.replace_all(BREAKS, " ")
    safe = one_line.str.replace_all(UNSAFE, "\ufffd")
    return safe.str.replace_all(r" ([;:!?%»])", f"{NO_BREAK}$1").str.replace_all(
        "« ", f"«{NO_BREAK}", literal=True
    )


def number_text(value: float, *, lang: Language, decimals: int = 0) -> str:
    """A number with its thousands set apart, rounded half away from zero.

    >>> number_text(1234.5, lang="en", decimals=2)
    '1,234.50'
    """
    if not math.isfinite(value):
        return DASH
    scaled = abs(value) if isinstance(value, int) else math.floor(abs(value) * 10**decimals + 0.5)
    scaled = scaled * 10**decimals if isinstance(value, int) else scaled
    whole, fraction = divmod(scaled, 10**decimals)
    text = f"{whole:,}".replace(",", THOUSANDS[lang])
    text = f"{text}{POINT[lang]}{fraction:0{decimals}d}" if decimals else text
    return f"-{text}" if value < 0 and scaled else text


def percent_text(value: float, lang: Language) -> str:
    """A percentage; 12.15 means 12.15 %.

    >>> percent_text(12.15, "en")
    '12.15%'
    """
    number = number_text(value, lang=lang, decimals=0 if isinstance(value, int) else 2)
    return f"{number}{NO_BREAK}%" if lang == "fr" else f"{number}%"


def days_text(value: float, lang: Language) -> str:
    r"""A number of days; one decimal unless it is a whole number.

    >>> days_text(44.3, "en"), days_text(1, "en")
    ('44.3\xa0days', '1\xa0day')
    """
    number = number_text(value, lang=lang, decimals=0 if isinstance(value, int) else 1)
    if lang == "fr":
        return f"{number}{NO_BREAK}j"
    return f"{number}{NO_BREAK}{'day' if number in ('1', '-1') else 'days'}"


def date_text(day: date, lang: Language) -> str:
    """A day: 31/12/2025 in French, 31 Dec 2025 in English.

    >>> date_text(date(2025, 12, 31), "en")
    '31 Dec 2025'
    """
    if lang == "fr":
        return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
    return f"{day.day:02d} {words.MONTHS[day.month - 1].en} {day.year:04d}"


def month_text(day: date, lang: Language) -> str:
    """A month: `janv. 26` in French, `Jan 26` in English."""
    return f"{words.MONTHS[day.month - 1].text(lang)}{NO_BREAK}{day.year % 100:02d}"


def counted(number: int, lang: Language, *, one: Phrase, many: Phrase) -> str:
    """A number of things in words: `1 erreur`, `3 erreurs`."""
    phrase = one if number == 1 else many
    return phrase.filled(count=number_text(number, lang=lang)).text(lang)


def value_text(
    value: float | str | date | None, kind: Kind, *, lang: Language, currency: str | None = None
) -> str:
    """Any value of a report with its unit; a dash when there is none."""
    if value is None:
        return DASH
    if isinstance(value, date):
        return date_text(value, lang)
    if isinstance(value, str):
        return clean(value)
    return _number_with_unit(value, kind, lang=lang, currency=currency)


def figure_text(figure: Figure, lang: Language) -> str:
    """The value of a key figure with its unit, or that it cannot be computed."""
    if figure.value is None:
        return words.NOT_COMPUTABLE.text(lang)
    return value_text(figure.value, figure.kind, lang=lang, currency=figure.currency)


def _number_with_unit(value: float, kind: Kind, *, lang: Language, currency: str | None) -> str:
    if kind == "flag":
        return (words.YES if value else words.NO).text(lang)
    if kind == "percent":
        return percent_text(value, lang)
    if kind == "days":
        return days_text(value, lang)
    if kind == "money":
        return money_text(round(value), currency or "", lang=lang).strip()
    return number_text(value, lang=lang, decimals=0 if isinstance(value, int) else 2)


def decimal_texts(
    amount_minor: pl.Expr, currency: pl.Expr, *, point: str = ".", thousands: str = ""
) -> pl.Expr:
    """Minor units as exact decimal amounts with the number of decimals of each row's currency."""
    digits = currency.replace_strict(
        list(MINOR_DIGITS), list(MINOR_DIGITS.values()), default=2, return_dtype=pl.Int64
    )
    power = pl.when(digits == 0).then(1).when(digits == 3).then(1000).otherwise(100)
    magnitude = amount_minor.abs()
    fraction = pl.lit(point) + (magnitude % power).cast(pl.String).str.zfill(digits)
    return pl.concat_str(
        pl.when(amount_minor < 0).then(pl.lit("-")).otherwise(pl.lit("")),
        _grouped(magnitude // power, thousands),
        pl.when(digits > 0).then(fraction).otherwise(pl.lit("")),
    )


def money_texts(amount_minor: pl.Expr, currency: pl.Expr, *, lang: Language) -> pl.Expr:
    """Amounts for a reader, without the currency's symbol: `1 234,50` or `1,234.50`."""
    point, thousands = POINT[lang], THOUSANDS[lang]
    return decimal_texts(amount_minor, currency, point=point, thousands=thousands)


def number_texts(number: pl.Expr, *, lang: Language, decimals: int = 0) -> pl.Expr:
    """`number_text` by the column; null stays null."""
    scaled = (number.cast(pl.Float64).abs() * 10**decimals + 0.5).floor()
    whole_number = scaled.cast(pl.Int64, strict=False)
    text = _grouped(whole_number // 10**decimals, THOUSANDS[lang])
    if decimals:
        fraction = (whole_number % 10**decimals).cast(pl.String).str.zfill(decimals)
        text = pl.concat_str(text, fraction, separator=POINT[lang])
    negative = (number < 0) & (whole_number > 0)
    return pl.when(negative).then(pl.lit("-") + text).otherwise(text)


def date_texts(day: pl.Expr, lang: Language) -> pl.Expr:
    """`date_text` by the column."""
    return day.dt.strftime(DATE_FORMAT[lang])


def flag_texts(flag: pl.Expr, lang: Language) -> pl.Expr:
    """Yes or no by the column; null stays null."""
    yes, no = pl.lit(words.YES.text(lang)), pl.lit(words.NO.text(lang))
    return pl.when(flag).then(yes).when(~flag).then(no)


def column_texts(column: Column, lang: Language, *, whole: bool = False) -> pl.Expr:
    """One column of a report as texts under its own name; `whole` for days without decimals."""
    values = pl.col(column.name if column.kind != "phrase" else f"{column.name}_{lang}")
    return _texts(worded(values, column, lang=lang), column.kind, lang=lang, whole=whole).alias(
        column.name
    )


def worded(values: pl.Expr, column: Column, *, lang: Language) -> pl.Expr:
    """A column of codes as the words they mean; any other column as it is."""
    if column.words is None:
        return values
    return values.replace({code: phrase.text(lang) for code, phrase in column.words.items()})


def _texts(values: pl.Expr, kind: Kind, *, lang: Language, whole: bool) -> pl.Expr:
    if kind == "money":
        return money_texts(values, pl.col("currency"), lang=lang)
    if kind == "date":
        return date_texts(values, lang)
    if kind == "flag":
        return flag_texts(values, lang)
    if kind == "count":
        return number_texts(values, lang=lang)
    if kind == "percent":
        unit = f"{NO_BREAK}%" if lang == "fr" else "%"
        return number_texts(values, lang=lang, decimals=2) + pl.lit(unit)
    if kind == "number":
        return number_texts(values, lang=lang, decimals=2)
    if kind == "days":
        unit = NO_BREAK + words.DAYS_SHORT.text(lang)
        return number_texts(values, lang=lang, decimals=0 if whole else 1) + pl.lit(unit)
    return clean_texts(values)


def _grouped(whole: pl.Expr, thousands: str) -> pl.Expr:
    text = whole.cast(pl.String)
    if not thousands:
        return text
    apart = text.str.reverse().str.replace_all(r"\d{3}", "${0} ")
    return (
        apart.str.strip_chars_end(" ").str.reverse().str.replace_all(" ", thousands, literal=True)
    )
