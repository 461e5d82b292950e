import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.tables import assert_rows, frame

from quittance.core.manual_allocations import (
    KEYS,
    PAIRS,
    REFUSED,
    ROOM,
    beside_manual,
    within,
    without_refused,
)
from quittance.core.schema import ALLOCATIONS

pairs = st.lists(
    st.tuples(st.integers(1, 4), st.integers(5, 8), st.integers(1, 50)), max_size=12
).map(lambda rows: pl.DataFrame(rows, schema=PAIRS, orient="row"))
amounts = st.lists(st.integers(1, 60), min_size=8, max_size=8).map(
    lambda sizes: pl.DataFrame(
        [(item, size if item < 5 else -size) for item, size in enumerate(sizes, 1)],
        schema=ROOM,
        orient="row",
    )
)


def totals(frame: pl.DataFrame) -> dict[int, int]:
    sides = [frame.select("amount_minor", id=side) for side in ("debit_id", "credit_id")]
    return dict(pl.concat(sides).group_by("id").agg(pl.col("amount_minor").sum()).rows())


@given(pairs, amounts)
def test_nothing_goes_beyond_either_side(given_pairs: pl.DataFrame, room: pl.DataFrame) -> None:
    left = dict(room.with_columns(pl.col("amount_minor").abs()).rows())
    assert all(total <= left[item] for item, total in totals(within(given_pairs, room)).items())


@given(pairs, pairs, amounts)
def test_a_persons_allocations_stay_whole(
    books: pl.DataFrame, asked: pl.DataFrame, room: pl.DataFrame
) -> None:
    manual = within(asked, room)
    stated = within(books, room)
    both = pl.concat([manual, beside_manual(stated, manual, amounts=room)])
    left = dict(room.with_columns(pl.col("amount_minor").abs()).rows())
    assert all(total <= left[item] for item, total in totals(both).items())


def test_without_a_persons_the_books_are_as_they_are() -> None:
    books = pl.DataFrame([(1, 5, 30)], schema=PAIRS, orient="row")
    room = pl.DataFrame([(1, 50), (5, -40)], schema=ROOM, orient="row")
    assert beside_manual(books, books.clear(), amounts=room).equals(books)
    manual = pl.DataFrame([(1, 6, 40)], schema=PAIRS, orient="row")
    assert beside_manual(books, manual, amounts=room)["amount_minor"].to_list() == [10]


def test_what_a_person_took_apart_is_not_stated_again() -> None:
    stated = frame(
        """
        debit  credit  amount
        1      3       10.00
        2      3       20.00
        """,
        ALLOCATIONS,
    )
    keys = frame("item  key\n1     F1\n2     F2\n3     P1", KEYS)
    refused = frame("debit_key  credit_key\nF1         P1\nF9         P1", REFUSED)
    assert_rows(without_refused(stated, keys, refused=refused), "debit  credit\n2      3")
    assert without_refused(stated, keys, refused=refused.clear()).equals(stated)
