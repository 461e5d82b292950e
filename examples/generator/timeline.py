"""Days of the story: working days in France, due dates, the days on which a party pays."""

from collections.abc import Iterator
from datetime import date, timedelta

WARM_UP = date(2024, 3, 1)  # trade starts here, so that the opening of 2025 is a living one
OPENING = date(2025, 1, 1)
CLOSING = date(2025, 12, 31)
END = date(2026, 9, 30)

EASTER = {
    2024: date(2024, 3, 31),
    2025: date(2025, 4, 20),
    2026: date(2026, 4, 5),
    2027: date(2027, 3, 28),
}
FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
DAYS_AFTER_EASTER = (1, 39, 50)
HOLIDAYS = frozenset(
    [date(year, month, day) for year in EASTER for month, day in FIXED_HOLIDAYS]
    + [sunday + timedelta(days=n) for sunday in EASTER.values() for n in DAYS_AFTER_EASTER]
)


def working_day(day: date) -> date:
    """The day itself when it is worked, else the first one after it."""
    while day.weekday() > 4 or day in HOLIDAYS:
        day += timedelta(days=1)
    return day


def month_end(day: date) -> date:
    """The last day of the month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def next_month(day: date) -> date:
    """The first day of the following month."""
    return month_end(day) + timedelta(days=1)


def months(first: date, last: date) -> Iterator[date]:
    """The first day of each month from `first` to `last`."""
    day = first.replace(day=1)
    while day <= last:
        yield day
        day = next_month(day)


def working_days_of(month: date) -> list[date]:
    """The worked days of a month."""
    days = (month + timedelta(days=n) for n in range(month_end(month).day))
    return [day for day in days if working_day(day) == day]


def day_of(month: date, number: int) -> date:
    """The worked day on or after a day-number of the month (the last day of a shorter one)."""
    return working_day(month.replace(day=min(number, month_end(month).day)))


def due_date(terms: str, day: date) -> date:
    """When an invoice of that day falls due: `30`, `45 EOM` (end of month), `30 EOM 10`.

    >>> due_date("45 EOM", date(2026, 1, 15)), due_date("30 EOM 10", date(2026, 1, 15))
    (datetime.date(2026, 3, 31), datetime.date(2026, 3, 10))
    """
    parts = terms.split()
    due = day + timedelta(days=int(parts[0]))
    if len(parts) > 1:
        due = month_end(due)
    if len(parts) > 2:
        due += timedelta(days=int(parts[2]))
    return due


def pay_day(day: date, day_numbers: tuple[int, ...]) -> date:
    """The first day on which a party that pays on fixed days of the month does so."""
    if not day_numbers:
        return working_day(day)
    candidates = [day_of(month, n) for month in (day, next_month(day)) for n in day_numbers]
    return min(candidate for candidate in candidates if candidate >= day)
