"""Public holidays of France, from `fr/public_holidays.yaml`.

Sources: C. trav. L3133-1 (the eleven days), L3134-13 (Alsace-Moselle), L3422-2 (overseas).
"""

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

from quittance.core.legal_values import MissingLegalValue
from quittance.core.phrase import Phrase
from quittance.law.files import Row, rows_of
from quittance.law.shapes import PUBLIC_HOLIDAYS

UNKNOWN_TERRITORY = Phrase(
    "Aucun jour férié n'est connu pour {territory}. Les territoires sont : {known}. "
    "Ajoutez ses lignes à law/{file}, avec leur source.",
    "No public holiday is known for {territory}. The territories are: {known}. "
    "Add its rows to law/{file}, with their source.",
)
TOO_EARLY = Phrase(
    "Les jours fériés ne sont connus qu'à partir de {first} ; l'année {year} est demandée. "
    "Ajoutez les lignes d'avant à law/{file}, avec leur source.",
    "Public holidays are known from {first} on only; the year {year} is asked for. "
    "Add the rows of before to law/{file}, with their source.",
)


def public_holidays(first_year: int, last_year: int, *, territory: str = "FR") -> frozenset[date]:
    """Every public holiday of the years, both included, in a territory (ISO 3166-2 code).

    "FR" is the eleven days of the whole country; FR-57, FR-67, FR-68 (Alsace-Moselle) and the
    overseas codes add their own. Raises MissingLegalValue for another territory, or for a year
    before the list begins.
    """
    rows = rows_in(territory)
    first_known = min(row["valid_from"].year for row in rows)
    if first_year < first_known:
        facts = {"first": first_known, "year": first_year, "file": PUBLIC_HOLIDAYS.file}
        raise MissingLegalValue(TOO_EARLY.filled(**facts))
    years = range(first_year, last_year + 1)
    days = ((row, day_in(year, row["value"])) for row in rows for year in years)
    return frozenset(day for row, day in days if holds(row, day))


@cache
def rows_in(territory: str) -> tuple[Row, ...]:
    """The rows that hold in a territory: its own and those of the whole country."""
    rows = rows_of(PUBLIC_HOLIDAYS)
    known = sorted({code for row in rows for code in row["territories"]})
    if territory not in known:
        facts = {"known": ", ".join(known), "file": PUBLIC_HOLIDAYS.file}
        raise MissingLegalValue(UNKNOWN_TERRITORY.filled(territory=territory, **facts))
    return tuple(row for row in rows if {"FR", territory} & set(row["territories"]))


def day_in(year: int, rule: tuple[str, int, int]) -> date:
    """The day of a holiday's rule in a year."""
    kind, first, second = rule
    if kind == "easter":
        return easter(year) + timedelta(days=first)
    return date(year, first, second)


def holds(row: Row, day: date) -> bool:
    """Whether the row was in force on the day."""
    until = row["valid_until"]
    return bool(row["valid_from"] <= day) and (until is None or bool(day < until))
