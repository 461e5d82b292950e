"""What a new reading of the books changes: which facts to add, which to reverse.

A fact is known by its natural key. One that the books no longer state is reversed; one that they
state otherwise is reversed and added again; the others are left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from quittance.core.schema import Schema, checked

HELD: Schema = {"id": pl.Int64}  # besides the key and the content
WANTED: Schema = {}  # the key and the content, which the caller names


@dataclass(frozen=True)
class Revision:
    """The difference between the facts held and the facts wanted.

    `new` and `corrected` are wanted rows; `vanished` and `outdated` are held rows (`outdated` row
    by row beside `corrected`); `unchanged` are wanted rows with the `id` that holds them.
    """

    new: pl.DataFrame
    corrected: pl.DataFrame
    outdated: pl.DataFrame
    vanished: pl.DataFrame
    unchanged: pl.DataFrame

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.new.height or self.corrected.height or self.vanished.height)

    @property
    def added(self) -> pl.DataFrame:
        """What is to be added."""
        return pl.concat([self.new, self.corrected])

    @property
    def reversed(self) -> pl.Series:
        """The ids of what is to be reversed."""
        return pl.concat([self.vanished["id"], self.outdated["id"]])


@checked(held=HELD, wanted=WANTED)
def revision(
    held: pl.DataFrame, wanted: pl.DataFrame, *, key: Sequence[str], content: Sequence[str]
) -> Revision:
    """Compare facts by natural key, then by content; both frames have these columns.

    `held` has an `id` besides; a key is unique on each side. Set-wise: one join.
    """
    keys, columns = list(key), list(content)
    theirs = held.select("id", *keys, pl.col(*columns).name.prefix("held_"))
    both = wanted.join(theirs, on=keys, how="left", maintain_order="left")
    is_known = pl.col("id").is_not_null()
    is_same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"held_{name}")) for name in columns)
    marked = both.with_columns(is_known=is_known, is_same=is_known & is_same)
    corrected = marked.filter(pl.col("is_known") & ~pl.col("is_same"))
    unchanged = marked.filter("is_same")
    return Revision(
        new=marked.filter(~pl.col("is_known")).select(wanted.columns),
        corrected=corrected.select(wanted.columns),
        outdated=corrected.select("id", *keys, *(pl.col(f"held_{n}").alias(n) for n in columns)),
        vanished=held.join(wanted, on=keys, how="anti", maintain_order="left").select(
            "id", *keys, *columns
        ),
        unchanged=unchanged.select("id", *wanted.columns),
    )
