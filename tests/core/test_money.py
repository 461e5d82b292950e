"""Whole minor units, decimals by currency, one rounding half up, amounts written for a reader."""

from decimal import Decimal

import polars as pl
import pytest

from quittance.core.money import (
    LARGEST_AMOUNT,
    decimal_text,
    minor_digits,
    money_text,
    rounded_half_up,
    to_major,
    to_minor,
)


@pytest.mark.parametrize(
    ("currency", "digits"), [("EUR", 2), ("USD", 2), ("JPY", 0), ("XPF", 0), ("TND", 3), ("???", 2)]
)
def test_decimals_of_a_currency(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("0", "EUR", 0),
        ("12.34", "EUR", 1234),
        ("0.005", "EUR", 1),
        ("0.0049", "EUR", 0),
        ("-0.005", "EUR", -1),
        ("1000", "JPY", 1000),
        ("0.5", "JPY", 1),
        ("1.2345", "TND", 1235),
        (str(LARGEST_AMOUNT), "EUR", 10**14),
    ],
)
def test_to_minor_rounds_half_away_from_zero_once(amount: str, currency: str, minor: int) -> None:
    assert to_minor(Decimal(amount), currency) == minor


@pytest.mark.parametrize("currency", ["EUR", "JPY", "TND"])
@pytest.mark.parametrize("minor", [0, 1, -1, 99, 123_456_789_012_345])
def test_to_major_and_back_is_exact(minor: int, currency: str) -> None:
    assert to_minor(to_major(minor, currency), currency) == minor


def test_to_major_shows_the_currency_s_decimals() -> None:
    assert str(to_major(5, "EUR")) == "0.05"
    assert str(to_major(5, "JPY")) == "5"
    assert str(to_major(5, "TND")) == "0.005"


@pytest.mark.parametrize(
    ("minor", "currency", "french", "english"),
    [
        (0, "EUR", "0,00\u00a0€", "€0.00"),
        (123450, "EUR", "1\u202f234,50\u00a0€", "€1,234.50"),
        (-123450, "EUR", "-1\u202f234,50\u00a0€", "-€1,234.50"),
        (5, "EUR", "0,05\u00a0€", "€0.05"),
        (1_000_000, "JPY", "1\u202f000\u202f000\u00a0JPY", "JPY\u00a01,000,000"),
        (100, "GBP", "1,00\u00a0£", "£1.00"),
        (1234, "TND", "1,234\u00a0TND", "TND\u00a01.234"),
    ],
)
def test_money_text(minor: int, currency: str, french: str, english: str) -> None:
    assert money_text(minor, currency, lang="fr") == french
    assert money_text(minor, currency, lang="en") == english


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(0, 2, 0), (1, 2, 1), (1, 3, 0), (2, 3, 1), (5, 10, 1), (4, 10, 0), (15, 10, 2), (7, 1, 7)],
)
def test_rounded_half_up(numerator: int, denominator: int, expected: int) -> None:
    frame = pl.DataFrame({"n": [numerator]})
    assert frame.select(rounded_half_up(pl.col("n"), denominator)).item() == expected


def test_rounded_half_up_does_not_overflow() -> None:
    product = pl.lit(10**14).cast(pl.Int128) * 200_000 * 36_500
    frame = pl.DataFrame({"one": [1]})
    assert frame.select(rounded_half_up(product, 365_000_000)).item() == 2 * 10**15


def test_the_denominator_may_be_a_column_that_fills_its_type() -> None:
    frame = pl.DataFrame({"n": [5, 2**62, 7], "d": [10, 2**63 - 1, 2]})
    found = frame.select(rounded_half_up(pl.col("n"), pl.col("d"))).to_series()
    assert found.to_list() == [1, 1, 4]


def test_decimal_text_is_french_without_grouping() -> None:
    frame = pl.DataFrame({"cents": [0, 5, 99, 100, 120000, -120005, -1]})
    expected = ["0,00", "0,05", "0,99", "1,00", "1200,00", "-1200,05", "-0,01"]
    assert frame.select(decimal_text("cents")).to_series().to_list() == expected
