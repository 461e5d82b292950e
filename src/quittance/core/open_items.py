"""What is still owed on a date (*postes ouverts*).

An item exists from its accounting date on; an allocation counts from the later of its two items'
dates on. So what happens after `as_of` never changes what was open on it.
See docs/algorithms/open_items.md.
"""

from datetime import date

import polars as pl

from quittance.core.allocations import residuals
from quittance.core.book import Book
from quittance.core.calendar import span
from quittance.core.schema import OPEN_ITEMS, checked, shaped

RECEIVED = ("payment", "advance")


def open_items(book: Book, as_of: date) -> pl.DataFrame:
    """The debits and credits with something left on a day, as `OPEN_ITEMS`.

    `open_minor` keeps the sign of `amount_minor`; the sum of `open_minor` is the balance of the
    customers' accounts on that day.
    """
    return book.once(("open items", as_of), lambda: left_open(book, as_of))


def left_open(book: Book, as_of: date) -> pl.DataFrame:
    """`open_items`, computed."""
    left = residuals(up_to(book.items, as_of), up_to(book.allocations, as_of))
    open_now = left.filter(pl.col("open_minor") != 0).with_columns(
        days_past_due=(pl.lit(as_of) - pl.col("due_date")).dt.total_days()
    )
    return shaped(open_now, OPEN_ITEMS)


def unallocated() -> list[pl.Expr]:
    """Aggregations of open items: what is left of credits (≤ 0), in all and by what they are.

    `unallocated_minor` = `received_minor` (money that came) + `credit_notes_minor` + whatever else.
    """
    left, kind = pl.col("open_minor"), pl.col("kind")
    is_credit = pl.col("amount_minor") < 0
    return [
        left.filter(is_credit).sum().alias("unallocated_minor"),
        left.filter(is_credit & kind.is_in(RECEIVED)).sum().alias("received_minor"),
        left.filter(is_credit & (kind == "credit_note")).sum().alias("credit_notes_minor"),
    ]


@checked(frame={"date": pl.Date})
def up_to(frame: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The rows dated on or before a day; the frame itself when all of them are."""
    days = span(frame["date"])
    return frame.filter(pl.col("date") <= as_of) if days and days[1] > as_of else frame


def balance_minor(book: Book, as_of: date) -> dict[str, int]:
    """The balance of the customers' accounts by currency, straight from the items."""
    sums = up_to(book.items, as_of).group_by("currency").agg(pl.col("amount_minor").sum())
    return dict(sums.iter_rows())
