"""Days and months as expressions: half-years, month ends, working days."""

from datetime import date, timedelta

import polars as pl


def half_year_start(day: pl.Expr) -> pl.Expr:
    """The 1 January or 1 July on or before the day (C. com. L441-10 II fixes rates on them)."""
    return pl.date(day.dt.year(), pl.when(day.dt.month() <= 6).then(1).otherwise(7), 1)


def half_year_name(day: date) -> str:
    """The half-year as the law's tables name it.

    >>> half_year_name(date(2026, 9, 3))
    '2026-S2'
    """
    return f"{day.year}-S{1 if day.month <= 6 else 2}"


def is_leap_year(year: pl.Expr) -> pl.Expr:
    """Whether the year has 366 days."""
    return (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))


def days_in_year(day: pl.Expr) -> pl.Expr:
    """365 or 366, for the year the day lies in."""
    return pl.when(is_leap_year(day.dt.year())).then(366).otherwise(365)


def month_end(day: date) -> date:
    """The last day of the month.

    >>> month_end(date(2024, 2, 10))
    datetime.date(2024, 2, 29)
    """
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def month_ends(until: date, months: int) -> list[date]:
    """The last `months` month ends up to and including the month of `until`, oldest first.

    The last one is `until` itself, so that a series ends on the day of the report.

    >>> month_ends(date(2026, 3, 15), 3)
    [datetime.date(2026, 1, 31), datetime.date(2026, 2, 28), datetime.date(2026, 3, 15)]
    """
    ends = [until]
    first = until.replace(day=1)
    for _ in range(months - 1):
        last = first - timedelta(days=1)
        ends.append(last)
        first = last.replace(day=1)
    return ends[::-1]


def add_months(day: date, months: int) -> date:
    """The same day-number `months` later, or the last day of a shorter month (CPC art. 641).

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    count = day.year * 12 + day.month - 1 + months
    last = month_end(date(count // 12, count % 12 + 1, 1))
    return last.replace(day=min(day.day, last.day))


def is_working_day(day: date, holidays: frozenset[date]) -> bool:
    """Whether the day is neither Saturday, Sunday nor one of the given public holidays."""
    return day.weekday() < 5 and day not in holidays


def next_working_day(day: date, holidays: frozenset[date]) -> date:
    """The day itself when it is worked, else the first one after it (CPC art. 642)."""
    while not is_working_day(day, holidays):
        day += timedelta(days=1)
    return day


def span(days: pl.Series) -> tuple[date, date] | None:
    """The first and the last of a column of days; None when it holds none."""
    first, last = days.min(), days.max()
    return (first, last) if isinstance(first, date) and isinstance(last, date) else None
