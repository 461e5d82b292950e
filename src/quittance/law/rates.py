"""The series of legal rates: two are read, the others are made from them by the margins.

Sources: key rates of the ECB; C. mon. fin. L313-2 and L313-3; C. com. L441-10 II; CCP R2192-31.
Every file's text can be given instead of the package's own, by its path (for tests).
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from quittance.core import schema
from quittance.core.calendar import add_months, half_year_name
from quittance.law.fields import PPM_IN_PERCENT
from quittance.law.files import LawFileError, Row, head_day, place, rows_of
from quittance.law.shapes import LEGAL_INTEREST, MARGINS, REFINANCING

Contents = Mapping[str, str]


@dataclass(frozen=True)
class Rate:
    """One row of `LEGAL_RATES`: the rate of a series, in ppm a year, in `[from, until)`."""

    series: str
    valid_from: date
    valid_until: date
    rate_ppm: int
    reference: str
    source: str
    checked_on: date
    verified: bool


def rates_frame(contents: Contents) -> pl.DataFrame:
    """Every series as a frame of `LEGAL_RATES`; raises LawFileError for a file at fault."""
    rows = [asdict(rate) for rate in all_rates(contents)]
    return pl.DataFrame(rows, schema=dict(schema.LEGAL_RATES))


def all_rates(contents: Contents) -> list[Rate]:
    """The series read from the files, then those that the margins make from them."""
    read = refinancing_rates(contents) + legal_rates(contents)
    margins = rows_of(MARGINS, contents.get(MARGINS.file))
    first_day = head_day(MARGINS.file, "half_years_from", content=contents.get(MARGINS.file))
    made = []
    for series in dict.fromkeys(row["series"] for row in margins):
        rules = [row for row in margins if row["series"] == series]
        made += made_rates(rules, base_of(rules, read), first_day=first_day)
    return read + made


def base_of(rules: list[Row], read: list[Rate]) -> list[Rate]:
    """The rates that all rules of one series start from; refuses rules that disagree on them."""
    base = [rate for rate in read if rate.series == rules[0]["base"]]
    if not base or len({(rule["base"], rule["fixed_by"]) for rule in rules}) > 1:
        raise LawFileError(
            f"{place(MARGINS, rules[-1])}: every row of a series has the same fixed_by, and the "
            f"same base, one of {', '.join(dict.fromkeys(rate.series for rate in read))}"
        )
    return base


def refinancing_rates(contents: Contents) -> list[Rate]:
    """The ECB rate: a row holds until the next one, the last to the end of `complete_until`."""
    content = contents.get(REFINANCING.file)
    rows = rows_of(REFINANCING, content)
    complete_until = head_day(REFINANCING.file, "complete_until", content=content)
    ends = [row["valid_from"] for row in rows[1:]] + [complete_until + timedelta(days=1)]
    for row, end in zip(rows, ends, strict=True):
        if row["valid_from"] >= end or row["valid_until"] is not None:
            raise LawFileError(
                f"{place(REFINANCING, row)}: rows go from the oldest to the latest, each ends "
                "where the next begins (no valid_until), the last before complete_until"
            )
    return [
        rate_of(row, "ecb_refinancing", end=end, ppm=row["value"])
        for row, end in zip(rows, ends, strict=True)
    ]


def legal_rates(contents: Contents) -> list[Rate]:
    """The legal interest rate, both columns, one row per period."""
    rows = rows_of(LEGAL_INTEREST, contents.get(LEGAL_INTEREST.file))
    for row in rows:
        if row["period"] != period_name(row["valid_from"], row["valid_until"]):
            raise LawFileError(
                f"{place(LEGAL_INTEREST, row)}: the period does not have the days "
                f"{row['valid_from']} to {row['valid_until']} (the last one excluded)"
            )
    return [
        rate_of(row, series, end=row["valid_until"], ppm=row[column])
        for series, column in (
            ("legal_private", "private_creditor"),
            ("legal_other", "other_cases"),
        )
        for row in rows
    ]


def rate_of(row: Row, series: str, *, end: date, ppm: int) -> Rate:
    """A rate as a row of a file gives it."""
    return Rate(
        series=series,
        valid_from=row["valid_from"],
        valid_until=end,
        rate_ppm=ppm,
        reference=row["reference"],
        source=row["source"],
        checked_on=row["checked_on"],
        verified=row["verified"],
    )


def made_rates(rules: list[Row], base: list[Rate], *, first_day: date) -> list[Rate]:
    """One series made from its base, by the rule in force on the first day of each period.

    By half-year from `first_day` on, as long as the base is known on the first day of the
    half-year; or one rate for each rate of the base. Nothing is made where no rule is in force.
    """
    by_half_year = rules[0]["fixed_by"] == "half_year"
    bases = half_years(base, first_day=first_day) if by_half_year else iter(base)
    made = []
    for rate in bases:
        rule = next((row for row in rules if in_force(row, rate.valid_from)), None)
        made += [made_rate(rule, rate)] if rule else []
    return made


def half_years(base: list[Rate], *, first_day: date) -> Iterator[Rate]:
    """The base rate in force on the first day of each half-year, stretched over the half-year."""
    start = first_day
    while rate := next((r for r in base if r.valid_from <= start < r.valid_until), None):
        end = add_months(start, 6)
        yield replace(rate, valid_from=start, valid_until=end)
        start = end


def made_rate(rule: Row, base: Rate) -> Rate:
    """A rate made by a rule from a base rate; verified when both are, as fresh as the older."""
    value: Decimal = rule["value"]
    added = rule["operation"] == "plus"
    ppm = base.rate_ppm + value * PPM_IN_PERCENT if added else base.rate_ppm * value
    if ppm != int(ppm):
        raise LawFileError(f"{place(MARGINS, rule)}: {value} gives more than four decimals")
    percent = Decimal(base.rate_ppm) / PPM_IN_PERCENT
    sign = "+" if added else "×"
    return Rate(
        series=rule["series"],
        valid_from=base.valid_from,
        valid_until=base.valid_until,
        rate_ppm=int(ppm),
        reference=rule["reference"],
        source=f"{percent:f} % {sign} {value}; base: {base.reference}, {base.source}; "
        f"rule: {rule['source']}",
        checked_on=min(rule["checked_on"], base.checked_on),
        verified=rule["verified"] and base.verified,
    )


def in_force(row: Row, day: date) -> bool:
    """Whether a row holds on a day."""
    return bool(row["valid_from"] <= day) and (
        row["valid_until"] is None or bool(day < row["valid_until"])
    )


def period_name(start: date, end: date) -> str:
    """The name of a period `[start, end)`: "2013" for a year, "2026-S2" for a half-year.

    >>> period_name(date(2026, 7, 1), date(2027, 1, 1))
    '2026-S2'
    """
    if (start.month, start.day) == (1, 1) and end == date(start.year + 1, 1, 1):
        return str(start.year)
    if (start.month, start.day) in ((1, 1), (7, 1)) and end == add_months(start, 6):
        return half_year_name(start)
    return "neither a year nor a half-year"
