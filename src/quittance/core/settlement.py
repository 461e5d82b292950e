"""What became of every invoice and payment by a day: settled, in part, not at all, and when.

See docs/algorithms/open_items.md.
"""

from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.open_items import up_to

INVOICES = ("invoice", "bill", "doubtful", "opening", "credit_note", "other")
PAYMENTS = ("payment", "advance", "refund", "write_off")


def settlement(book: Book, as_of: date) -> pl.DataFrame:
    """Every item that exists on a day, settled or not.

    The columns of `ITEMS`, then `open_minor` (same sign as the amount), `settled_date` (of the last
    settlement that counts, null where there is none), `days_past_due` (null once settled) and
    `state`: `settled`, `overdue`, `not_due`, or `unallocated` for what is left of a credit.
    """
    items, allocations = up_to(book.items, as_of), up_to(book.allocations, as_of)
    sides = pl.concat(
        [
            allocations.select("date", item="debit_item", settled=-pl.col("amount_minor")),
            allocations.select("date", item="credit_item", settled="amount_minor"),
        ]
    )
    sums = sides.group_by("item").agg(
        settled_date=pl.col("date").max(), sum=pl.col("settled").sum()
    )
    left = items.join(sums, on="item", how="left", maintain_order="left").with_columns(
        open_minor=pl.col("amount_minor") + pl.col("sum").fill_null(0)
    )
    days = (pl.lit(as_of) - pl.col("due_date")).dt.total_days()
    is_settled = pl.col("open_minor") == 0
    state = (
        pl.when(is_settled).then(pl.lit("settled"))
        .when(pl.col("amount_minor") < 0).then(pl.lit("unallocated"))
        .when(days > 0).then(pl.lit("overdue"))
        .otherwise(pl.lit("not_due"))
    )  # fmt: skip
    columns = (*items.columns, "open_minor", "settled_date")
    return left.select(columns).with_columns(
        days_past_due=pl.when(~is_settled & (pl.col("amount_minor") > 0)).then(days),
        state=state,
    )
