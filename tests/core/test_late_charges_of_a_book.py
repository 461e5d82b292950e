"""Late-payment interest and the fixed indemnity of every invoice of a book."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
from tests.tables import amounts, assert_rows, book, law, rates

from quittance.core.late_charges import Policy, late_charges

BOOK_DAY = date(2026, 6, 30)


def of_book(items: str, allocations: str = "", people: str = "", **settings: Any) -> pl.DataFrame:
    """The charges of a book on 30 June 2026; at 10 %, 365.00 bear 0.10 a day."""
    ten = "series        valid_from  valid_until  percent\n{}"
    lines = "\n".join(
        f"{name}  2026-01-01  2027-01-01   10.00" for name in ("b2b_default", "public_buyer")
    )
    values = law(rates=rates(ten.format(lines)))
    policy = settings.pop("policy", Policy())
    return late_charges(book(items, allocations, people, law=values), BOOK_DAY, policy=policy)


def test_every_invoice_that_is_or_was_late_has_one_row() -> None:
    assert_rows(
        of_book(
            """
            item  document  customer  date        due         amount
            1     FA1       A         2026-05-01  2026-05-31  365.00
            2     FA2       A         2026-05-01  2026-06-29  730.00
            3     FA3       A         2026-05-01  2026-06-30  999.00
            4     FA4       B         2026-03-01  2026-03-31  365.00
            5     FA5       B         2026-03-01  2026-03-31  365.00
            6     VIR1      B         2026-04-20  2026-04-20  -365.00
            7     VIR2      B         2026-03-31  2026-03-31  -365.00
            """,
            "debit  credit  amount\n4      6       365.00\n5      7       365.00",
        ),
        """
        document  customer  days_late  interest  indemnity  open    unknown_days
        FA1       A         30         3.00      40.00      365.00  0
        FA4       B         20         2.00      40.00      0.00    0
        FA2       A         1          0.20      40.00      730.00  0
        """,
    )


def test_the_indemnity_is_due_once_for_each_document() -> None:
    two_instalments = """
        item  document  customer  date        due         amount
        1     FA1       A         2026-03-01  2026-03-31  365.00
        2     FA1       A         2026-03-01  2026-04-30  365.00
        3     FA1       B         2026-03-01  2026-04-30  365.00
        """
    assert_rows(
        of_book(two_instalments).sort("item"),
        "item  indemnity\n1     40.00\n2     0\n3     40.00",
    )


def test_two_invoices_without_a_number_are_two_documents() -> None:
    alike = """
        date        due         amount
        2026-03-01  2026-03-31  365.00
        2026-03-01  2026-03-31  365.00
        """
    owed = book(alike)
    for number, indemnities in (("", [4000, 4000]), ("FA1", [4000, 0])):
        named = replace(owed, items=owed.items.with_columns(document=pl.lit(number)))
        rows = late_charges(named, BOOK_DAY, policy=Policy()).sort("item")
        assert rows["indemnity_minor"].to_list() == indemnities


def test_an_invoice_become_doubtful_or_a_bill_is_not_counted_twice() -> None:
    moved = """
        item  document  kind      date        due         amount
        1     FA1       invoice   2026-03-01  2026-03-31  365.00
        2     FA1       other     2026-04-30  2026-04-30  -365.00
        3     FA1       {}  2026-04-30  2026-03-31  365.00
        """
    for kind in ("doubtful", "bill    ", "refund  "):
        rows = of_book(moved.format(kind), "debit  credit  amount\n1      2       365.00")
        assert_rows(
            rows.sort("item"),
            """
            item  days_late  interest  indemnity
            1     30         3.00      40.00
            3     61         6.10      0
            """,
        )


def test_a_bill_bears_interest_once_it_is_past_its_own_due_date() -> None:
    rows = of_book(
        """
        kind  date        issue       due         amount
        bill  2026-04-30  2026-04-01  2026-06-10  365.00
        """
    )
    assert_rows(rows, "due         days_late  interest\n2026-06-10  20         2.00")


def test_the_indemnity_is_the_one_in_force_on_the_first_late_day() -> None:
    table = amounts(
        """
        name             valid_from  valid_until  amount
        fixed_indemnity  2026-04-01  2026-05-01   40.00
        fixed_indemnity  2026-05-01  2026-06-01   50.00
        something_else   2026-01-01  -            99.00
        """
    )
    owed = book(
        """
        date        due         amount
        2026-01-01  2026-03-30  1
        2026-01-01  2026-03-31  1
        2026-01-01  2026-04-29  1
        2026-01-01  2026-04-30  1
        2026-01-01  2026-05-30  1
        2026-01-01  2026-05-31  1
        """,
        law=law(amounts=table),
    )
    rows = late_charges(owed, date(2026, 7, 2), policy=Policy()).sort("item")
    assert rows["indemnity_minor"].to_list() == [0, 4000, 4000, 5000, 5000, 0]


def test_what_is_no_claim_bears_nothing() -> None:
    assert of_book(
        """
        kind         date        due         amount
        other        2026-03-01  2026-03-31  365.00
        payment      2026-03-01  2026-03-01  -365.00
        credit_note  2026-03-01  2026-03-01  -365.00
        """
    ).is_empty()


def test_customers_of_each_kind() -> None:
    rows = of_book(
        """
        item  customer  date        due         amount
        1     business  2026-05-01  2026-05-31  365.00
        2     public    2026-05-01  2026-05-31  365.00
        3     consumer  2026-05-01  2026-05-31  365.00
        """,
        people="""
        customer  kind
        business  business
        public    public
        consumer  consumer
        """,
        policy=Policy(clause="fixed", fixed_ppm=200_000),
    )
    assert_rows(rows, "customer  interest\nbusiness  6.00\npublic    3.00")


def test_a_credit_note_lowers_the_base_from_its_day_on() -> None:
    rows = of_book(
        """
        item  kind         date        due         amount
        1     invoice      2026-05-01  2026-05-31  365.00
        2     credit_note  2026-06-10  2026-06-10  -182.50
        """,
        "debit  credit  amount\n1      2       182.50",
    )
    assert_rows(rows, "days_late  interest  open\n30         2.00      182.50")


def test_payments_may_settle_interest_first() -> None:
    items = """
        item  date        due         amount
        1     2026-05-01  2026-05-31  365.00
        2     2026-06-10  2026-06-10  -183.50
        """
    settled = "debit  credit  amount\n1      2       183.50"
    assert_rows(of_book(items, settled), "interest\n1.99")
    first = of_book(items, settled, policy=Policy(allocation="interest"))
    assert_rows(first, "interest\n2.00")


def test_days_without_a_rate_are_counted_and_reported() -> None:
    rows = of_book("date        due         amount\n2025-11-01  2025-12-21  365.00")
    assert_rows(
        rows, "days_late  interest  indemnity  unknown_days\n191        18.10     40.00      10"
    )


def test_currencies_stay_apart_and_the_indemnity_is_a_sum_in_euros() -> None:
    rows = of_book(
        """
        currency  date        due         amount
        USD       2026-05-01  2026-05-31  365.00
        JPY       2026-05-01  2026-05-31  36500
        """
    )
    assert_rows(
        rows,
        """
        currency  interest  indemnity  open
        USD       3.00      0.00       365.00
        JPY       300       0          36500
        """,
    )


def test_an_empty_book_owes_nothing() -> None:
    assert of_book("").is_empty()
    assert of_book("", policy=Policy(allocation="interest")).is_empty()
