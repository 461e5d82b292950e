"""The aged balance: each open debit in one bucket, credits apart, the row sum the account."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.drawn import BOOKS, LAST
from tests.tables import assert_rows, book

from quittance.core.aging import Bucket, aging, buckets, placed
from quittance.core.book import Book
from quittance.core.open_items import open_items

DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("days_past_due", "bucket"),
    [
        (-1, "not_due_minor"),
        (0, "not_due_minor"),
        (1, "days_1_30_minor"),
        (30, "days_1_30_minor"),
        (31, "days_31_60_minor"),
        (60, "days_31_60_minor"),
        (61, "days_61_90_minor"),
        (90, "days_61_90_minor"),
        (91, "days_over_90_minor"),
        (3650, "days_over_90_minor"),
    ],
)
def test_the_edges_of_the_buckets(days_past_due: int, bucket: str) -> None:
    due = DAY - timedelta(days=days_past_due)
    (row,) = aging(book(f"date        due    amount\n2015-01-01  {due}  0.01"), DAY).to_dicts()
    amounts = {name: value for name, value in row.items() if name.endswith("_minor")}
    assert [name for name, value in amounts.items() if value] == [bucket, "balance_minor"]


def test_a_customer_on_one_line() -> None:
    found = book(
        """
        item  customer  kind         date        due         amount
        1     Dupont    invoice      2026-06-10  2026-07-10  100.00
        2     Dupont    invoice      2026-05-01  2026-05-31  200.00
        3     Dupont    doubtful     2025-01-01  2025-01-31  400.00
        4     Dupont    payment      2026-06-20  2026-06-20  -90.00
        5     Dupont    credit_note  2026-06-25  2026-06-25  -15.00
        """,
        "debit  credit  amount\n2      4       50.00",
        "customer  name\nDupont    Dupont & Fils",
    )
    assert_rows(
        aging(found, DAY),
        """
        customer  name           currency  not_due  days_1_30  days_31_60  days_61_90  days_over_90  unallocated  balance
        Dupont    Dupont & Fils  EUR       100.00   150.00     0.00        0.00        400.00        -55.00       595.00
        """,  # noqa: E501
    )


def test_currencies_are_never_added_and_the_largest_balance_comes_first() -> None:
    found = book(
        """
        customer  currency  date        due         amount
        A         EUR       2026-06-01  2026-07-01  10.00
        A         USD       2026-06-01  2026-06-29  30.00
        B         EUR       2026-06-01  2026-07-01  20.00
        C         EUR       2026-06-01  2026-07-01  20.00
        D         JPY       2026-06-01  2026-06-01  500
        C         CHF       2026-06-01  2026-07-01  20.00
        """
    )
    assert_rows(
        aging(found, DAY),
        """
        customer  currency  not_due  days_1_30  balance
        A         USD       0.00     30.00      30.00
        B         EUR       20.00    0.00       20.00
        C         CHF       20.00    0.00       20.00
        C         EUR       20.00    0.00       20.00
        A         EUR       10.00    0.00       10.00
        D         JPY       0        500        500
        """,
    )


def test_matched_items_leave_no_row_unmatched_ones_a_row_of_zero() -> None:
    items = """
        customer  date        due         amount
        A         2026-05-01  2026-05-31  80.00
        A         2026-06-15  2026-06-15  -80.00
        """
    matched = book(items, "debit  credit  amount\n1      2       80.00")
    assert aging(matched, DAY).is_empty()
    assert_rows(
        aging(book(items), DAY), "days_1_30  unallocated  balance\n80.00      -80.00       0.00"
    )
    assert_rows(aging(matched, date(2026, 6, 14)), "days_1_30  balance\n80.00      80.00")


def test_a_customer_unknown_to_the_list_is_called_by_its_code() -> None:
    found = book("customer  date        amount\nA         2026-01-01  1.00")
    nameless = found.customers.filter(found.customers["customer"] != "A")
    assert aging(type(found)(nameless, found.items, found.allocations, found.law), DAY)[
        "name"
    ].to_list() == ["A"]


def test_an_empty_book_has_an_empty_balance_with_its_columns() -> None:
    rows = aging(book(), DAY, edges=(15,))
    assert rows.is_empty()
    assert rows.columns == [
        "customer", "name", "currency", "not_due_minor", "days_1_15_minor",
        "days_over_15_minor", "unallocated_minor", "balance_minor",
    ]  # fmt: skip


def test_edges_are_a_choice() -> None:
    assert buckets((15, 45)) == (
        Bucket("not_due_minor", None, 0),
        Bucket("days_1_15_minor", 1, 15),
        Bucket("days_16_45_minor", 16, 45),
        Bucket("days_over_45_minor", 46, None),
    )


@pytest.mark.parametrize("edges", [(), (0,), (-1, 30), (30, 30), (60, 30)])
def test_edges_must_be_positive_and_increasing(edges: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="positive and increasing"):
        buckets(edges)


@given(BOOKS, st.sampled_from([(30, 60, 90), (15,)]))
def test_items_in_their_buckets_sum_up_to_each_customers_row(
    drawn: Book, edges: tuple[int, ...]
) -> None:
    rows = aging(drawn, LAST, edges=edges)
    money = [name for name in rows.columns if name.endswith("_minor")]
    items = placed(open_items(drawn, LAST), edges=edges)
    summed = items.group_by("customer", "currency").agg(pl.col(money).sum())
    keys = ["customer", "currency"]
    assert summed.sort(keys).equals(rows.select(*keys, *money).sort(keys))
