"""Where fiscal years begin in a ledger, whatever files it came in.

A matching code is reused every year, and opening entries (*à nouveaux*) repeat the year before:
both need to know where a year begins. An opening journal is also where its own corrections are
booked, so its entries open a year only when a year has passed or when they carry the balances that
the books have. See docs/algorithms/ledger.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from quittance.core.schema import ENTRIES, checked

OPENING_JOURNAL = r"(?i)^(an|ann|ano|anou|anouv|a_?nouv.*|ran|rn|ouv|ouvert.*|open.*|bo)\d*$"
OPENING_WORDS = (
    r"(?i)(^|\PL)[aàâ\x{FFFD}][ ._'’-]?nouveau|^nouveau|ouverture|balance initiale|opening"
)
CARRIED = r"^[1-5]"  # accounts of the balance sheet are carried forward
YEAR = 12  # months
LONGEST_YEAR = 24  # months
FIRST_DAYS = 7  # openings are dated on the first day of the year, or in its first days
BROAD = 10  # balances: a correction carries fewer
PAIR = ["account", "auxiliary"]


@dataclass(frozen=True)
class YearStart:
    """The first day of a fiscal year, and the day of its opening entries if it has any."""

    first: date
    opening: date | None


def is_of_opening_journal() -> pl.Expr:
    """Whether a line is in an opening journal, by its code or its label."""
    journal, label = pl.col("journal"), pl.col("journal_label")
    return journal.str.contains(OPENING_JOURNAL) | label.str.contains(OPENING_WORDS)


@checked(entries=ENTRIES)
def with_fiscal_years(entries: pl.DataFrame, *, file_starts: Sequence[date]) -> pl.DataFrame:
    """Entries with `fiscal_year` (0 for the first one) and `is_opening`.

    `is_opening` are the entries of the opening journals on the day that opens a year, and on the
    first day that they have any.
    """
    journal = ["journal", "journal_label"]
    journals = entries.select(journal).unique().with_columns(is_named=is_of_opening_journal())
    told = entries.join(journals, on=journal, how="left", nulls_equal=True, maintain_order="left")
    openings = told.filter("is_named")
    starts = year_starts(entries, openings, file_starts=file_starts)
    days = {start.opening for start in starts} | {openings["date"].min()}
    year = pl.lit(0, pl.Int64)
    for start in starts[1:]:
        year = year + (pl.col("date") >= start.first).cast(pl.Int64)
    is_first = pl.col("date").is_in([day for day in days if day])
    return told.with_columns(fiscal_year=year, is_opening=pl.col("is_named") & is_first).drop(
        "is_named"
    )


def year_starts(
    entries: pl.DataFrame, openings: pl.DataFrame, *, file_starts: Sequence[date]
) -> list[YearStart]:
    """The fiscal years of the books, in order; the first one begins with the books."""
    first = entries["date"].min()
    if not isinstance(first, date):
        return []
    days = openings["date"].unique().sort().to_list()
    found = [YearStart(first, first if first in days else None)]
    while following := next_start(
        found[-1].first, entries, openings=openings, file_starts=file_starts
    ):
        found.append(following)
    return found


def next_start(
    since: date, entries: pl.DataFrame, *, openings: pl.DataFrame, file_starts: Sequence[date]
) -> YearStart | None:
    """The fiscal year after the one that began on a day.

    It begins with its openings; where none come within the longest year that the law allows, with
    a file that starts a year or more after.
    """
    day = next_opening(since, entries, openings=openings, file_starts=file_starts)
    later = [start for start in file_starts if months_between(since, start) >= YEAR]
    file = min(later, default=None)
    if day and (file is None or months_between(since, day) < LONGEST_YEAR or day <= file):
        is_just_before = file is not None and 0 <= (day - file).days <= FIRST_DAYS
        return YearStart(file if file and is_just_before else day, day)
    return YearStart(file, None) if file else None


def next_opening(
    since: date, entries: pl.DataFrame, *, openings: pl.DataFrame, file_starts: Sequence[date]
) -> date | None:
    """The first day after another on which an opening journal opens a year."""
    days = openings.filter(pl.col("date") > since)["date"].unique().sort().to_list()
    a_year_later = [day for day in days if months_between(since, day) >= YEAR]
    before = [day for day in days if months_between(since, day) < YEAR]
    carrying = days_that_carry(since, entries, openings=openings, days=before, starts=file_starts)
    return min([*carrying, *a_year_later], default=None)


def months_between(one: date, other: date) -> int:
    """How many months the month of a day comes after another's."""
    return (other.year - one.year) * 12 + other.month - one.month


def days_that_carry(
    since: date,
    entries: pl.DataFrame,
    *,
    openings: pl.DataFrame,
    days: Sequence[date],
    starts: Sequence[date],
) -> list[date]:
    """The days on which an opening journal carries the balances that the year has reached.

    Of the balances that are not nil, half come back to the cent; or three quarters in number, where
    a file begins on that day or where there are too many for a correction.
    """
    if not days:
        return []
    told = openings.filter(pl.col("date").is_in(list(days)))
    found = carried_balances(told, balances(entries.filter(pl.col("date") >= since)))
    count, held = pl.col("count").cast(pl.Int64), pl.col("held")
    is_broad = (count >= BROAD) | ((count > 1) & pl.col("date").is_in(list(starts)))
    opens = (pl.col("equal") * 2 >= held) | (is_broad & (count * 4 >= held * 3))
    return found.filter(held > 0, opens)["date"].to_list()


def balances(entries: pl.DataFrame) -> pl.DataFrame:
    """The `net` of each account and auxiliary on each of its days, and its `balance` that evening.

    Only what is carried forward: the accounts of the balance sheet.
    """
    net = pl.col("debit_minor").sum() - pl.col("credit_minor").sum()
    of_days = (
        entries.filter(pl.col("account").str.contains(CARRIED))
        .group_by(*PAIR, "date")
        .agg(net=net)
        .sort("date")
    )
    return of_days.with_columns(balance=pl.col("net").cum_sum().over(PAIR))


def carried_balances(openings: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """For each day: how many balances are carried (`count`), to the cent (`equal`), of how many.

    `before` are the balances of the books; those of the evening before count (`held` are not nil).
    """
    evening = {"strategy": "backward", "allow_exact_matches": False, "check_sortedness": False}
    pairs = balances(openings).filter(pl.col("net") != 0).select(*PAIR, "date", "net")
    both = pairs.join_asof(before.drop("net"), on="date", by=PAIR, **evening)  # type: ignore[arg-type]
    is_equal = pl.col("net") == pl.col("balance")
    of_days = both.group_by("date").agg(count=pl.len(), equal=is_equal.sum()).sort("date")
    return of_days.join_asof(balances_held(before), on="date", **evening)  # type: ignore[arg-type]


def balances_held(moves: pl.DataFrame) -> pl.DataFrame:
    """How many balances are not nil at the end of each day, as `held`."""
    is_held = (pl.col("balance") != 0).cast(pl.Int64)
    change = is_held - is_held.shift(fill_value=0).over(PAIR)
    return (
        moves.with_columns(change=change)
        .group_by("date")
        .agg(pl.col("change").sum())
        .sort("date")
        .select("date", held=pl.col("change").cum_sum())
    )
