"""The customers to act on first, and the facts that say why."""

from datetime import date

import pytest
from tests.tables import assert_rows, book

from quittance.core.worklist import customers_to_act_on

DAY = date(2026, 6, 30)


def test_the_largest_stake_comes_first_unmatched_payments_deducted() -> None:
    found = book(
        """
        customer  kind         date        due         amount
        A         invoice      2026-04-01  2026-05-31  500.00
        A         invoice      2026-05-01  2026-06-29  100.00
        A         invoice      2026-06-01  2026-06-30  900.00
        A         payment      2026-06-15  2026-06-15  -400.00
        B         invoice      2026-03-01  2026-03-31  300.00
        B         doubtful     2026-01-01  2025-01-31  700.00
        C         invoice      2026-05-01  2026-05-31  80.00
        C         credit_note  2026-06-01  2026-06-01  -80.00
        D         invoice      2026-06-01  2026-07-31  999.00
        """,
        customers="customer  name\nA         Atelier",
    )
    assert_rows(
        customers_to_act_on(found, DAY),
        """
        customer  name     currency  overdue  count  oldest_days  unallocated  stake   doubtful
        B         B        EUR       300.00   1      91           0.00         300.00  700.00
        A         Atelier  EUR       600.00   2      30           -400.00      200.00  0.00
        """,
    )
    assert customers_to_act_on(found, DAY, largest=1)["customer"].to_list() == ["B"]


@pytest.mark.parametrize(
    ("due", "lapses"),
    [
        ("2021-06-29", "-"),  # lapsed yesterday
        ("2021-06-30", "2026-06-30"),
        ("2021-12-27", "2026-12-27"),  # in 180 days
        ("2021-12-28", "-"),
    ],
)
def test_claims_that_lapse_within_180_days(due: str, lapses: str) -> None:
    found = book(
        f"date        due         amount\n2020-01-01  {due}  10.00\n2026-01-01  2026-01-31  5.00"
    )
    rows = customers_to_act_on(found, DAY)
    lapsing = "-" if lapses == "-" else "10.00"
    assert_rows(rows, f"lapses      lapsing\n{lapses}  {lapsing}")


HABITS = """
    item  customer  currency  date        due         amount
    1     A         EUR       2026-01-01  2026-03-01  100.00
    2     A         EUR       2026-01-01  2026-03-01  300.00
    3     A         EUR       2026-01-01  2026-01-31  100.00
    4     A         EUR       2026-05-01  2026-05-31  50.00
    5     A         EUR       2026-03-11  2026-03-11  -100.00
    6     A         EUR       2026-03-21  2026-03-21  -300.00
    7     A         EUR       2026-02-28  2026-02-28  -100.00
    8     A         JPY       2026-01-01  2026-03-01  1000000
    9     A         JPY       2026-05-30  2026-05-30  -1000000
    10    A         JPY       2026-01-01  2026-03-01  1000
    """
SETTLED = """
    debit  credit  amount
    1      5       100.00
    2      6       300.00
    3      7       100.00
    8      9       10000.00
    """


def test_habits_are_weighted_lately_and_before_each_currency_apart() -> None:
    assert_rows(
        customers_to_act_on(book(HABITS, SETTLED), DAY),
        """
        currency  recent_late_days  earlier_late_days
        EUR       17.5              28.0
        JPY       90.0              -
        """,
    )


def test_a_customer_who_has_paid_nothing_has_no_habit() -> None:
    found = customers_to_act_on(
        book("date        due         amount\n2026-01-01  2026-01-31  5.00"), DAY
    )
    assert_rows(found, "recent_late_days  earlier_late_days\n-                 -")


def test_an_empty_book_has_nobody_to_act_on() -> None:
    assert customers_to_act_on(book(), DAY).is_empty()
