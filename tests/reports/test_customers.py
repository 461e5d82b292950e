"""The list of customers: everybody, with standing and habits."""

from datetime import date

import polars as pl
import pytest
from tests.tables import assert_rows, book

from quittance.reports.customers import NOBODY, customers_report, with_notes

DAY = date(2026, 6, 30)
BOOK = book(
    """
    item  customer  currency  kind         date        due         amount
    1     A         EUR       invoice      2026-04-01  2026-05-31  500.00
    2     A         EUR       payment      2026-06-10  2026-06-10  -200.00
    3     A         USD       invoice      2026-06-01  2026-07-31  70.00
    4     B         EUR       invoice      2026-06-01  2026-07-01  40.00
    5     B         EUR       credit_note  2026-06-15  2026-06-15  -90.00
    6     C         EUR       invoice      2026-03-01  2026-03-31  300.00
    7     C         EUR       payment      2026-04-10  2026-04-10  -300.00
    """,
    """
    debit  credit  amount
    1      2       200.00
    6      7       300.00
    """,
)
PEOPLE = pl.DataFrame(
    {
        "customer_id": [1, 2, 3, 4],
        "customer": ["A", "B", "C", "D"],
        "name": ["Alpha", "Bravo", "Charlie", "Delta"],
        "kind": ["business", "public", "business", "business"],
        "segment": ["Export", "", "Export", ""],
        "group": ["", "", "", ""],
        "collector_id": [7, None, None, 7],
        "collector": ["Inès", "", "", "Inès"],
        "company_id": [1, 1, 1, 1],
        "company": ["Essai"] * 4,
        "search_text": ["a alpha", "b bravo", "c charlie", "d delta"],
    },
    schema_overrides={"collector_id": pl.Int64},
)
REPORT = customers_report(BOOK, DAY, people=PEOPLE, currency="CHF")


def test_every_customer_is_there_most_overdue_first_also_those_without_movements() -> None:
    assert_rows(
        REPORT.rows,
        """
        customer  currency  balance  overdue  oldest_days  unallocated  late_days  days_to_pay  situation
        A         EUR       300.00   300.00   30           0.00         10         70           overdue
        A         USD       70.00    0.00     -            0.00         -          -            owing
        C         EUR       0.00     0.00     -            0.00         10         40           settled
        D         CHF       0.00     0.00     -            0.00         -          -            settled
        B         EUR       -50.00   0.00     -            -90.00       -          -            creditor
        """,  # noqa: E501
    )


def test_totals_are_by_currency() -> None:
    assert_rows(
        REPORT.totals,
        """
        currency  balance  overdue  unallocated
        CHF       0.00     0.00     0.00
        EUR       250.00   300.00   -90.00
        USD       70.00    0.00     0.00
        """,
    )


def test_what_can_be_filtered_by_has_the_words_of_this_book() -> None:
    words = {one.name: one.words for one in REPORT.columns if one.words is not None}
    assert list(words["collector_code"]) == ["7", NOBODY]
    assert words["collector_code"]["7"].fr == "Inès"
    assert list(words["segment"]) == ["Export"]
    assert words["group"] == {}
    assert REPORT.rows["segment"].to_list().count(None) == 2


@pytest.mark.parametrize(("noted", "found"), [([], []), ([1, 4], ["A", "A", "D"])])
def test_customers_with_notes_are_told(noted: list[int], found: list[str]) -> None:
    nobody = pl.Series([], dtype=pl.Int64)
    report = with_notes(REPORT, pl.Series(noted, dtype=pl.Int64), calling=nobody)
    with_some = report.rows.filter(pl.col("notes") == "with")
    assert sorted(with_some["customer"]) == found


def test_customers_whose_notes_call_the_reader_are_told_apart() -> None:
    both, mine = pl.Series([1, 4], dtype=pl.Int64), pl.Series([4], dtype=pl.Int64)
    rows = with_notes(REPORT, both, calling=mine).rows.unique("customer").sort("customer")
    assert rows["notes"].to_list() == ["with", None, None, "me"]


def test_an_empty_book_has_its_customers_too() -> None:
    report = customers_report(book(), DAY, people=PEOPLE)
    assert report.rows["customer"].to_list() == ["A", "B", "C", "D"]
    assert set(report.rows["currency"]) == {"EUR"}
