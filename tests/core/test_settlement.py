"""What became of every invoice and payment by a day."""

from datetime import date

import pytest
from tests.tables import assert_rows, book

from quittance.core.open_items import open_items
from quittance.core.schema import ITEM_KINDS
from quittance.core.settlement import INVOICES, PAYMENTS, settlement

DUPONT = book(
    """
    item  document  kind     date        due         amount
    1     FA1       invoice  2026-01-10  2026-02-09  1200.00
    2     VIR1      payment  2026-03-02  2026-03-02  -500.00
    3     VIR2      payment  2026-04-01  2026-04-01  -900.00
    """,
    """
    debit  credit  amount
    1      2       500.00
    1      3       700.00
    """,
)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (
            "2026-02-09",
            """
            document  open     state    days_past_due  settled_date
            FA1       1200.00  not_due  0              -
            """,
        ),
        (
            "2026-03-10",
            """
            document  open    state    days_past_due  settled_date
            FA1       700.00  overdue  29             2026-03-02
            VIR1      0.00    settled  -              2026-03-02
            """,
        ),
        (
            "2026-04-01",
            """
            document  open     state        days_past_due  settled_date
            FA1       0.00     settled      -              2026-04-01
            VIR1      0.00     settled      -              2026-03-02
            VIR2      -200.00  unallocated  -              2026-04-01
            """,
        ),
    ],
)
def test_a_day_in_the_life_of_an_invoice(on: str, expected: str) -> None:
    assert_rows(settlement(DUPONT, date.fromisoformat(on)), expected)


def test_what_is_not_settled_is_what_is_open() -> None:
    for month in range(1, 6):
        day = date(2026, month, 5)
        left = settlement(DUPONT, day)
        opened = open_items(DUPONT, day)
        assert left["open_minor"].sum() == opened["open_minor"].sum()


def test_every_kind_is_on_one_of_the_two_screens() -> None:
    assert set(INVOICES) | set(PAYMENTS) == set(ITEM_KINDS)
    assert not set(INVOICES) & set(PAYMENTS)
