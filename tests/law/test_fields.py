"""Each field of a row: what it accepts, exactly, and what it refuses."""

from datetime import date
from decimal import Decimal

import pytest

from quittance.law import fields
from quittance.law.fields import Parser


@pytest.mark.parametrize(
    ("written", "ppm"),
    [("12.15", 121_500), ("0.00", 0), ("-0.50", -5_000), ("8", 80_000), ("0.0001", 1)],
)
def test_a_percentage_is_exact_parts_per_million(written: str, ppm: int) -> None:
    assert fields.percent(written) == ppm


def test_a_number_keeps_its_digits() -> None:
    assert fields.number("9.20") == Decimal("9.20")


@pytest.mark.parametrize(
    ("parser", "found"),
    [
        (fields.percent, 12.15),  # a float
        (fields.percent, "12,15"),
        (fields.percent, "12.15 %"),
        (fields.percent, "0.00001"),  # finer than one part per million
        (fields.percent, ""),
        (fields.percent, "1e3"),
        (fields.percent, "NaN"),
        (fields.number, "٣"),
        (fields.day, "2027-01-01"),
        (fields.day, None),
        (fields.flag, "yes"),
        (fields.flag, 1),
        (fields.whole, 0),
        (fields.whole, True),
        (fields.whole, "30"),
        (fields.text, 7),
        (fields.words, "  "),
        (fields.texts, []),
        (fields.texts, "FR"),
        (fields.texts, ["FR", ""]),
        (fields.link, "http://www.legifrance.gouv.fr"),
        (fields.link, "https://"),
        (fields.link, "www.legifrance.gouv.fr"),
        (fields.one_of("A", "B"), "D"),
        (fields.holiday, "5 May"),
        (fields.holiday, "02-29"),
        (fields.holiday, "13-01"),
        (fields.holiday, "easter"),
    ],
)
def test_what_cannot_be_read_exactly_is_refused(parser: Parser, found: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        parser(found)


def test_the_other_fields_are_returned_as_they_are() -> None:
    assert fields.day(date(2027, 1, 1)) == date(2027, 1, 1)
    assert fields.link("https://www.ecb.europa.eu/") == "https://www.ecb.europa.eu/"
    assert fields.one_of("A", "B")("B") == "B"
    assert fields.texts(["FR-57", "FR-67"]) == ["FR-57", "FR-67"]
    assert (fields.whole(30), fields.flag(False)) == (30, False)


def test_a_holiday_is_fixed_or_counted_from_easter() -> None:
    assert fields.holiday("05-08") == ("fixed", 5, 8)
    assert fields.holiday("easter+39") == ("easter", 39, 0)
    assert fields.holiday("easter-2") == ("easter", -2, 0)
