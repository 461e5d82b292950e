"""Conformance section 6 (A): aged receivables."""
# ruff: noqa: N802

from datetime import date

import polars as pl
import pytest
from tests.tables import allocations_frame, assert_rows, book, customers_frame, items_frame

from quittance.core.aging import aging
from quittance.core.allocations import MEMBERS, oldest_first
from quittance.core.book import Book
from quittance.core.kpis import FIGURES
from quittance.core.open_items import balance_minor, open_items
from quittance.core.schema import shaped
from quittance.core.terms import split_into_instalments, with_due_dates

GNUCASH = """
    item  kind         date        due         amount
    1     invoice      1980-05-13  1980-07-18  6.75
    2     invoice      1980-04-13  1980-06-18  4.00
    3     invoice      1980-03-13  1980-05-18  8.50
    4     invoice      1980-02-13  1980-04-18  7.50
    5     invoice      1980-01-13  1980-03-18  11.50
    6     payment      1980-03-18  1980-03-18  -1.50
    7     payment      1980-03-20  1980-03-20  -2.00
    8     invoice      1980-04-18  1980-04-18  200.00
    9     payment      1980-04-19  1980-04-19  -200.00
    10    credit_note  1980-06-22  1980-06-22  -3.00
    """
PAID = """
    debit  credit  amount
    5      6       1.50
    5      7       2.00
    8      9       200.00
    """
DAY = date(1980, 7, 1)


def test_decision_5_credits_have_their_own_column_by_default() -> None:
    assert_rows(
        aging(book(GNUCASH, PAID), DAY),
        """
        not_due  days_1_30  days_31_60  days_61_90  days_over_90  unallocated  balance
        6.75     4.00       8.50        7.50        8.00          -3.00        31.75
        """,
    )


def test_A_01_allocated_the_credit_note_lowers_its_invoice() -> None:
    assert_rows(
        aging(book(GNUCASH, PAID + "2      10      3.00"), DAY),
        """
        not_due  days_1_30  days_31_60  days_61_90  days_over_90  unallocated  balance
        6.75     1.00       8.50        7.50        8.00          0.00         31.75
        """,
    )


def test_decision_5_netted_oldest_first_they_lower_the_oldest() -> None:
    paid = book(GNUCASH, PAID)
    left = open_items(paid, DAY).select(
        "item", "date", group=pl.lit(1), amount_minor="open_minor", recorded_date=pl.lit(None)
    )
    netted = pl.concat([paid.allocations, oldest_first(shaped(left, MEMBERS))])
    assert_rows(
        aging(Book(paid.customers, paid.items, netted, paid.law), DAY),
        """
        not_due  days_1_30  days_31_60  days_61_90  days_over_90  unallocated  balance
        6.75     4.00       8.50        7.50        5.00          0.00         31.75
        """,
    )


def test_A_01_the_balance_after_each_entry() -> None:
    found = book(GNUCASH, PAID)
    days = found.items["date"].unique().sort()
    balances = [balance_minor(found, day)["EUR"] for day in days]
    assert balances == [1150, 1900, 2750, 2600, 2400, 2800, 22800, 2800, 3475, 3175]
    assert [int(aging(found, day)["balance_minor"].sum()) for day in days] == balances


def test_A_04_a_report_of_may_run_in_july_shows_what_was_open_in_may() -> None:
    found = book(
        """
        item  date        due         amount
        1     2026-04-30  2026-05-30  100.00
        2     2026-06-30  2026-06-30  -100.00
        """,
        "debit  credit  amount   recorded\n1      2       100.00  2026-07-02",
    )
    assert_rows(aging(found, date(2026, 5, 31)), "days_1_30  balance\n100.00     100.00")
    assert aging(found, date(2026, 6, 30)).is_empty()


def test_A_06_not_yet_due_has_its_own_column() -> None:
    found = book("date        due         amount\n2026-06-01  2026-07-01  1.00")
    assert_rows(
        aging(found, date(2026, 6, 30)), "not_due  days_1_30  balance\n1.00     0.00       1.00"
    )


def instalments_left(terms: str, amount: str, credits_: dict[str, str]) -> pl.DataFrame:
    """What is left of the instalments of one invoice of 1 January 2026 after some credits."""
    people = customers_frame(f"customer  terms\nC1        {terms}")
    lines = ["item  kind     date        due  amount", f"1     invoice  2026-01-01  -    {amount}"]
    settled = ["debit  credit  amount"]
    for item, (kind, credit) in enumerate(credits_.items(), 2):
        lines.append(f"{item}     {kind}  2026-01-10  -    -{credit}")
        settled.append(f"1      {item}       {credit}")
    items = with_due_dates(items_frame("\n".join(lines)), people, default="30")
    allocations = allocations_frame("\n".join(settled), items)
    cut, moved = split_into_instalments(items, allocations, customers=people, default="30")
    owed = book(customers=f"customer  terms\nC1        {terms}")
    whole = Book(owed.customers, cut, moved, owed.law)
    return open_items(whole, date(2026, 1, 31)).sort("due_date")


def test_A_07_a_payment_on_account_closes_the_first_term() -> None:
    left = instalments_left("30% 0 + 50% 30 + 20% 60", "100.00", {"payment": "40.00"})
    assert_rows(left, "amount  open\n50.00   40.00\n20.00   20.00")


def test_A_08_a_payment_below_the_first_term_lowers_it() -> None:
    left = instalments_left("30% 0 + 50% 30 + 20% 60", "200.00", {"payment": "40.00"})
    assert_rows(left, "amount  open\n60.00   20.00\n100.00  100.00\n40.00   40.00")


def test_A_09_a_credit_note_goes_on_from_there() -> None:
    credits_ = {"payment": "40.00", "credit_note": "100.00"}
    left = instalments_left("30% 0 + 50% 30 + 20% 60", "200.00", credits_)
    assert_rows(left, "amount  open\n100.00  20.00\n40.00   40.00")
    assert left["open_minor"].sum() == 6000


def test_A_12_an_advance_on_an_order_is_a_row_in_the_customer_s_favour() -> None:
    found = book("kind     date        amount\nadvance  2026-06-01  -1000.00")
    assert_rows(
        aging(found, date(2026, 6, 30)),
        "not_due  unallocated  balance\n0.00     -1000.00     -1000.00",
    )


def test_A_16_one_entry_settles_two_invoices() -> None:
    items = """
        item  date        due         amount
        1     2026-05-01  2026-05-31  50.00
        2     2026-05-01  2026-05-31  50.00
        3     2026-06-15  2026-06-15  -100.00
        """
    found = book(items, "debit  credit  amount\n1      3       50.00\n2      3       50.00")
    assert aging(found, date(2026, 6, 30)).is_empty()


def test_A_17_the_detail_sums_up_to_the_group_in_every_currency() -> None:
    found = book(
        """
        item  customer  currency  date        due         amount
        1     A         EUR       2026-05-01  2026-05-31  50.00
        2     A         USD       2026-05-01  2026-06-15  70.00
        3     A         USD       2026-06-01  2026-06-01  -20.00
        4     B         JPY       2026-01-01  2026-01-31  5000
        5     B         JPY       2026-02-01  2026-02-01  -2000
        """,
        "debit  credit  amount\n4      5       20.00",
    )
    day = date(2026, 6, 30)
    key = ("customer", "currency")
    detail = open_items(found, day).group_by(key).agg(balance_minor=pl.col("open_minor").sum())
    group = aging(found, day).select(*key, "balance_minor")
    assert detail.sort(key).equals(group.sort(key))
    assert_rows(
        group.sort(key),
        """
        customer  currency  balance
        A         EUR       50.00
        A         USD       50.00
        B         JPY       3000
        """,
    )


def test_A_18_whatever_is_not_yet_due_is_not_due_however_far_away() -> None:
    found = book(
        """
        date        due         amount
        2026-06-01  2026-07-29  1.00
        2026-06-01  2026-07-30  1.00
        2026-06-01  2026-08-14  1.00
        """
    )
    assert_rows(aging(found, date(2026, 6, 30)), "not_due  balance\n3.00     3.00")


@pytest.mark.parametrize(
    ("due", "bucket"),
    [
        ("2026-06-30", "not_due"),
        ("2026-06-29", "days_1_30"),
        ("2026-05-31", "days_1_30"),
        ("2026-05-30", "days_31_60"),
        ("2026-05-01", "days_31_60"),
        ("2026-04-30", "days_61_90"),
        ("2026-04-01", "days_61_90"),
        ("2026-03-31", "days_over_90"),
    ],
)
def test_decision_4_edges_of_the_buckets(due: str, bucket: str) -> None:
    found = book(f"date        due         amount\n2026-01-01  {due}  1.00")
    assert_rows(aging(found, date(2026, 6, 30)), f"{bucket}    balance\n1.00          1.00")


def test_decision_11_dso_is_three_named_figures() -> None:
    assert {"dso_period", "dso_count_back", "dso_lifetime"} <= set(FIGURES)
