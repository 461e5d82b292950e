"""What the open items should bring in, week by week."""

from datetime import date

import polars as pl
from tests.tables import book

from quittance.core.forecast import expected_cash

DAY = date(2026, 6, 30)
BOOK = book(
    """
    item  customer  document  kind      date        due         amount
    1     C1        F1        invoice   2026-03-01  2026-03-31  1000.00
    2     C1        V1        payment   2026-04-10  2026-04-10  -1000.00
    3     C1        F2        invoice   2026-06-01  2026-07-01  500.00
    4     C1        F3        invoice   2026-04-01  2026-05-01  80.00
    5     C2        F4        invoice   2026-06-20  2026-07-20  300.00
    6     C2        F5        doubtful  2026-01-01  2026-01-31  999.00
    7     C2        V2        payment   2026-06-25  2026-06-25  -40.00
    """,
    """
    debit  credit  amount
    1      2       1000.00
    """,
)


def weeks(column: str) -> dict[int, int]:
    rows = expected_cash(BOOK, DAY).filter(pl.col(column) != 0)
    return dict(rows.select("week", column).iter_rows())


def test_an_item_is_expected_as_late_as_its_customer_usually_pays() -> None:
    # C1 pays 10 days late: F2 due 1 July is expected on the 11th, F3 is past its expected day.
    # C2 never paid: the company's 10 days, so F4 due 20 July is expected on the 30th.
    assert weeks("expected_minor") == {1: 80_00, 2: 500_00, 5: 300_00}


def test_what_falls_due_and_what_was_received_are_beside() -> None:
    assert weeks("due_minor") == {0: 80_00, 1: 500_00, 3: 300_00}
    assert weeks("unallocated_minor") == {0: -40_00}


def test_weeks_begin_the_day_after_and_all_is_counted_once() -> None:
    rows = expected_cash(BOOK, DAY, weeks=4)
    assert rows["week"].to_list() == [0, 1, 2, 3, 4, 5]
    assert rows["from_date"].to_list()[1] == date(2026, 7, 1)
    assert rows["expected_minor"].sum() == rows["due_minor"].sum() == 880_00


def test_nothing_open_expects_nothing() -> None:
    assert expected_cash(BOOK, date(2025, 1, 1)).is_empty()
