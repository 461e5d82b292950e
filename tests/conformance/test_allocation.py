"""Conformance section 7 (R): the order of allocations and what they leave."""
# ruff: noqa: N802

from datetime import date

import polars as pl
from tests.tables import assert_rows, book, frame

from quittance.core.allocations import MEMBERS, oldest_first, residuals
from quittance.core.open_items import open_items
from quittance.core.schema import shaped

DAY = date(2026, 12, 31)


def plan(groups: str) -> pl.DataFrame:
    """Five lines of one customer, each in a group named by a digit."""
    lines = """
        item  date        amount   group
        1     2026-01-01  600.00   {}
        2     2026-01-02  -100.00  {}
        3     2026-01-03  700.00   {}
        4     2026-01-04  -700.00  {}
        5     2026-01-05  -500.00  {}
        """
    return frame(lines.format(*groups), MEMBERS)


def test_R_10_all_together_the_oldest_first() -> None:
    assert_rows(
        oldest_first(plan("11111")).sort("debit_item", "credit_item"),
        """
        debit  credit  amount
        1      2       100.00
        1      4       500.00
        3      4       200.00
        3      5       500.00
        """,
    )


def test_R_11_in_pairs_one_stays_open() -> None:
    rows = plan("12331")
    found = oldest_first(rows)
    assert_rows(
        found.sort("debit_item"),
        """
        debit  credit  amount
        1      5       500.00
        3      4       700.00
        """,
    )
    left = residuals(rows, found).filter(pl.col("open_minor") != 0)
    assert_rows(left, "item  open\n1     100.00\n2     -100.00")


def test_R_12_then_the_rest_with_the_one() -> None:
    rows = plan("12331")
    left = residuals(rows, oldest_first(rows))
    rest = left.with_columns(amount_minor="open_minor", group=pl.lit(1))
    assert_rows(oldest_first(shaped(rest, MEMBERS)), "debit  credit  amount\n1      2       100.00")


def test_R_14_a_partial_allocation_leaves_the_rest_open() -> None:
    rows = frame(
        """
        group  item  date        amount
        1      1     2026-01-01  1000.00
        1      2     2026-02-01  -500.00
        """,
        MEMBERS,
    )
    found = oldest_first(rows)
    assert_rows(found, "debit  credit  amount\n1      2       500.00")
    assert_rows(residuals(rows, found), "item  open\n1     500.00\n2     0.00")


def test_R_26_a_cancelled_payment_is_owed_again() -> None:
    items = """
        item  date        amount
        1     2026-01-01  200.00
        2     2026-02-01  -55.00
        3     2026-02-02  -35.00
        """
    both = book(items, "debit  credit  amount\n1      2       55.00\n1      3       35.00")
    assert_rows(open_items(both, DAY), "item  open\n1     110.00")
    without = book(
        "item  date        amount\n1     2026-01-01  200.00\n3     2026-02-02  -35.00",
        "debit  credit  amount\n1      3       35.00",
    )
    assert_rows(open_items(without, DAY), "item  open\n1     165.00")


def test_R_27_part_of_a_credit_note_on_part_of_an_invoice() -> None:
    found = book(
        """
        item  kind         date        amount
        1     invoice      2026-01-01  100.00
        2     credit_note  2026-02-01  -100.00
        """,
        "debit  credit  amount\n1      2       80.00",
    )
    assert_rows(
        open_items(found, DAY),
        """
        kind         open
        invoice      20.00
        credit_note  -20.00
        """,
    )


def test_R_29_payments_one_after_the_other_one_of_them_in_part() -> None:
    items = """
        item  date        amount
        1     2026-01-01  5000.00
        2     2026-02-01  -100.00
        3     2026-02-02  -300.00
        4     2026-02-03  -100.00
        """
    settled = "debit  credit  amount"
    steps = (
        ("1      2       100.00", 490_000, 0),
        ("1      3       230.00", 467_000, -7_000),
        ("1      4       100.00", 457_000, -7_000),
    )
    for line, invoice, left_of_300 in steps:
        settled += "\n" + line
        left = dict(open_items(book(items, settled), DAY).select("item", "open_minor").iter_rows())
        assert left[1] == invoice
        if "3       230.00" in settled:
            assert left[3] == left_of_300
