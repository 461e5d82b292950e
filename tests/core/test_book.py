"""The Book: frames checked on the way in, what was known on a day, one customer's part."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from tests.tables import assert_rows, book

from quittance.core.aging import aging
from quittance.core.book import Book, books_date, known_on, of_customers
from quittance.core.open_items import balance_minor
from quittance.core.phrase import same
from quittance.core.schema import SchemaError

BOOK = book(
    """
    item  customer  date        recorded    amount
    1     Dupont    2026-01-31  2026-02-03  1200.00
    2     Martin    2026-02-28  2026-02-28  300.00
    3     Dupont    2026-02-15  2026-02-15  -1200.00
    """,
    """
    debit  credit  amount   recorded
    1      3       1200.00  2026-03-10
    """,
)


def test_every_frame_is_checked_on_the_way_in() -> None:
    with pytest.raises(SchemaError, match=r"Book\(items\)"):
        replace(BOOK, items=BOOK.items.drop("kind"))
    with pytest.raises(SchemaError, match=r"Book\(ledger\)"):
        replace(BOOK, ledger=pl.DataFrame({"account": ["411"]}))
    with pytest.raises(SchemaError, match=r"Law\(rates\)"):
        replace(BOOK.law, rates=BOOK.law.rates.drop("rate_ppm"))


@pytest.mark.parametrize(
    ("day", "items", "allocations"),
    [
        ("2026-02-02", [], 0),  # the invoice of 31 January arrived on 3 February
        ("2026-02-03", [1], 0),
        ("2026-03-09", [1, 2, 3], 0),  # settled in the books, not yet matched
        ("2026-03-10", [1, 2, 3], 1),
    ],
)
def test_what_was_known_at_the_end_of_a_day(day: str, items: list[int], allocations: int) -> None:
    known = known_on(BOOK, date.fromisoformat(day))
    assert known.items["item"].to_list() == items
    assert known.allocations.height == allocations


def test_an_allocation_of_an_item_not_yet_known_is_not_known_either() -> None:
    late = replace(
        BOOK,
        allocations=BOOK.allocations.with_columns(recorded_date=pl.lit(date(2026, 2, 15))),
        items=BOOK.items.with_columns(
            recorded_date=pl.when(pl.col("item") == 3)
            .then(date(2026, 4, 1))
            .otherwise("recorded_date")
        ),
    )
    known = known_on(late, date(2026, 3, 31))
    assert known.allocations.is_empty()
    assert balance_minor(known, date(2026, 3, 31)) == {"EUR": 150000}
    assert aging(known, date(2026, 3, 31))["balance_minor"].sum() == 150000


def test_one_customer_s_part_keeps_its_allocations() -> None:
    noted = replace(BOOK, notes=(same("note"),))
    mine = of_customers(noted, ["Dupont"])
    assert mine.customers["customer"].to_list() == ["Dupont"]
    assert mine.items["item"].to_list() == [1, 3]
    assert mine.allocations.height == 1
    assert mine.notes == (same("note"),)
    assert of_customers(noted, ["nobody"]).items.is_empty()
    assert_rows(aging(mine, date(2026, 2, 1)), "customer  balance\nDupont    1200.00")


def test_the_trial_balance_is_the_company_s_not_one_customer_s() -> None:
    whole = book(
        "customer  date        amount\nDupont    2026-01-31  1",
        ledger="account  date        debit\n411      2026-01-31  1",
    )
    assert whole.ledger.height == 1
    assert of_customers(whole, ["Dupont"]).ledger.is_empty()


def test_the_date_of_the_books_is_that_of_the_last_movement() -> None:
    assert books_date(BOOK) == date(2026, 2, 28)
    assert books_date(book()) is None


def test_a_book_needs_no_ledger_nor_interruptions() -> None:
    bare = Book(BOOK.customers, BOOK.items, BOOK.allocations, BOOK.law)
    assert bare.ledger.is_empty()
    assert bare.interruptions.is_empty()
    assert bare.notes == ()


def test_a_frame_is_made_once_while_it_is_among_the_last() -> None:
    owed = book("item  date        amount\n1     2026-01-01  10.00")
    made: list[int] = []

    def asked(number: int) -> None:
        owed.once(number, lambda: made.append(number) or owed.items)  # type: ignore[func-returns-value]

    for number in (1, 1, 2, 3, 4, 1, 5, 2, 1):
        asked(number)
    assert made == [1, 2, 3, 4, 5, 2]
    assert replace(owed, notes=()).known == {}
