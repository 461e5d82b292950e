"""Half-years, lengths of years, month ends, working days."""

from datetime import date

import polars as pl
import pytest

from quittance.core.calendar import (
    add_months,
    days_in_year,
    half_year_name,
    half_year_start,
    is_working_day,
    month_end,
    month_ends,
    next_working_day,
    span,
)
from quittance.law.tables import public_holidays


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "start", "name"),
    [
        ("2026-01-01", "2026-01-01", "2026-S1"),
        ("2026-06-30", "2026-01-01", "2026-S1"),
        ("2026-07-01", "2026-07-01", "2026-S2"),
        ("2026-12-31", "2026-07-01", "2026-S2"),
    ],
)
def test_half_years(on: str, start: str, name: str) -> None:
    frame = pl.DataFrame({"day": [day(on)]})
    assert frame.select(half_year_start(pl.col("day"))).item() == day(start)
    assert half_year_name(day(on)) == name


@pytest.mark.parametrize(
    ("year", "days"), [(2023, 365), (2024, 366), (1900, 365), (2000, 366), (2100, 365)]
)
def test_days_in_year(year: int, days: int) -> None:
    frame = pl.DataFrame({"day": [date(year, 3, 1)]})
    assert frame.select(days_in_year(pl.col("day"))).item() == days


@pytest.mark.parametrize(
    ("on", "last"),
    [
        ("2024-02-10", "2024-02-29"),
        ("2026-02-28", "2026-02-28"),
        ("2026-01-31", "2026-01-31"),
        ("2026-12-01", "2026-12-31"),
    ],
)
def test_month_end(on: str, last: str) -> None:
    assert month_end(day(on)) == day(last)


def test_month_ends_stop_on_the_day_itself() -> None:
    assert month_ends(day("2026-01-15"), 1) == [day("2026-01-15")]
    ends = month_ends(day("2026-01-15"), 14)
    assert len(ends) == 14
    assert ends[:2] == [day("2024-12-31"), day("2025-01-31")]
    assert ends[-2:] == [day("2025-12-31"), day("2026-01-15")]


@pytest.mark.parametrize(
    ("start", "months", "reached"),
    [
        ("2026-01-31", 0, "2026-01-31"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -13, "2024-12-15"),
    ],
)
def test_add_months_keeps_the_day_or_takes_the_last(start: str, months: int, reached: str) -> None:
    assert add_months(day(start), months) == day(reached)


@pytest.mark.parametrize(
    ("on", "is_worked", "next_one"),
    [
        ("2026-05-01", False, "2026-05-04"),  # Friday, Labour Day
        ("2026-05-02", False, "2026-05-04"),  # Saturday
        ("2026-05-04", True, "2026-05-04"),
        ("2026-12-25", False, "2026-12-28"),
    ],
)
def test_working_days(on: str, is_worked: bool, next_one: str) -> None:
    holidays = public_holidays(2026, 2026)
    assert is_working_day(day(on), holidays) is is_worked
    assert next_working_day(day(on), holidays) == day(next_one)


def test_span_of_days() -> None:
    days = [day("2026-03-01"), day("2026-01-01"), None]
    assert span(pl.Series(days)) == (day("2026-01-01"), day("2026-03-01"))
    assert span(pl.Series([], dtype=pl.Date)) is None
    assert span(pl.Series([None], dtype=pl.Date)) is None
