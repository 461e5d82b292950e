"""Stocks at month ends and flows during months, by one pass over dated events."""

from datetime import date

import polars as pl
import pytest
from tests.tables import assert_rows, book

from quittance.core.activity import activity

BOOK = book(
    """
    item  kind         date        issue       due         amount
    1     invoice      2026-01-10  2026-01-10  2026-02-09  100.00
    2     invoice      2026-02-10  2026-02-10  2026-03-12  200.00
    3     payment      2026-02-20  2026-02-20  2026-02-20  -100.00
    4     credit_note  2026-03-05  2026-03-05  2026-03-05  -50.00
    5     advance      2026-03-06  2026-03-06  2026-03-06  -30.00
    6     doubtful     2026-03-10  2025-01-01  2025-01-31  400.00
    7     payment      2026-03-20  2026-03-20  2026-03-20  -40.00
    """,
    """
    debit  credit  amount
    1      3       100.00
    2      4       50.00
    2      5       30.00
    6      7       40.00
    """,
)


def test_stocks_at_each_month_end() -> None:
    assert_rows(
        activity(BOOK, date(2026, 3, 31), months=4),
        """
        month_end   days  balance  owed    overdue  doubtful  advances
        2025-12-31  31    0.00     0.00    0.00     0.00      0.00
        2026-01-31  31    100.00   100.00  0.00     0.00      0.00
        2026-02-28  28    200.00   200.00  0.00     0.00      0.00
        2026-03-31  31    480.00   480.00  120.00   360.00    0.00
        """,
    )


def test_flows_of_each_month() -> None:
    assert_rows(
        activity(BOOK, date(2026, 3, 31), months=3),
        """
        month_end   sales   receipts  settled_minor  collected_days  late_days
        2026-01-31  100.00  0.00      0              0               0
        2026-02-28  200.00  100.00    10000          410000          110000
        2026-03-31  -50.00  40.00     4000           1772000         1652000
        """,
    )


@pytest.mark.parametrize(
    ("on", "overdue"), [("2026-02-09", "0.00"), ("2026-02-10", "100.00"), ("2026-02-20", "0.00")]
)
def test_overdue_from_the_day_after_the_due_date_to_the_payment(on: str, overdue: str) -> None:
    assert_rows(activity(BOOK, date.fromisoformat(on), months=1), f"overdue\n{overdue}")


def test_the_last_month_ends_on_the_day_itself() -> None:
    found = activity(BOOK, date(2026, 3, 9), months=2)
    assert_rows(
        found, "month_end   days  balance\n2026-02-28  28    200.00\n2026-03-09  9     120.00"
    )


def test_what_was_sold_before_the_first_month_is_remembered() -> None:
    found = activity(BOOK, date(2026, 3, 31), months=1)
    assert_rows(found, "sales   sales_before  owed\n-50.00  300.00        480.00")
    assert activity(BOOK, date(2026, 3, 31), months=3)["sales_before_minor"].sum() == 0


def test_an_open_advance_is_a_stock() -> None:
    assert_rows(
        activity(
            book("kind     date        amount\nadvance  2026-01-05  -30.00"),
            date(2026, 2, 1),
            months=2,
        ),
        """
        month_end   balance  owed  advances
        2026-01-31  -30.00   0.00  -30.00
        2026-02-01  -30.00   0.00  -30.00
        """,
    )


def test_an_advance_is_collected_when_the_invoice_it_pays_is_there() -> None:
    paid_before = book(
        """
        item  kind     date        due         amount
        1     payment  2026-01-15  2026-01-15  -100.00
        2     invoice  2026-03-02  2026-04-01  100.00
        """,
        "debit  credit  amount\n2      1       100.00",
    )
    assert_rows(
        activity(paid_before, date(2026, 3, 31), months=3),
        """
        month_end   receipts  settled  collected_days  late_days  closed_days  closed_count
        2026-01-31  100.00    0        0               0          0            0
        2026-02-28  0.00      0        0               0          0            0
        2026-03-31  0.00      100.00   -460000         -760000    -46          1
        """,
    )


def test_an_invoice_is_closed_once_on_its_last_settlement() -> None:
    twice = book(
        """
        item  kind         date        due         amount
        1     invoice      2026-01-01  2026-01-31  100.00
        2     payment      2026-01-20  2026-01-20  -60.00
        3     credit_note  2026-02-10  2026-02-10  -40.00
        """,
        "debit  credit  amount\n1      2       60.00\n1      3       40.00",
    )
    assert_rows(
        activity(twice, date(2026, 2, 28), months=2),
        """
        month_end   closed_days  closed_count  settled
        2026-01-31  0            0             60.00
        2026-02-28  40           1             0.00
        """,
    )


def test_one_line_for_each_month_of_each_currency() -> None:
    found = activity(
        book(
            "currency  date        amount\nUSD       2025-12-31  5.00\nEUR       2026-02-01  7.00"
        ),
        date(2026, 2, 28),
        months=2,
    )
    assert_rows(
        found,
        """
        currency  month_end   sales  sales_before  balance
        EUR       2026-01-31  0.00   0.00          0.00
        EUR       2026-02-28  7.00   0.00          7.00
        USD       2026-01-31  0.00   5.00          5.00
        USD       2026-02-28  0.00   5.00          5.00
        """,
    )


def test_an_empty_book_has_no_month() -> None:
    assert activity(book(), date(2026, 1, 31), months=3).is_empty()
    later = book("date        amount\n2026-02-01  1.00")
    assert activity(later, date(2026, 1, 31), months=3).is_empty()


def test_flows_and_stocks_agree_on_any_day() -> None:
    for on in pl.date_range(date(2026, 1, 1), date(2026, 3, 31), "5d", eager=True):
        month = activity(BOOK, on, months=12).select(pl.col("sales_minor", "receipts_minor").sum())
        last = activity(BOOK, on, months=1)
        if last.height:
            other = BOOK.items.filter(
                pl.col("date") <= on, ~pl.col("kind").is_in(["invoice", "credit_note", "payment"])
            )["amount_minor"].sum()
            sales, receipts = month.row(0)
            assert last["balance_minor"].item() == sales - receipts + other
