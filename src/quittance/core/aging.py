"""The aged balance (*balance âgée*): who owes what since when, row by row equal to the ledger.

See docs/algorithms/aging.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import polars as pl

from quittance.core.book import Book
from quittance.core.open_items import open_items
from quittance.core.schema import OPEN_ITEMS, Schema, checked

DEFAULT_EDGES = (30, 60, 90)


@dataclass(frozen=True)
class Bucket:
    """A range of days past due, both ends included; an open end is None."""

    name: str  # column of the aged balance, in minor units
    first: int | None
    last: int | None


def buckets(edges: Sequence[int] = DEFAULT_EDGES) -> tuple[Bucket, ...]:
    """Not due (≤ 0), then one bucket up to each edge, then all beyond.

    Raises ValueError unless the edges are positive and increasing.

    >>> [bucket.name for bucket in buckets((30, 60))]
    ['not_due_minor', 'days_1_30_minor', 'days_31_60_minor', 'days_over_60_minor']
    """
    if not edges or edges[0] < 1 or any(a >= b for a, b in pairwise(edges)):
        raise ValueError(f"bucket edges must be positive and increasing: {list(edges)}")
    starts = [1, *(edge + 1 for edge in edges[:-1])]
    ranged = (
        Bucket(f"days_{first}_{last}_minor", first, last)
        for first, last in zip(starts, edges, strict=True)
    )
    last = edges[-1]
    return (
        Bucket("not_due_minor", None, 0),
        *ranged,
        Bucket(f"days_over_{last}_minor", last + 1, None),
    )


def in_bucket(bucket: Bucket) -> pl.Expr:
    """Whether `days_past_due` lies in the bucket."""
    days = pl.col("days_past_due")
    if bucket.first is None:
        return days <= bucket.last
    return (
        days >= bucket.first if bucket.last is None else days.is_between(bucket.first, bucket.last)
    )


def aging(book: Book, as_of: date, *, edges: Sequence[int] = DEFAULT_EDGES) -> pl.DataFrame:
    """The aged balance on a day: one row per customer and currency.

    Columns: customer, name, currency, one per bucket, `unallocated_minor` (credits that no
    allocation has used, as a negative amount), `balance_minor`. In each row the buckets and the
    unallocated sum up to the balance, which is the ledger's. Largest balance first.
    """
    ranges = buckets(edges)
    is_debit = pl.col("amount_minor") > 0
    per_bucket = [
        pl.col("open_minor").filter(is_debit & in_bucket(bucket)).sum().alias(bucket.name)
        for bucket in ranges
    ]
    rows = (
        open_items(book, as_of)
        .group_by("customer", "currency")
        .agg(
            *per_bucket,
            pl.col("open_minor").filter(~is_debit).sum().alias("unallocated_minor"),
            pl.col("open_minor").sum().alias("balance_minor"),
        )
    )
    names = book.customers.select("customer", "name")
    bucket_names = [bucket.name for bucket in ranges]
    return (
        rows.join(names, on="customer", how="left")
        .select(
            "customer", pl.col("name").fill_null(pl.col("customer")), "currency",
            *bucket_names, "unallocated_minor", "balance_minor",
        )
        .sort("balance_minor", "customer", "currency", descending=[True, False, False])
    )  # fmt: skip


@checked(opened=OPEN_ITEMS)
def placed(opened: pl.DataFrame, *, edges: Sequence[int] = DEFAULT_EDGES) -> pl.DataFrame:
    """Open items, each with its amount in its bucket: summed by customer they are its row.

    Adds the columns of the aged balance: one per bucket, `unallocated_minor`, `balance_minor`.
    """
    left, is_debit = pl.col("open_minor"), pl.col("amount_minor") > 0
    nothing = pl.lit(0, dtype=pl.Int64)

    def where(condition: pl.Expr, name: str) -> pl.Expr:
        return pl.when(condition).then(left).otherwise(nothing).alias(name)

    return opened.with_columns(
        *(where(is_debit & in_bucket(bucket), bucket.name) for bucket in buckets(edges)),
        where(~is_debit, "unallocated_minor"),
        left.alias("balance_minor"),
    )


PARTS: Schema = {"customer": pl.String, "part": pl.String}
AGED: Schema = {
    "customer": pl.String,
    "currency": pl.String,
    "unallocated_minor": pl.Int64,
    "balance_minor": pl.Int64,
}


@checked(rows=AGED, parts=PARTS)
def by_part(rows: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """An aged balance summed by what each customer is part of: a group, a portfolio, a segment.

    `parts` names the part of each customer; one who is in none counts under "". Columns: part,
    currency, customers (how many have a balance), then those of the rows. Largest balance first;
    the sum of all parts is the sum of all rows.
    """
    money = [name for name in rows.columns if name.endswith("_minor")]
    return (
        rows.join(parts.select("customer", "part"), on="customer", how="left")
        .group_by(pl.col("part").fill_null(""), "currency")
        .agg(pl.col("customer").n_unique().cast(pl.Int64).alias("customers"), pl.col(*money).sum())
        .sort("balance_minor", "part", "currency", descending=[True, False, False])
    )
