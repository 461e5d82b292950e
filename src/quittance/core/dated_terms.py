"""Payment terms that changed on a day: `30 THEN 45 EOM FROM 2026-11-24`, one text for all of them.

Invoices issued before the day keep the terms that they were issued under. PUIS and DEPUIS are read
as THEN and FROM. See docs/algorithms/terms.md.
"""

import re
from collections.abc import Iterable
from datetime import date

import polars as pl

THEN = re.compile(r"\s+(?:THEN|PUIS)\s+", re.IGNORECASE)
STAGE = re.compile(r"^(.+?)\s+(?:FROM|DEPUIS)\s+(\d{4}-\d{2}-\d{2})$", re.IGNORECASE)
Stage = tuple[date | None, str]  # from which day of issue on, and the terms


def stages(text: str) -> tuple[Stage, ...]:
    """The terms that a text holds, each with the day from which it counts; the first for ever.

    >>> stages("30 THEN 45 EOM FROM 2026-11-24")
    ((None, '30'), (datetime.date(2026, 11, 24), '45 EOM'))
    """
    first, *later = THEN.split(text.strip())
    found: list[Stage] = [(None, first)]
    for part in later:
        match = STAGE.match(part)
        day = day_of(match[2]) if match else None
        if match is None or day is None:
            return ((None, text),)  # what cannot be cut is read, and refused, as a whole
        found.append((day, match[1]))
    days = [day for day, _ in found[1:] if day is not None]
    return tuple(found) if days == sorted(set(days)) else ((None, text),)


def day_of(text: str) -> date | None:
    """A day, or nothing where the calendar has none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def changed_from(text: str, new: str, *, start: date) -> str:
    """A text of terms with other terms for what is issued from a day on.

    >>> changed_from("30", "45 EOM", start=date(2026, 11, 24))
    '30 THEN 45 EOM FROM 2026-11-24'
    >>> changed_from("30 THEN 45 EOM FROM 2026-11-24", "60", start=date(2026, 11, 24))
    '30 THEN 60 FROM 2026-11-24'
    """
    kept = [(day, terms) for day, terms in stages(text) if day is None or day < start]
    if kept[-1][1] != new:
        kept.append((start, new))
    told = [terms if day is None else f"{terms} FROM {day}" for day, terms in kept]
    return " THEN ".join(told)


def of_their_day(texts: Iterable[str | None]) -> pl.Expr:
    """Of `terms`, which holds these texts, those that counted on `issue_date`."""
    terms = pl.col("terms")
    found = terms
    for text in texts:
        parts = stages(text) if text else ()
        for day, stage in parts if len(parts) > 1 else ():
            counts = pl.lit(value=True) if day is None else pl.col("issue_date") >= day
            found = pl.when((terms == text) & counts).then(pl.lit(stage)).otherwise(found)
    return found.alias("terms")
