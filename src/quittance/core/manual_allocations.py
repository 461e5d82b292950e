"""A job never undoes what a person decided.

The books' matching takes the room that is left, and does not put back what was taken apart by hand.
See docs/algorithms/allocations.md.
"""

import polars as pl

from quittance.core.schema import ALLOCATIONS, Schema, checked

PAIRS: Schema = {"debit_id": pl.Int64, "credit_id": pl.Int64, "amount_minor": pl.Int64}
ROOM: Schema = {"id": pl.Int64, "amount_minor": pl.Int64}  # an item and its signed amount
KEYS: Schema = {"item": pl.Int64, "key": pl.String}  # items and their natural keys
REFUSED: Schema = {"debit_key": pl.String, "credit_key": pl.String}


@checked(pairs=PAIRS, amounts=ROOM)
def within(pairs: pl.DataFrame, amounts: pl.DataFrame) -> pl.DataFrame:
    """Allocations cut so that none goes beyond either of its items, the first ones first.

    Rows keep their order and columns; one cut to nothing is dropped. An item that `amounts` does
    not hold has no room.
    """
    cut = pairs
    for side in ("debit_id", "credit_id"):
        room = amounts.select(pl.col("id").alias(side), room=pl.col("amount_minor").abs())
        known = cut.join(room, on=side, how="left", maintain_order="left")
        amount = pl.col("amount_minor")
        taken = amount.cum_sum().over(side) - amount
        left = (pl.col("room").fill_null(0) - taken).clip(lower_bound=0)
        cut = known.with_columns(amount_minor=pl.min_horizontal(amount, left)).drop("room")
    return cut.filter(pl.col("amount_minor") > 0)


@checked(books=PAIRS, manual=PAIRS, amounts=ROOM)
def beside_manual(
    books: pl.DataFrame, manual: pl.DataFrame, *, amounts: pl.DataFrame
) -> pl.DataFrame:
    """The allocations that the books state, cut to the room that a person's leave."""
    if manual.is_empty():
        return books
    taken = pl.concat(
        [
            manual.select(id="debit_id", taken="amount_minor"),
            manual.select(id="credit_id", taken="amount_minor"),
        ]
    ).group_by("id").agg(pl.col("taken").sum())  # fmt: skip
    left = amounts.join(taken, on="id", how="left").with_columns(
        amount_minor=pl.col("amount_minor").abs() - pl.col("taken").fill_null(0)
    )
    return within(books, left.select("id", "amount_minor"))


@checked(allocations=ALLOCATIONS, keys=KEYS, refused=REFUSED)
def without_refused(
    allocations: pl.DataFrame, keys: pl.DataFrame, *, refused: pl.DataFrame
) -> pl.DataFrame:
    """The allocations that the books state, less the pairs that a person took apart."""
    if refused.is_empty():
        return allocations
    pairs = refused.join(keys, left_on="debit_key", right_on="key").join(
        keys, left_on="credit_key", right_on="key", suffix="_credit"
    )
    apart = pairs.select(debit_item="item", credit_item="item_credit")
    return allocations.join(apart, on=["debit_item", "credit_item"], how="anti",
                            maintain_order="left")  # fmt: skip
