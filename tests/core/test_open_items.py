"""What is still owed on a date: both dates include their own day, what is later does nothing."""

from datetime import date

import polars as pl
import pytest
from tests.tables import assert_rows, book

from quittance.core.open_items import balance_minor, open_items, up_to
from quittance.core.schema import SchemaError

DUPONT = book(
    """
    item  document  kind     date        due         amount
    1     FA1       invoice  2026-01-10  2026-02-09  1200.00
    2     VIR1      payment  2026-03-02  2026-03-02  -500.00
    3     VIR2      payment  2026-04-01  2026-04-01  -700.00
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
        ("2026-01-09", ""),  # the invoice does not exist yet
        ("2026-01-10", "document  open     days_past_due\nFA1       1200.00  -30"),
        ("2026-02-09", "document  open     days_past_due\nFA1       1200.00  0"),
        ("2026-02-10", "document  open     days_past_due\nFA1       1200.00  1"),
        ("2026-03-01", "document  open     days_past_due\nFA1       1200.00  20"),
        ("2026-03-02", "document  open    days_past_due\nFA1       700.00  21"),
        ("2026-03-31", "document  open    days_past_due\nFA1       700.00  50"),
        ("2026-04-01", ""),  # closed on the day of the last payment
    ],
)
def test_an_invoice_day_by_day(on: str, expected: str) -> None:
    assert_rows(open_items(DUPONT, date.fromisoformat(on)), expected)


def test_credits_keep_their_sign_and_what_nothing_used() -> None:
    found = book(
        """
        item  kind         date        due         amount
        1     invoice      2026-01-10  2026-02-09  100.00
        2     credit_note  2026-02-20  2026-02-20  -30.00
        3     payment      2026-02-25  2026-02-25  -90.00
        """,
        """
        debit  credit  amount
        1      2       30.00
        1      3       70.00
        """,
    )
    assert_rows(
        open_items(found, date(2026, 2, 28)),
        """
        item  kind     amount  open    days_past_due
        3     payment  -90.00  -20.00  3
        """,
    )


def test_an_allocation_made_later_settles_from_the_later_of_the_two_dates() -> None:
    advance = book(
        """
        item  kind     date        due         amount
        1     advance  2026-01-15  2026-01-15  -100.00
        2     invoice  2026-03-31  2026-04-30  100.00
        """,
        "debit  credit  amount\n2      1       100.00",
    )
    assert_rows(open_items(advance, date(2026, 3, 30)), "item  open\n1     -100.00")
    assert open_items(advance, date(2026, 3, 31)).is_empty()


def test_the_balance_is_by_currency_and_needs_no_allocation() -> None:
    found = book(
        """
        customer  currency  date        amount
        A         EUR       2026-01-31  100.00
        B         EUR       2026-01-31  -30.00
        A         USD       2026-01-31  50.00
        A         JPY       2026-02-01  1000
        """
    )
    assert balance_minor(found, date(2026, 1, 31)) == {"EUR": 7000, "USD": 5000}
    assert balance_minor(found, date(2026, 2, 1))["JPY"] == 1000
    assert balance_minor(found, date(2026, 1, 30)) == {}


def test_an_empty_book_has_no_open_item() -> None:
    assert open_items(book(), date(2026, 1, 1)).is_empty()
    assert balance_minor(book(), date(2026, 1, 1)) == {}


def test_up_to_keeps_the_frame_when_all_of_it_is_there() -> None:
    assert up_to(DUPONT.items, date(2026, 4, 1)) is DUPONT.items
    assert up_to(DUPONT.items, date(2026, 3, 31)).height == 2
    with pytest.raises(SchemaError, match="'date'"):
        up_to(pl.DataFrame({"day": [date(2026, 1, 1)]}), date(2026, 1, 1))
