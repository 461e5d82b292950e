"""The tables of the tests say what they seem to say, and fail when they should."""

from datetime import date

import polars as pl
import pytest
from tests.tables import assert_rows, book, customers_frame, frame, items_frame, rates, show

from quittance.core import schema

ITEMS = items_frame(
    """
    customer  currency  date        due         amount
    Dupont    EUR       2026-01-31  2026-03-02  1200.50
    Dupont    JPY       2026-02-01  -           -300
    """
)


def test_a_table_becomes_a_frame_of_its_schema() -> None:
    assert ITEMS.schema == pl.Schema(dict(schema.ITEMS))
    assert ITEMS.select("item", "amount_minor", "due_date", "kind", "recorded_date").rows() == [
        (1, 120050, date(2026, 3, 2), "invoice", date(2026, 1, 31)),
        (2, -300, None, "payment", date(2026, 2, 1)),
    ]


def test_headings_with_and_without_units_and_values_with_single_spaces() -> None:
    exact = frame("customer  amount_minor\nA B C     5", schema.ITEMS, currency="USD")
    assert exact.select("customer", "amount_minor", "currency").rows() == [("A B C", 5, "USD")]
    table = rates("series  valid_from  percent\nx       2026-01-01  12.15")
    assert table["rate_ppm"].to_list() == [121_500]
    with pytest.raises(KeyError, match="no column called colour"):
        items_frame("colour\nred")


def test_customers_and_dates_that_are_not_given_are_filled_in() -> None:
    found = book(
        "item  date        amount\n7     2026-01-31  10\n8     2026-01-15  -10",
        "debit  credit  amount\n7      8       10",
        "customer  terms\nZ         45 EOM",
    )
    assert found.customers.rows() == [
        ("Z", "Z", "business", "45 EOM"),
        ("C1", "C1", "business", ""),
    ]
    assert found.allocations.select("date", "recorded_date", "value_date").rows() == [
        (date(2026, 1, 31), date(2026, 1, 31), date(2026, 1, 15))
    ]
    assert customers_frame("").is_empty()


def test_what_is_shown_is_compared() -> None:
    assert_rows(ITEMS, "currency  amount\nEUR       1200.50\nJPY       -300")
    assert_rows(ITEMS, "due\n2026-03-02\n-")
    assert_rows(ITEMS.clear(), "")
    assert_rows(ITEMS.clear(), "due")


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "due\n2026-03-02",
        "due\n2026-03-02\n-\n-",
        "due\n2026-03-02\n2026-03-02",
        "due\n-\n2026-03-02",
        "currency  amount\nEUR       1200.51\nJPY       -300",
        "currency  amount\nEUR       1200.50\nJPY       -3",
    ],
)
def test_a_table_that_differs_fails(wrong: str) -> None:
    with pytest.raises(AssertionError, match="found"):
        assert_rows(ITEMS, wrong)


def test_a_story_shows_money_in_its_currency(capsys: pytest.CaptureFixture[str]) -> None:
    show(ITEMS, "currency due amount")
    assert capsys.readouterr().out.splitlines() == [
        "currency  due         amount",
        "EUR       2026-03-02  1200.50",
        "JPY       -           -300",
    ]
