"""Which credit settles which debit: oldest first, within a group (*lettrage*).

See docs/algorithms/allocations.md.
"""

from typing import Final

import polars as pl

from quittance.core.schema import ALLOCATIONS, Schema, checked, empty, shaped

MEMBERS: Schema = {
    "group": pl.Int64,  # what may settle what: a matching code, an invoice, a customer
    "item": pl.Int64,
    "date": pl.Date,
    "amount_minor": pl.Int64,  # + debit, − credit
    "recorded_date": pl.Date,  # when the group was matched; null: on the later of the two dates
}
AMOUNTS: Schema = {"item": pl.Int64, "amount_minor": pl.Int64}
ORDER: Final = ("group", "date", "item")


@checked(members=MEMBERS)
def oldest_first(members: pl.DataFrame) -> pl.DataFrame:
    """Settle debits by credits within each group, the oldest of both sides first.

    Lay the debits of a group end to end on a line, and the credits on the same line: each stretch
    that a debit and a credit share is an allocation. What is left over on either side stays open,
    so an unbalanced group is a partial allocation and never an error.
    Shape: `MEMBERS` in, `ALLOCATIONS` out; the sum of a group is the smaller of its two sides.
    """
    if members.is_empty():
        return empty(ALLOCATIONS)
    ordered = members.filter(pl.col("amount_minor") != 0).sort(ORDER)
    debits = ends(ordered.filter(pl.col("amount_minor") > 0), "debit")
    credits_ = ends(ordered.filter(pl.col("amount_minor") < 0), "credit")
    stretches = (
        pl.concat([debits, credits_], how="diagonal")
        .sort("group", "end")
        .with_columns(
            pl.col("^(debit|credit)_.*$").backward_fill().over("group"),
            amount_minor=pl.col("end") - pl.col("end").shift(fill_value=0).over("group"),
        )
        .filter(pl.col("amount_minor") > 0)
        .drop_nulls(["debit_item", "credit_item"])
    )
    return shaped(dated(stretches), ALLOCATIONS)


def ends(side: pl.DataFrame, name: str) -> pl.DataFrame:
    """Where each item of one side ends when the items of its group are laid end to end.

    The item, its date and the day it was matched come along under the name of the side.
    """
    matched = pl.coalesce("recorded_date", "date").alias("recorded_date")
    return side.select(
        "group",
        pl.col("amount_minor").abs().cum_sum().over("group").alias("end"),
        pl.col("item", "date").name.prefix(f"{name}_"),
        matched.name.prefix(f"{name}_"),
    )


def dated(stretches: pl.DataFrame) -> pl.DataFrame:
    """Stretches with their dates, from those of both their items.

    An allocation holds from the later of its two items' dates, and was made when both were matched;
    its value date, which ends the interest, is the credit's.
    """
    latest = pl.max_horizontal("debit_date", "credit_date")
    return stretches.with_columns(
        date=latest,
        recorded_date=pl.max_horizontal(latest, "debit_recorded_date", "credit_recorded_date"),
        value_date="credit_date",
    )


@checked(amounts=AMOUNTS, allocations=ALLOCATIONS)
def residuals(amounts: pl.DataFrame, allocations: pl.DataFrame) -> pl.DataFrame:
    """The frame with `open_minor`: what the allocations leave of each `item`'s `amount_minor`.

    Keeps the sign of `amount_minor`; the rows keep their order.
    """
    settled = pl.concat(
        [
            allocations.select(item="debit_item", settled=-pl.col("amount_minor")),
            allocations.select(item="credit_item", settled="amount_minor"),
        ]
    )
    per_item = settled.group_by("item").agg(pl.col("settled").sum())
    joined = amounts.join(per_item, on="item", how="left", maintain_order="left")
    return joined.with_columns(
        open_minor=pl.col("amount_minor") + pl.col("settled").fill_null(0)
    ).drop("settled")
