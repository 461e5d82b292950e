"""The customers to act on first, and the facts that say why (*file de travail*).

First what brings most cash: what is past due, less what the customer has already paid and nobody
has matched. See docs/algorithms/worklist.md.
"""

from datetime import date

import polars as pl

from quittance.core.book import Book, of_customers
from quittance.core.calendar import add_months
from quittance.core.limitation import limitation
from quittance.core.open_items import open_items, unallocated, up_to

LAPSE_HORIZON_DAYS = 180
RECENT_MONTHS = 4


def customers_to_act_on(book: Book, as_of: date, *, largest: int = 10) -> pl.DataFrame:
    """The customers with most to collect, one row per customer and currency.

    Columns: customer, name, currency, overdue_minor, count (of overdue items), oldest_days,
    unallocated_minor (≤ 0), received_minor and credit_notes_minor (of it), stake_minor (overdue
    less unallocated, what to rank by), doubtful_minor (on 416, not in overdue), lapses_date and
    lapsing_minor (claims that lapse within 180 days), recent_late_days and earlier_late_days (mean
    delay of the last four months and of the twelve before, null where nothing was paid).
    """
    is_debit, is_late = pl.col("amount_minor") > 0, pl.col("days_past_due") > 0
    is_sound = pl.col("kind") != "doubtful"
    left, late = pl.col("open_minor"), is_debit & is_late & is_sound
    owed = (
        open_items(book, as_of)
        .group_by("customer", "currency")
        .agg(
            *unallocated(),
            overdue_minor=left.filter(late).sum(),
            count=late.sum().cast(pl.Int64),
            oldest_days=pl.col("days_past_due").filter(late).max(),
            doubtful_minor=left.filter(is_debit & ~is_sound).sum(),
        )
        .with_columns(stake_minor=pl.col("overdue_minor") + pl.col("unallocated_minor"))
        .filter(pl.col("stake_minor") > 0)
        .sort("stake_minor", "customer", descending=[True, False])
        .head(largest)
    )
    theirs = of_customers(book, owed["customer"].unique().to_list())
    people, keys = book.customers.select("customer", "name"), ["customer", "currency"]
    return (
        owed.join(people, on="customer", how="left", maintain_order="left")
        .join(lapsing(theirs, as_of), on=keys, how="left", maintain_order="left")
        .join(habits(theirs, as_of), on=keys, how="left", maintain_order="left")
    )


def lapsing(book: Book, as_of: date) -> pl.DataFrame:
    """Per customer and currency, the first claim to lapse within the horizon and how much does."""
    soon = limitation(book, as_of).filter(pl.col("days_left").is_between(0, LAPSE_HORIZON_DAYS))
    return soon.group_by("customer", "currency").agg(
        pl.col("lapses_date").min(), lapsing_minor=pl.col("open_minor").sum()
    )


def habits(book: Book, as_of: date) -> pl.DataFrame:
    """Per customer and currency, the mean delay in days lately and before, weighted by amount."""
    turn, start = add_months(as_of, -RECENT_MONTHS), add_months(as_of, -RECENT_MONTHS - 12)
    paid = book.items.filter(pl.col("kind") == "payment").select(credit_item="item")
    debits = book.items.select("customer", "currency", "due_date", debit_item="item")
    pairs = (
        up_to(book.allocations, as_of)
        .filter(pl.col("value_date") > start)
        .join(paid, on="credit_item", how="semi")
        .join(debits, on="debit_item")
    )
    days = (pl.col("value_date") - pl.col("due_date")).dt.total_days()
    weight, is_recent = pl.col("amount_minor"), pl.col("value_date") > turn
    weighted = days * weight
    return pairs.group_by("customer", "currency").agg(
        recent_late_days=weighted.filter(is_recent).sum() / weight.filter(is_recent).sum(),
        earlier_late_days=weighted.filter(~is_recent).sum() / weight.filter(~is_recent).sum(),
    ).with_columns(pl.col("recent_late_days", "earlier_late_days").fill_nan(None))  # fmt: skip
