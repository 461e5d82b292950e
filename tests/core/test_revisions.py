from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from quittance.core.revisions import revision

KEY, CONTENT = ["key"], ["amount_minor", "label"]
rows = st.dictionaries(
    st.sampled_from("ABCDEFG"), st.tuples(st.integers(1, 3), st.sampled_from(["x", "y", None]))
)


def frame(facts: dict[str, tuple[int, str | None]], **more: Any) -> pl.DataFrame:
    table = {
        "key": pl.Series(list(facts), dtype=pl.String),
        "amount_minor": pl.Series([amount for amount, _ in facts.values()], dtype=pl.Int64),
        "label": pl.Series([label for _, label in facts.values()], dtype=pl.String),
    }
    return pl.DataFrame({**table, **more})


def held(facts: dict[str, tuple[int, str | None]]) -> pl.DataFrame:
    return frame(facts, id=pl.Series(range(len(facts)), dtype=pl.Int64))


def test_a_fact_stated_otherwise_is_reversed_and_added_again() -> None:
    found = revision(
        held({"A": (1, "x"), "B": (2, None), "C": (3, "y")}),
        frame({"A": (1, "x"), "B": (5, None), "D": (4, "x")}),
        key=KEY,
        content=CONTENT,
    )
    assert found.new["key"].to_list() == ["D"]
    assert found.corrected["amount_minor"].to_list() == [5]
    assert found.outdated["amount_minor"].to_list() == [2]
    assert found.vanished["key"].to_list() == ["C"]
    assert found.unchanged.select("id", "key").rows() == [(0, "A")]
    assert found.reversed.to_list() == [2, 1]


@given(rows, rows)
def test_applying_a_revision_gives_what_is_wanted(
    before: dict[str, tuple[int, str | None]], after: dict[str, tuple[int, str | None]]
) -> None:
    found = revision(held(before), frame(after), key=KEY, content=CONTENT)
    kept = held(before).filter(~pl.col("id").is_in(found.reversed.implode()))
    state = pl.concat([kept.select(frame(after).columns), found.added])
    assert sorted(state.rows(), key=str) == sorted(frame(after).rows(), key=str)
    assert found.is_empty == (sorted(before.items(), key=str) == sorted(after.items(), key=str))


@given(rows)
def test_the_same_books_change_nothing(facts: dict[str, tuple[int, str | None]]) -> None:
    found = revision(held(facts), frame(facts), key=KEY, content=CONTENT)
    assert found.is_empty
    assert found.unchanged.height == len(facts)
