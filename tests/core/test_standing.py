"""Where customers' accounts stand: equal to the aged balance and to the ledger."""

from datetime import date

from tests.tables import assert_rows, book

from quittance.core.aging import aging
from quittance.core.standing import standing

DAY = date(2026, 6, 30)
BOOK = book(
    """
    item  customer  currency  kind         date        due         amount
    1     A         EUR       invoice      2026-04-01  2026-05-31  500.00
    2     A         EUR       invoice      2026-05-01  2026-06-29  100.00
    3     A         EUR       invoice      2026-06-01  2026-06-30  900.00
    4     A         EUR       payment      2026-06-15  2026-06-15  -400.00
    5     A         USD       invoice      2026-01-01  2026-01-31  70.00
    6     B         EUR       invoice      2026-03-01  2026-03-31  300.00
    7     B         EUR       payment      2026-04-02  2026-04-02  -300.00
    8     C         EUR       credit_note  2026-06-01  2026-06-01  -80.00
    9     D         EUR       invoice      2026-07-01  2026-07-31  999.00
    """,
    """
    debit  credit  amount  date
    1      4       150.00  2026-06-15
    6      7       300.00  2026-04-02
    """,
)


def test_what_is_owed_overdue_and_how_old_by_customer_and_currency() -> None:
    assert_rows(
        standing(BOOK, DAY),
        """
        customer  currency  not_due  days_1_30  days_31_60  unallocated  balance  overdue  oldest_days  open_count
        A         EUR       900.00   450.00     0.00        -250.00      1100.00  450.00   30           4
        A         USD       0.00     0.00       0.00        0.00         70.00    70.00    150          1
        C         EUR       0.00     0.00       0.00        -80.00       -80.00   0.00     -            1
        """,  # noqa: E501
    )


def test_what_was_received_is_told_from_credit_notes() -> None:
    assert_rows(
        standing(BOOK, DAY),
        """
        customer  currency  unallocated  received  credit_notes
        A         EUR       -250.00      -250.00   0.00
        A         USD       0.00         0.00      0.00
        C         EUR       -80.00       0.00      -80.00
        """,
    )


def test_each_row_is_that_of_the_aged_balance() -> None:
    aged = aging(BOOK, DAY).drop("name").sort("customer", "currency")
    assert standing(BOOK, DAY).select(aged.columns).equals(aged)


def test_what_comes_after_the_day_does_not_count() -> None:
    assert "D" not in standing(BOOK, DAY)["customer"]
    assert standing(BOOK, date(2026, 7, 1))["customer"].to_list().count("D") == 1
