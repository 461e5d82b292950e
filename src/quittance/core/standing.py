"""Where each customer's account stands on a day (*situation du compte client*).

The aged balance with what a list of customers needs beside it: how much is overdue, how old the
oldest is, how many items are open. See docs/algorithms/payment_behaviour.md.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from quittance.core.aging import DEFAULT_EDGES, buckets, in_bucket
from quittance.core.book import Book
from quittance.core.open_items import open_items, unallocated


def standing(book: Book, as_of: date, *, edges: Sequence[int] = DEFAULT_EDGES) -> pl.DataFrame:
    """One row for each customer and currency with something open.

    Columns: customer, currency, one per bucket (open debits by days past due), `unallocated_minor`
    (open credits, ≤ 0), `received_minor` and `credit_notes_minor` (of them), `balance_minor` (the
    sum, the ledger's), `overdue_minor` (open debits past their due date), `oldest_days` (of the
    oldest of them, null where none), `open_count`.
    """
    is_debit, days = pl.col("amount_minor") > 0, pl.col("days_past_due")
    left, is_late = pl.col("open_minor"), is_debit & (days > 0)
    return (
        open_items(book, as_of)
        .group_by("customer", "currency")
        .agg(
            *(
                left.filter(is_debit & in_bucket(bucket)).sum().alias(bucket.name)
                for bucket in buckets(edges)
            ),
            *unallocated(),
            balance_minor=left.sum(),
            overdue_minor=left.filter(is_late).sum(),
            oldest_days=days.filter(is_late).max(),
            open_count=pl.len().cast(pl.Int64),
        )
        .sort("customer", "currency")
    )
