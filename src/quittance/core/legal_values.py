"""The legal rate or amount in force on a day, and the refusal that says which row to add where.

A value that is not there is never extrapolated: the refusal names the half-year, the series, the
file and the edit. Files are named from the package: `law/fr/…` is `src/quittance/law/fr/…`.
"""

from datetime import date, timedelta
from typing import Any

import polars as pl

from quittance.core import schema
from quittance.core.calendar import half_year_name
from quittance.core.phrase import Phrase, same
from quittance.core.schema import checked

ECB_FILE = "law/eu/ecb_refinancing_rate.yaml"
LEGAL_FILE = "law/fr/legal_interest.yaml"
LATE_FILE = "law/fr/late_payment.yaml"

SERIES = {
    "ecb_refinancing": Phrase("taux de refinancement de la BCE", "ECB refinancing rate"),
    "legal_private": Phrase(
        "taux de l'intérêt légal, créancier particulier",
        "legal interest rate, private creditor",
    ),
    "legal_other": Phrase(
        "taux de l'intérêt légal, autres cas", "legal interest rate, other cases"
    ),
    "legal_private_after_judgment": Phrase(
        "taux légal majoré après jugement, créancier particulier",
        "legal rate raised after a judgment, private creditor",
    ),
    "legal_other_after_judgment": Phrase(
        "taux légal majoré après jugement, autres cas",
        "legal rate raised after a judgment, other cases",
    ),
    "b2b_default": Phrase(
        "taux supplétif des pénalités de retard", "default rate of late-payment interest"
    ),
    "b2b_floor": Phrase(
        "taux plancher des pénalités de retard", "floor rate of late-payment interest"
    ),
    "public_buyer": Phrase(
        "taux des intérêts moratoires des acheteurs publics",
        "default interest rate of public buyers",
    ),
}
BY_HALF_YEAR = ("b2b_default", "b2b_floor", "public_buyer")
FROM_ECB = ("ecb_refinancing", "b2b_default", "public_buyer")  # the others come from LEGAL_FILE

MISSING = Phrase(
    "Il manque le {name} ({series}) pour {half_year}, au {day} : {remedy}.",
    "The {name} ({series}) is missing for {half_year}, on {day}: {remedy}.",
)
ADD_LEGAL = Phrase(
    "ajoutez la ligne {half_year} à {file}, avec sa source",
    "add the row {half_year} to {file}, with its source",
)
ADD_ECB = Phrase(
    "dans {file}, ajoutez les décisions de la BCE qui ont changé le taux, avec leur source, "
    "et portez complete_until au {until} au moins",
    "in {file}, add the decisions of the ECB that changed the rate, with their source, "
    "and move complete_until to {until} or later",
)
TOO_EARLY = Phrase(
    "la série commence le {first} ; ajoutez à {file} les lignes d'avant, avec leur source",
    "the series begins on {first}; add the rows of before to {file}, with their source",
)
NOT_BY_HALF_YEAR = Phrase(
    "avant le {first}, la loi ne fixait pas ce taux par semestre ; donnez le taux du contrat, ou "
    "commencez le calcul ce jour-là",
    "before {first} the law did not fix this rate by half-year; give the rate of the contract, or "
    "begin the computation on that day",
)
UNKNOWN_SERIES = Phrase(
    "Aucune série de taux ne s'appelle {series}. Les séries sont : {known}.",
    "No series of rates is called {series}. The series are: {known}.",
)
MISSING_AMOUNT = Phrase(
    "Il manque le montant légal {name} au {day} : ajoutez sa ligne à {file}, sous amounts, "
    "avec sa source.",
    "The legal amount {name} is missing on {day}: add its row to {file}, under amounts, "
    "with its source.",
)


class MissingLegalValue(LookupError):  # noqa: N818  (it is a refusal with its remedy, not a fault)
    """A legal value that no file holds; `phrase` says which one and what to add where."""

    def __init__(self, phrase: Phrase) -> None:
        self.phrase = phrase
        super().__init__(phrase.en)


@checked(rates=schema.LEGAL_RATES)
def rate_on(rates: pl.DataFrame, series: str, *, day: date) -> dict[str, Any]:
    """The row of a series in force on a day, columns of `LEGAL_RATES` (rate in ppm a year).

    Raises MissingLegalValue where there is none, ValueError where two rows hold on the same day.
    """
    rows = of_series(rates, series)
    found = rows.filter(holds_on(day))
    if found.height > 1:
        raise ValueError(f"two rates of {series} are in force on {day}")
    if found.is_empty():
        raise missing_rate(rows, series, day=day)
    return found.row(0, named=True)


@checked(rates=schema.LEGAL_RATES)
def require_coverage(rates: pl.DataFrame, series: str, *, first_day: date, last_day: date) -> None:
    """Refuse a series that does not cover every day from the first to the last, both included.

    Raises MissingLegalValue for the first day not covered. An empty interval asks for nothing.
    """
    rows = of_series(rates, series)
    day = first_day
    for start, end in rows.select("valid_from", "valid_until").iter_rows():
        if day > last_day or start > day:
            break
        day = max(day, end or last_day + timedelta(days=1))
    if day <= last_day:
        raise missing_rate(rows, series, day=day)


@checked(amounts=schema.LEGAL_AMOUNTS)
def amount_on(amounts: pl.DataFrame, name: str, *, day: date) -> dict[str, Any]:
    """The row of a legal amount in force on a day, columns of `LEGAL_AMOUNTS` (minor units).

    A null `valid_until` means in force with no known end. Raises MissingLegalValue where there is
    none, ValueError where two rows hold on the same day.
    """
    found = amounts.filter(pl.col("name") == name, holds_on(day))
    if found.height > 1:
        raise ValueError(f"two amounts called {name} are in force on {day}")
    if found.is_empty():
        raise MissingLegalValue(MISSING_AMOUNT.filled(name=name, day=day, file=LATE_FILE))
    return found.row(0, named=True)


def holds_on(day: date) -> pl.Expr:
    """Whether a row's half-open period `[valid_from, valid_until)` contains the day."""
    ends = pl.col("valid_until")
    return (pl.col("valid_from") <= day) & (ends.is_null() | (ends > day))


@checked(rates=schema.LEGAL_RATES)
def of_series(rates: pl.DataFrame, series: str) -> pl.DataFrame:
    """The rows of one series, oldest first; refuses a name that is no series of ours or theirs."""
    rows = rates.filter(pl.col("series") == series).sort("valid_from")
    if rows.is_empty() and series not in SERIES:
        known = same(", ".join(SERIES))
        raise MissingLegalValue(UNKNOWN_SERIES.filled(series=series, known=known))
    return rows


@checked(rows=schema.LEGAL_RATES)
def missing_rate(rows: pl.DataFrame, series: str, *, day: date) -> MissingLegalValue:
    """The refusal for a day that the rows of one series (oldest first) do not cover."""
    name = SERIES.get(series, same(series))
    half_year = half_year_name(day)
    first = rows["valid_from"].min()
    file = ECB_FILE if series in FROM_ECB else LEGAL_FILE
    if isinstance(first, date) and day < first:
        early = NOT_BY_HALF_YEAR if series in BY_HALF_YEAR else TOO_EARLY
        remedy = early.filled(first=first, file=file)
    elif series in FROM_ECB:
        remedy = ADD_ECB.filled(file=file, until=decisive_day(series, day))
    else:
        remedy = ADD_LEGAL.filled(half_year=half_year, file=file)
    facts = {"name": name, "series": series, "half_year": half_year, "day": day, "remedy": remedy}
    return MissingLegalValue(MISSING.filled(**facts))


def decisive_day(series: str, day: date) -> date:
    """The day whose ECB rate decides: the day itself, or the first day of its half-year."""
    return day if series == "ecb_refinancing" else date(day.year, 1 if day.month <= 6 else 7, 1)
