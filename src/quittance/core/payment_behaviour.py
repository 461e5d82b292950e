"""How a customer pays (*comportement de paiement*): how late, how regularly, better or worse.

Every figure is over what payments settled (not credit notes), weighted by amount: one cent a year
late does not make a bad payer. See docs/algorithms/payment_behaviour.md.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.calendar import add_months
from quittance.core.open_items import up_to
from quittance.core.schema import Schema, checked

SETTLED: Schema = {
    "customer": pl.String,
    "currency": pl.String,
    "debit_item": pl.Int64,  # what was settled
    "credit_item": pl.Int64,  # by which payment
    "document": pl.String,
    "due_date": pl.Date,
    "value_date": pl.Date,  # when the payment took effect
    "amount_minor": pl.Int64,
    "days_to_pay": pl.Int64,  # since the date of the document
    "days_late": pl.Int64,  # negative before the due date
}
RECENT_MONTHS = 4
DEFAULT_MONTHS = 12


@dataclass(frozen=True)
class Bin:
    """A range of days late, both ends included; an open end is None."""

    first: int | None
    last: int | None


BINS = (
    Bin(None, -1), Bin(0, 0), Bin(1, 7), Bin(8, 15), Bin(16, 30), Bin(31, 60), Bin(61, None),
)  # fmt: skip


def settled_by_payments(book: Book, as_of: date) -> pl.DataFrame:
    """What each payment settled up to a day, as `SETTLED`; oldest first."""
    paid = book.items.filter(pl.col("kind") == "payment").select(credit_item="item")
    debits = book.items.select(
        "customer", "currency", "document", "due_date", "issue_date", debit_item="item"
    )
    pairs = (
        up_to(book.allocations, as_of)
        .join(paid, on="credit_item", how="semi")
        .join(debits, on="debit_item")
    )
    value = pl.col("value_date")
    return (
        pairs.with_columns(
            days_to_pay=(value - pl.col("issue_date")).dt.total_days(),
            days_late=(value - pl.col("due_date")).dt.total_days(),
        )
        .select(SETTLED.keys())
        .sort("value_date", "debit_item", "credit_item")
    )


@checked(settled=SETTLED)
def payment_behaviour(
    settled: pl.DataFrame, as_of: date, *, months: int = DEFAULT_MONTHS
) -> pl.DataFrame:
    """How each customer paid over the last months, one row for each customer and currency.

    Columns: customer, currency, paid_minor, payments (how many), days_to_pay and late_days (means
    weighted by amount), late_percent (the share paid after the due date), trend_days (mean of the
    last four months less that of the months before: positive is worse; null without both).
    """
    start, turn = add_months(as_of, -months), add_months(as_of, -RECENT_MONTHS)
    known = settled.filter(pl.col("value_date") > start, pl.col("value_date") <= as_of)
    amount, is_recent = pl.col("amount_minor"), pl.col("value_date") > turn
    return (
        known.group_by("customer", "currency")
        .agg(
            paid_minor=amount.sum(),
            payments=pl.col("credit_item").n_unique().cast(pl.Int64),
            days_to_pay=weighted("days_to_pay"),
            late_days=weighted("days_late"),
            late_percent=100 * amount.filter(pl.col("days_late") > 0).sum() / amount.sum(),
            trend_days=weighted("days_late", is_recent) - weighted("days_late", ~is_recent),
        )
        .with_columns(pl.col("trend_days").fill_nan(None))
        .sort("customer", "currency")
    )


def weighted(days: str, where: pl.Expr | None = None) -> pl.Expr:
    """The mean of a number of days weighted by amount; not a number where nothing was paid."""
    kept = pl.lit(value=True) if where is None else where
    amount = pl.col("amount_minor")
    return (pl.col(days) * amount).filter(kept).sum() / amount.filter(kept).sum()


@checked(settled=SETTLED)
def lateness_bins(settled: pl.DataFrame) -> pl.DataFrame:
    """How much was paid how late: `place` in BINS, `count` of settlements, `amount_minor`."""
    days = pl.col("days_late")
    place = pl.sum_horizontal(days >= one.first for one in BINS[1:]).cast(pl.Int64)
    sums = settled.group_by(place=place).agg(
        count=pl.len().cast(pl.Int64), amount_minor=pl.col("amount_minor").sum()
    )
    every = pl.DataFrame({"place": range(len(BINS))}, schema={"place": pl.Int64})
    return every.join(sums, on="place", how="left", maintain_order="left").with_columns(
        pl.col("count", "amount_minor").fill_null(0)
    )


@checked(settled=SETTLED)
def rolling_lateness(settled: pl.DataFrame, *, months: int = 6) -> pl.DataFrame:
    """The mean days late over the months before each day of payment: `value_date`, `late_days`."""
    daily = settled.group_by("value_date").agg(
        weight=pl.col("amount_minor").sum(),
        product=(pl.col("days_late") * pl.col("amount_minor")).sum(),
    )
    window = f"{months}mo"
    return (
        daily.sort("value_date")
        .with_columns(
            weights=pl.col("weight").rolling_sum_by("value_date", window),
            products=pl.col("product").rolling_sum_by("value_date", window),
        )
        .select("value_date", late_days=pl.col("products") / pl.col("weights"))
    )
