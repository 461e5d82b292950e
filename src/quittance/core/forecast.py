"""What the open items should bring in, week by week, if customers pay as they usually do.

An open item is expected on its due date, later by the customer's usual delay; one whose expected
day has passed is expected within the coming week. See docs/algorithms/forecast.md.
"""

from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.open_items import open_items
from quittance.core.payment_behaviour import payment_behaviour, settled_by_payments

WEEKS = 8
SOUND = ("invoice", "bill", "opening", "refund", "other")  # a doubtful claim is not counted on


def expected_cash(book: Book, as_of: date, *, weeks: int = WEEKS) -> pl.DataFrame:
    """One row per currency and week to come: what is expected, and what falls due.

    Columns: currency, week (1 begins the day after `as_of`; `weeks` + 1 is all that is later),
    from_date, `expected_minor` (at each customer's mean delay of the last twelve months, weighted
    by amount, never negative; the company's where the customer has none), `due_minor` (open items
    by their due date; what is past due is in week 0) and `unallocated_minor` (credits already
    received, ≤ 0, in week 0).
    """
    opened = open_items(book, as_of)
    debits = opened.filter(pl.col("amount_minor") > 0, pl.col("kind").is_in(SOUND))
    dated = debits.join(usual_delays(book, as_of), on=["customer", "currency"], how="left")
    delay = pl.col("delay_days").fill_null(0).clip(lower_bound=0).cast(pl.Int64)
    expected = pl.col("days_past_due") - delay  # days since the expected day
    due, credit = pl.col("days_past_due"), opened.filter(pl.col("amount_minor") < 0)
    week = {"expected": week_of(expected, 1, weeks=weeks), "due": week_of(due, 0, weeks=weeks)}
    parts = [
        dated.select("currency", expected_minor="open_minor", week=week["expected"]),
        dated.select("currency", due_minor="open_minor", week=week["due"]),
        credit.select("currency", unallocated_minor="open_minor", week=pl.lit(0, pl.Int64)),
    ]
    start = pl.lit(as_of) + pl.duration(days=1 + 7 * (pl.col("week") - 1))
    amounts = ("expected_minor", "due_minor", "unallocated_minor")
    return (
        pl.concat(parts, how="diagonal")
        .group_by("currency", "week")
        .agg(pl.col(*amounts).sum())
        .join(every_week(opened, weeks), on=["currency", "week"], how="right")
        .with_columns(pl.col(*amounts).fill_null(0), from_date=start)
        .select("currency", "week", "from_date", *amounts)
        .sort("currency", "week")
    )


def week_of(days_ago: pl.Expr, first: int, *, weeks: int) -> pl.Expr:
    """The week in which a day falls that is `days_ago` days ago; no earlier than `first`."""
    return (-days_ago + 6).floordiv(7).clip(first, weeks + 1).cast(pl.Int64)


def usual_delays(book: Book, as_of: date) -> pl.DataFrame:
    """The usual delay in days of each customer, the company's where it paid nothing yet."""
    paid = payment_behaviour(settled_by_payments(book, as_of), as_of)
    weight = pl.col("paid_minor")
    everybody = paid.group_by("currency").agg(
        usual=(pl.col("late_days") * weight).sum() / weight.sum()
    )
    people = book.items.select("customer", "currency").unique()
    own = people.join(
        paid.select("customer", "currency", "late_days"), on=["customer", "currency"], how="left"
    )
    return own.join(everybody, on="currency", how="left").select(
        "customer", "currency", delay_days=pl.coalesce("late_days", "usual").round()
    )


def every_week(opened: pl.DataFrame, weeks: int) -> pl.DataFrame:
    """Each currency with each week, from what is past (0) to what is later (weeks + 1)."""
    numbers = pl.DataFrame({"week": range(weeks + 2)}, schema={"week": pl.Int64})
    return opened.select("currency").unique().join(numbers, how="cross")
