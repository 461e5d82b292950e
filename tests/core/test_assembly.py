"""From facts to one Book: due dates computed, settlements assumed, instalments cut."""

from collections.abc import Sequence

import polars as pl
import pytest
from tests.tables import allocations_frame, assert_rows, customers_frame, items_frame

from quittance.core.assembly import DEFAULT_TERMS, Assumptions, book_of
from quittance.core.book import Book
from quittance.core.phrase import Phrase
from quittance.core.schema import LEDGER, SchemaError, empty
from quittance.core.terms import UnreadableTerms
from quittance.law.tables import load_law

ITEMS = items_frame("""
item  kind     date        due         amount
1     invoice  2026-01-31  2026-02-10  100.00
2     invoice  2026-02-28  -           80.00
3     payment  2026-03-05  -           -120.00
""")


def made(
    *, terms: str = "", customer: str = "", is_fifo: bool = False, notes: Sequence[Phrase] = ()
) -> Book:
    return book_of(
        customers_frame(f"customer  terms\nC1        {customer or '-'}\n").with_columns(
            pl.col("terms").fill_null("")
        ),
        ITEMS.with_columns(due_date=pl.when(pl.col("item") == 1).then("due_date")),
        allocations=allocations_frame("", ITEMS),
        ledger=empty(LEDGER),
        law=load_law(),
        assumed=Assumptions(terms, is_fifo),
        notes=notes,
    )


def english(book: Book) -> list[str]:
    return [note.en for note in book.notes]


@pytest.mark.parametrize(
    ("terms", "customer", "due", "how"),
    [
        ("", "", "2026-03-30", "'30' (the law's default"),
        ("45", "", "2026-04-14", "'45'."),
        ("45", "60", "2026-04-29", "the terms of 1 customer(s)."),
    ],
)
def test_a_due_date_that_is_stated_stays_and_the_others_are_computed(
    terms: str, customer: str, due: str, how: str
) -> None:
    book = made(terms=terms, customer=customer)
    assert_rows(book.items, f"item  due\n1  2026-02-10\n2  {due}\n3  2026-03-05")
    assert how in english(book)[0]
    assert DEFAULT_TERMS == "30"


def test_terms_edited_since_change_the_due_dates() -> None:
    (one, other) = (made(customer=terms).items["due_date"][1] for terms in ("30", "60"))
    assert (other - one).days == 30


def test_oldest_first_is_assumed_only_when_asked() -> None:
    assert made().allocations.is_empty()
    assert english(made())[-1].startswith("No usable matching code in the files")
    book = made(is_fifo=True)
    assert book.allocations["amount_minor"].to_list() == [10000, 2000]
    assert "2 allocation(s) assumed" in english(book)[-1]


def test_terms_in_instalments_cut_the_invoice() -> None:
    items = made(terms="50% 0 + 50% 30").items
    assert items.filter(pl.col("amount_minor") > 0)["amount_minor"].to_list() == [10000, 4000, 4000]


def test_the_notes_of_the_facts_come_first() -> None:
    note = Phrase("fait", "fact")
    assert english(made(notes=[note]))[0] == "fact"
    assert len(english(made(notes=[note]))) == 3


def test_what_cannot_be_a_book_is_refused() -> None:
    with pytest.raises(UnreadableTerms):
        made(terms="quand il peut")
    with pytest.raises(SchemaError, match="book_of"):
        book_of(ITEMS, ITEMS, allocations=ITEMS, ledger=ITEMS, law=load_law())
