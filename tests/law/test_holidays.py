"""Public holidays against the package `holidays`, an independent source."""

from datetime import date

import holidays
import pytest

from quittance.core.legal_values import MissingLegalValue
from quittance.law.tables import public_holidays

FIRST, LAST = 2000, 2035
# The package leaves Whit Monday out of the three years in which it was, by default, the day of
# solidarity; it stayed on the list of public holidays (C. trav. L222-1 then).
WHIT_MONDAYS_LEFT_OUT = {date(2005, 5, 16), date(2006, 6, 5), date(2007, 5, 28)}


def published(subdivision: str | None = None) -> set[date]:
    years = range(FIRST, LAST + 1)
    return set(holidays.country_holidays("FR", subdiv=subdivision, years=years))


def test_the_eleven_days_of_the_whole_country() -> None:
    assert public_holidays(FIRST, LAST) == published() | WHIT_MONDAYS_LEFT_OUT


@pytest.mark.parametrize("territory", ["FR-57", "FR-67", "FR-68"])
def test_alsace_moselle_adds_good_friday_and_26_december(territory: str) -> None:
    found = public_holidays(FIRST, LAST, territory=territory)
    assert found == published("57") | WHIT_MONDAYS_LEFT_OUT
    assert {date(2026, 4, 3), date(2026, 12, 26)} <= found - public_holidays(FIRST, LAST)


ABOLITION_DAYS = {
    "FR-976": (4, 27), "FR-972": (5, 22), "FR-971": (5, 27), "FR-973": (6, 10),
    "FR-974": (12, 20), "FR-BL": (10, 9), "FR-MF": (5, 27),
}  # fmt: skip


@pytest.mark.parametrize(("territory", "day"), ABOLITION_DAYS.items())
def test_overseas_adds_the_day_of_the_abolition_of_slavery(
    territory: str, day: tuple[int, int]
) -> None:
    added = public_holidays(2026, 2026, territory=territory) - public_holidays(2026, 2026)
    assert added == {date(2026, *day)}


def test_two_holidays_on_one_day_count_once() -> None:
    assert len(public_holidays(2027, 2027)) == 11
    assert len(public_holidays(2008, 2008)) == 10  # Ascension fell on 1 May


def test_an_unknown_territory_is_refused_with_the_known_ones() -> None:
    with pytest.raises(MissingLegalValue, match=r"for FR-99\. The territories are: FR, FR-57"):
        public_holidays(2026, 2026, territory="FR-99")


def test_a_year_before_the_list_begins_is_refused_and_not_left_empty() -> None:
    assert len(public_holidays(1982, 1982)) == 11
    with pytest.raises(MissingLegalValue, match="known from 1982 on only; the year 1981"):
        public_holidays(1981, 1990)
