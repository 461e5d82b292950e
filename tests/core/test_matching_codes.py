"""Matching codes: which items settle one another, and whether all of them is settled."""
# ruff: noqa: N802

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.tables import allocations_frame, assert_rows, items_frame

from quittance.core.matching_codes import code_of, groups, matching_codes, number_of


def coded(items: str, allocations: str) -> pl.DataFrame:
    owed = items_frame(items)
    return matching_codes(owed, allocations_frame(allocations, owed))


def test_R_14_a_partial_group_has_one_code_in_lower_case() -> None:
    found = coded(
        """
        item  date        amount
        1     2026-01-01  1000.00
        2     2026-02-01  -500.00
        """,
        "debit  credit  amount\n1      2       500.00",
    )
    assert_rows(
        found,
        """
        item  group  open    is_full  code
        1     1      500.00  no       a
        2     1      0.00    no       a
        """,
    )


CHAIN = """
    item  date        amount
    1     2026-01-01  -500.00
    2     2026-01-02  1000.00
    3     2026-01-03  -1000.00
    4     2026-01-04  300.00
    """


def test_R_16_without_its_first_link_the_rest_has_a_new_code() -> None:
    links = ["debit  credit  amount", "2      1       500.00", "2      3       500.00",
             "4      3       300.00"]  # fmt: skip
    whole = coded(CHAIN, "\n".join(links))
    assert_rows(whole, "item  code\n1     a\n2     a\n3     a\n4     a")
    rest = coded(CHAIN, "\n".join([links[0], *links[2:]]))
    assert_rows(rest, "item  code\n2     b\n3     b\n4     b")


LOOP = """
    item  date        amount
    1     2026-01-01  1000.00
    2     2026-01-02  -1000.00
    3     2026-01-03  1000.00
    4     2026-01-04  -1000.00
    """


def test_R_17_a_loop_is_full_when_its_two_ends_meet() -> None:
    open_ended = (
        "debit  credit  amount\n1      2       500.00\n3      2       500.00\n3      4       500.00"
    )
    assert_rows(
        coded(LOOP, open_ended),
        """
        item  open     code
        1     500.00   a
        2     0.00     a
        3     0.00     a
        4     -500.00  a
        """,
    )
    closed = coded(LOOP, open_ended + "\n1      4       500.00")
    assert_rows(
        closed, "item  open  code\n1     0.00  A\n2     0.00  A\n3     0.00  A\n4     0.00  A"
    )


def test_R_21_the_last_cent_makes_it_full() -> None:
    items = "item  date        amount\n1     2026-01-01  -0.02\n2     2026-01-01  0.01"
    part = "debit  credit  amount\n2      1       0.01"
    assert_rows(coded(items, part), "item  code\n1     a\n2     a")
    more = items + "\n3     2026-01-01  0.01"
    assert_rows(
        coded(more, part + "\n3      1       0.01"), "item  code\n1     A\n2     A\n3     A"
    )


def test_a_code_stays_when_another_group_changes() -> None:
    owed = """
        item  date        amount
        5     2026-01-01  100.00
        6     2026-01-02  -100.00
        7     2026-01-03  70.00
        8     2026-01-04  -70.00
        """
    both = "debit  credit  amount\n5      6       100.00\n7      8       70.00"
    alone = "debit  credit  amount\n7      8       70.00"
    assert_rows(coded(owed, both), "item  code\n5     E\n6     E\n7     G\n8     G")
    assert_rows(coded(owed, alone), "item  code\n7     G\n8     G")


def test_nothing_allocated_has_no_code() -> None:
    assert coded(CHAIN, "").is_empty()


def test_a_chain_of_thousands_is_one_group() -> None:
    count = 5_000
    chain = pl.DataFrame(
        {
            "debit_item": [2 * (place // 2) + 1 for place in range(count)],
            "credit_item": [2 * ((place + 1) // 2) + 2 for place in range(count)],
        }
    )
    shuffled = chain.sample(fraction=1, shuffle=True, seed=1)
    columns = {"amount_minor": 1, "date": None, "recorded_date": None, "value_date": None}
    full = shuffled.with_columns(
        pl.lit(value, dtype=pl.Int64 if name == "amount_minor" else pl.Date).alias(name)
        for name, value in columns.items()
    )
    assert groups(full)["group"].unique().to_list() == [1]


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(13, 24)), max_size=20))
def test_groups_are_the_connected_components(pairs: list[tuple[int, int]]) -> None:
    frame = pl.DataFrame(
        [(d, c, 1, None, None, None) for d, c in pairs],
        schema={"debit_item": pl.Int64, "credit_item": pl.Int64, "amount_minor": pl.Int64,
                "date": pl.Date, "recorded_date": pl.Date, "value_date": pl.Date},
        orient="row",
    )  # fmt: skip
    group = {one: {one} for pair in pairs for one in pair}
    for debit, credit in pairs:
        both = group[debit] | group[credit]
        for one in both:
            group[one] = both
    expected = {one: min(members) for one, members in group.items()}
    assert dict(groups(frame).iter_rows()) == expected


@given(st.integers(1, 10**15))
def test_a_code_says_its_number(number: int) -> None:
    assert number_of(code_of(number)) == number
    assert number_of(code_of(number).lower()) == number
