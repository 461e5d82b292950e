"""The legal values of a country, loaded from the package's files, checked and served as frames.

Nothing here reads a clock or a network: what is not in a file is missing, and the refusal says
which row to add to which file (`core.legal_values.MissingLegalValue`).
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, partial
from types import MappingProxyType
from typing import Any

import polars as pl

from quittance.core import schema
from quittance.core.book import Law
from quittance.core.legal_values import MissingLegalValue
from quittance.core.legal_values import rate_on as rate_in
from quittance.core.money import to_major, to_minor
from quittance.core.phrase import Phrase
from quittance.law.files import LawFileError, Row, place, rows_of
from quittance.law.holidays import public_holidays
from quittance.law.rates import rates_frame
from quittance.law.shapes import (
    ACCOUNT_GROUPS,
    AMOUNTS,
    EU_LATE_PAYMENT,
    LIMITATION_PERIODS,
    SHAPES,
    TERM_CEILINGS,
    Shape,
)

__all__ = [
    "LawFileError", "MissingLegalValue", "check_files", "eu_late_payment", "law_from",
    "load_law", "public_holidays", "rate_on",
]  # fmt: skip

CLASSES = "1234567"  # the accounts of a balance sheet and of its result
EU_COLUMNS: schema.Schema = {
    "iso2": pl.String,
    "country": pl.String,
    "reference_rate": pl.String,
    "margin": pl.Int64,  # ppm above the reference rate
    "margin_note": pl.String,  # null: nothing to add
    "special": pl.String,
    "reset": pl.String,
    "fixed_compensation": pl.String,
    "rate_2025_s2": pl.Int64,  # ppm, null where no source let us check
    "valid_from": pl.Date,
    "reference": pl.String,
    "link": pl.String,
    "source": pl.String,
    "checked_on": pl.Date,
    "verified": pl.Boolean,
    "grade": pl.String,
}
UNKNOWN_COUNTRY = Phrase(
    "Aucune valeur légale pour le pays {country} ; seul FR est servi. Ajoutez un dossier "
    "law/{folder}/ avec des valeurs sourcées.",
    "No legal values for the country {country}; FR only is served. Add a folder "
    "law/{folder}/ of sourced values.",
)


@cache
def load_law(country: str = "FR") -> Law:
    """The legal values of a country as frames, read once.

    Raises MissingLegalValue for a country other than FR, LawFileError for a file at fault.
    """
    if country != "FR":
        raise MissingLegalValue(UNKNOWN_COUNTRY.filled(country=country, folder=country.lower()))
    return law_from({})


def law_from(contents: Mapping[str, str]) -> Law:
    """The French law, with the text of some files given instead of the package's own.

    Raises LawFileError naming file, line and row for a file at fault.
    """
    return Law(
        rates=rates_frame(contents),
        amounts=frame(amount_rows(contents), schema.LEGAL_AMOUNTS),
        term_ceilings=frame(rows_in(TERM_CEILINGS, contents), schema.TERM_CEILINGS),
        limitation_periods=frame(rows_in(LIMITATION_PERIODS, contents), schema.LIMITATION_PERIODS),
        account_groups=frame(account_rows(contents), schema.ACCOUNT_GROUPS),
    )


def rate_on(law: Law, series: str, *, day: date) -> dict[str, Any]:
    """The row of a series of rates in force on a day, columns of `LEGAL_RATES` (ppm a year).

    Raises MissingLegalValue, with the row to add and the file, where there is none.
    """
    return rate_in(law.rates, series, day=day)


def eu_late_payment() -> pl.DataFrame:
    """Late-payment interest by country of the Union (and GB), to look up; see `EU_COLUMNS`.

    Margins and rates are in ppm a year. Rows with `verified` false were found in no source.
    """
    return frame(rows_of(EU_LATE_PAYMENT), EU_COLUMNS)


def check_files(contents: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """Every fault of the files of law, one sentence each; empty when all is in order.

    `contents` gives the text of some files, by path, instead of the package's own.
    """
    checks: list[Callable[[], object]] = [partial(rows_in, shape, contents) for shape in SHAPES]
    faults = [fault for check in checks for fault in faults_of(check)]
    return faults or faults_of(partial(law_from, contents))


def faults_of(check: Callable[[], object]) -> list[str]:
    """The sentences of the refusal that a check ends in; empty when it passes."""
    try:
        check()
    except LawFileError as error:
        return str(error).splitlines()
    return []


def rows_in(shape: Shape, contents: Mapping[str, str]) -> list[Row]:
    """The checked rows of a shape, from the given text of its file or from the package's."""
    return rows_of(shape, contents.get(shape.file))


def frame(rows: list[Row], columns: schema.Schema) -> pl.DataFrame:
    """Rows as a frame of the stated columns; a field a row does not have is null."""
    kept = [{name: row.get(name) for name in columns} for row in rows]
    return pl.DataFrame(kept, schema=dict(columns))


def amount_rows(contents: Mapping[str, str]) -> list[Row]:
    """The legal sums of money, in minor units; refuses one with a fraction of a minor unit."""
    rows = rows_in(AMOUNTS, contents)
    for row in rows:
        row["amount_minor"] = to_minor(row["value"], row["currency"])
        if to_major(row["amount_minor"], row["currency"]) != row["value"]:
            raise LawFileError(f"{place(AMOUNTS, row)}: {row['value']} has too many decimals")
    return rows


def account_rows(contents: Mapping[str, str]) -> list[Row]:
    """The groups of accounts; refuses a prefix without exactly one row for each side.

    The seven classes must all be there: then every balance falls in exactly one group, and
    working capital less working-capital need equals net cash whatever the books hold.
    """
    rows = rows_in(ACCOUNT_GROUPS, contents)
    sides: dict[str, list[str]] = {each: [] for each in CLASSES}
    for row in rows:
        both = ["debit", "credit"] if row["side"] == "both" else [row["side"]]
        sides.setdefault(row["prefix"], []).extend(both)
    wrong = [prefix for prefix, found in sides.items() if sorted(found) != ["credit", "debit"]]
    if wrong:
        at_fault = next((row for row in rows if row["prefix"] == wrong[0]), None)
        where = place(ACCOUNT_GROUPS, at_fault) if at_fault else f"law/{ACCOUNT_GROUPS.file}"
        raise LawFileError(
            f"{where}: the prefix {wrong[0]} must have one group for a debit balance and one "
            f"for a credit balance; found {sides[wrong[0]]}"
        )
    return rows
