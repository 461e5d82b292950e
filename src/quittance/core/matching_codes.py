"""The matching code (*lettrage*) of each group of items that settle one another.

A group is what allocations connect. Its code is the number of its first item written in letters:
it stays as long as the group keeps that item, and says which item to look for. Upper case when all
of the group is settled, lower case when something is left. See docs/algorithms/allocations.md.
"""

import polars as pl

from quittance.core.allocations import AMOUNTS, residuals
from quittance.core.schema import ALLOCATIONS, checked

LETTERS = 26
FIRST_LETTER = ord("A")


@checked(amounts=AMOUNTS, allocations=ALLOCATIONS)
def matching_codes(amounts: pl.DataFrame, allocations: pl.DataFrame) -> pl.DataFrame:
    """The code of each item that is allocated at all.

    Columns: item, `group` (the smallest item of its group), open_minor, `is_full` (nothing of the
    group is left), `code`. Sorted by group, then item.
    """
    owed = amounts.select("item", "amount_minor")
    known = residuals(owed, allocations).join(groups(allocations), on="item")
    full = (pl.col("open_minor") == 0).all().over("group")
    codes = known.select(pl.col("group").unique()).with_columns(
        code=pl.col("group").map_elements(code_of, return_dtype=pl.String)
    )
    coded = known.with_columns(is_full=full).join(codes, on="group")
    return coded.select(
        "item",
        "group",
        "open_minor",
        "is_full",
        code=pl.when("is_full").then("code").otherwise(pl.col("code").str.to_lowercase()),
    ).sort("group", "item")


@checked(allocations=ALLOCATIONS)
def groups(allocations: pl.DataFrame) -> pl.DataFrame:
    """Each allocated item with the smallest item it is connected to, however far.

    Set-wise: every item takes the smallest name among its neighbours, then the name of that name,
    until nothing changes; the number of rounds grows with the logarithm of the longest chain.
    """
    pairs = allocations.select("debit_item", "credit_item").unique()
    items = pl.concat([pairs["debit_item"], pairs["credit_item"].alias("debit_item")])
    items = items.unique().sort().alias("item")
    debit = items.search_sorted(pairs["debit_item"])
    credit = items.search_sorted(pairs["credit_item"])
    names = pl.int_range(items.len(), eager=True)
    while True:
        smaller = smallest_of_neighbours(names, debit, credit=credit)
        smaller = smaller.gather(smaller)
        if smaller.equals(names):
            return pl.DataFrame({"item": items, "group": items.gather(names)})
        names = smaller


def smallest_of_neighbours(names: pl.Series, debit: pl.Series, *, credit: pl.Series) -> pl.Series:
    """For each item, the smallest name of itself and of all it is directly allocated with."""
    ends = pl.DataFrame({"debit": debit, "credit": credit}).select(
        "debit", "credit", name=pl.min_horizontal(names.gather(debit), names.gather(credit))
    )
    both = pl.concat(
        [ends.select(place="debit", name="name"), ends.select(place="credit", name="name")]
    )
    return both.group_by("place").agg(pl.col("name").min()).sort("place")["name"]


def code_of(number: int) -> str:
    """A number in letters: A to Z, then AA.

    >>> [code_of(number) for number in (1, 26, 27, 702, 703)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, LETTERS)
        letters = chr(FIRST_LETTER + place) + letters
    return letters


def number_of(code: str) -> int:
    """The number that a code of either case writes; 0 for what is none.

    >>> [number_of(code) for code in ("A", "aa", "AAA", "", "A1", "É")]
    [1, 27, 703, 0, 0, 0]
    """
    number = 0
    for letter in code.upper():
        place = ord(letter) - FIRST_LETTER + 1
        if not 1 <= place <= LETTERS or len(code) > LETTERS:
            return 0
        number = number * LETTERS + place
    return number
