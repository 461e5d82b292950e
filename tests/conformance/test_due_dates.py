"""Conformance section 12 (D): due dates, instalments, discounts."""
# ruff: noqa: N802

from datetime import date
from decimal import Decimal

import pytest

from quittance.core.terms import discount, instalments


def due(terms: str, start: str) -> str:
    """The due date of terms in one instalment."""
    ((day, _),) = instalments(terms, date.fromisoformat(start), amount_minor=100)
    return day.isoformat()


@pytest.mark.parametrize(
    ("terms", "start", "expected"),
    [
        ("2W", "2015-03-02", "2015-03-16"),
        ("15", "2015-03-01", "2015-03-16"),
        ("2M EOM", "2015-03-02", "2015-05-31"),
    ],
)
def test_D_02_weeks_days_months_and_end_of_month(terms: str, start: str, expected: str) -> None:
    assert due(terms, start) == expected


def test_D_04_thirty_percent_at_15_days_and_seventy_at_45() -> None:
    parts = instalments("30% 15 + 70% 45", date(2022, 1, 31), amount_minor=10_000)
    assert parts == [(date(2022, 2, 15), 3000), (date(2022, 3, 17), 7000)]


@pytest.mark.parametrize(
    ("terms", "expected"), [("30 ON 10", "2024-02-10"), ("30 ON 31", "2024-02-29")]
)
def test_D_05_thirty_days_then_a_day_of_the_next_month(terms: str, expected: str) -> None:
    assert due(terms, "2023-12-12") == expected


def test_D_08_payment_days_one_after_the_other() -> None:
    first = due("0 ON 15,20", "2020-01-18")
    assert first == "2020-01-20"
    assert due("0 ON 5,10", first) == "2020-02-05"


def test_D_09_the_first_payment_day_on_or_after() -> None:
    assert due("0 ON 5,10", "2020-01-06") == "2020-01-10"


def test_D_11_the_rest_of_the_rounding_is_on_the_last() -> None:
    parts = instalments("50% 0 + 50% 30", date(2026, 1, 1), amount_minor=3)
    assert [amount for _, amount in parts] == [2, 1]


@pytest.mark.parametrize(
    ("amount", "left", "off"),
    [
        (100_000, 90_000, 10_000),
        (300_000, 270_000, 30_000),
        (172_500, 155_250, 17_250),  # 1 500.00 and 225.00 of VAT: 150.00 and 22.50
        (150_000, 135_000, 15_000),
        (22_500, 20_250, 2_250),
    ],
)
def test_D_12_ten_percent_off_within_ten_days(amount: int, left: int, off: int) -> None:
    found = discount(amount, Decimal(10), days=10, start=date(2019, 1, 1))
    assert found.until == date(2019, 1, 11)
    assert (found.payable_minor, found.discount_minor) == (left, off)
