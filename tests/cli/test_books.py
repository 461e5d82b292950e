"""From files to one book: read, settle, date, bind."""

from pathlib import Path

import polars as pl
import pytest
from tests.cli.commands import BOOKS, LUMIERE, listed, written
from tests.tables import assert_rows

from quittance.cli.books import Loaded, Settings, load
from quittance.core.book import Book
from quittance.core.open_items import balance_minor
from quittance.core.problems import UnusableInput, sentences
from quittance.core.terms import UnreadableTerms

INVOICES = "Client;Facture;Date;Échéance;Montant\nC1;FA-1;31/01/2026;02/03/2026;12,00\n"


def made(*paths: Path, terms: tuple[str, ...] = (), allocate: str = "books") -> Loaded:
    return load(paths, Settings(terms=terms, allocate=allocate))


def refusal(*paths: Path, terms: tuple[str, ...] = ()) -> str:
    with pytest.raises(UnusableInput) as refused:
        made(*paths, terms=terms)
    return "\n".join(sentences(refused.value.problems, "en"))


def english(book: Book) -> list[str]:
    return [note.en for note in book.notes]


def test_a_fec_makes_a_book(tmp_path: Path) -> None:
    loaded = made(written(tmp_path))
    assert loaded.problems.is_empty()
    assert loaded.book.items.height == 5
    assert loaded.book.allocations.height == 1
    assert loaded.book.ledger["debit_minor"].sum() == loaded.book.ledger["credit_minor"].sum()


def test_the_example_is_one_book_of_two_years(tmp_path: Path) -> None:
    loaded = made(LUMIERE)
    assert loaded.problems.is_empty()
    alone = made(LUMIERE / "849217534FEC20260930.txt")
    as_of = loaded.book.items["date"].max()
    assert balance_minor(loaded.book, as_of) == balance_minor(alone.book, as_of)  # type: ignore[arg-type]


def test_lists_make_a_book(tmp_path: Path) -> None:
    payments = listed(
        tmp_path, "Facture;Date de règlement;Montant\nFA-1;15/03/2026;5\n", "reglements.csv"
    )
    customers = listed(tmp_path, "Client;Nom;Type\nC1;Morel;public\n", "clients.csv")
    book = made(listed(tmp_path, INVOICES), payments, customers).book
    assert book.customers.rows() == [("C1", "Morel", "public", "")]
    assert book.allocations["amount_minor"].to_list() == [500]
    assert book.ledger.is_empty()
    assert book.notes == ()


@pytest.mark.parametrize(
    "beside", [INVOICES, "Facture;Date de règlement;Montant\nF;15/03/2026;5\n"]
)
def test_a_fec_and_a_list_of_movements_are_not_added_up(beside: str, tmp_path: Path) -> None:
    told = refusal(written(tmp_path), listed(tmp_path, beside))
    assert "(ventes.txt)" in told
    assert "(factures.csv) together" in told


def test_a_list_of_customers_may_stand_beside_a_fec(tmp_path: Path) -> None:
    customers = listed(tmp_path, "client;conditions;type\nC1;60;public\n", "clients.csv")
    book = made(written(tmp_path), customers).book
    assert book.customers.rows() == [
        ("C1", "Morel", "public", "60"),
        ("C2", "Brunel", "business", ""),
    ]


def test_without_a_receivable_there_is_no_book(tmp_path: Path) -> None:
    told = refusal(written(tmp_path, BOOKS.replace("411000", "401000")))
    assert told.startswith("ventes.txt: no movement on any customer's account.")


def test_what_hid_the_receivables_is_told_with_it(tmp_path: Path) -> None:
    """Each line was set aside: the reason is what the person needs."""
    broken = written(tmp_path, BOOKS.replace("2026", "2O26"))
    lines = refusal(broken).splitlines()
    assert lines[0].startswith("ventes.txt: no movement on any customer's account.")
    assert "ventes.txt:2: unreadable entry date: '2O260131'" in "\n".join(lines)


def test_an_empty_folder_makes_no_book(tmp_path: Path) -> None:
    assert refusal(tmp_path).startswith(f"{tmp_path.name}: no movement")


# Terms


def test_the_laws_default_applies_and_is_said(tmp_path: Path) -> None:
    book = made(written(tmp_path)).book
    assert english(book) == [
        "3 due date(s) absent from the files (a FEC has none): computed with '30' (the law's "
        "default, C. com. L441-10 I; --terms for yours)."
    ]
    assert_rows(book.items.filter(kind="invoice"), "document  due\nFA-1  2026-03-02\n"
                "FA-2  2026-03-17\nFA-3  2026-03-30")  # fmt: skip


def test_a_credit_is_due_on_its_own_day(tmp_path: Path) -> None:
    book = made(written(tmp_path)).book
    payments = book.items.filter(kind="payment")
    assert payments["due_date"].to_list() == payments["date"].to_list()


def test_the_last_default_decides_and_lists_come_before_it(tmp_path: Path) -> None:
    terms = listed(tmp_path, "client;conditions\nC2;0\n", "conditions.csv")
    book = made(written(tmp_path), terms=("15", str(terms), "60")).book
    due = dict(book.items.filter(kind="invoice").select("document", "due_date").rows())
    assert {number: day.isoformat() for number, day in due.items()} == {
        "FA-1": "2026-04-01", "FA-2": "2026-04-16", "FA-3": "2026-02-28",
    }  # fmt: skip
    assert english(book) == [
        "3 due date(s) absent from the files (a FEC has none): computed with the terms of "
        "1 customer(s), and '60' for the others."
    ]


def test_instalments_are_items_of_their_own(tmp_path: Path) -> None:
    book = made(written(tmp_path), terms=("50% 0 + 50% 30",)).book
    assert book.items.filter(document="FA-2")["amount_minor"].to_list() == [30000, 30000]


def test_due_dates_of_a_list_stand(tmp_path: Path) -> None:
    book = made(listed(tmp_path, INVOICES), terms=("60",)).book
    assert_rows(book.items, "due\n2026-03-02")
    assert book.notes == ()


def test_terms_that_cannot_be_read_stop_everything(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTerms, match="quand il peut"):
        made(written(tmp_path), terms=("quand il peut",))


def test_terms_of_one_customer_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    terms = listed(tmp_path, "client;conditions\nC1;quand il peut\nC2;60\n", "conditions.csv")
    loaded = made(written(tmp_path), terms=(str(terms),))
    assert [text[:58] for text in sentences(loaded.problems, "en")] == [
        "conditions.csv:2: unreadable terms: 'quand il peut'. Terms"
    ]
    assert loaded.book.customers["terms"].to_list() == ["", "60"]


def test_a_list_of_terms_must_be_one(tmp_path: Path) -> None:
    invoices = listed(tmp_path, INVOICES)
    told = refusal(written(tmp_path), terms=(str(invoices),))
    assert told.startswith("factures.csv: not a list of customers and terms.")
    absent = refusal(written(tmp_path), terms=("conditions.csv",))
    assert absent.startswith("conditions.csv: no such file")


# What settles what


def test_fifo_settles_what_the_books_left_unmatched(tmp_path: Path) -> None:
    book = made(written(tmp_path), allocate="fifo").book
    assert_rows(book.allocations.sort("date"), """
    amount   date        recorded_date  value_date
    1200.00  2026-03-15  2026-03-20     2026-03-15
    100.00   2026-03-31  2026-03-31     2026-03-31
    """)  # fmt: skip
    assert english(book)[-1] == (
        "1 allocation(s) assumed, oldest first (--allocate fifo): 8 % of payments and credit notes."
    )


def test_fifo_never_settles_one_customer_with_the_money_of_another(tmp_path: Path) -> None:
    """C1 has paid too much, C2 nothing."""
    books = BOOKS.replace("100,00   0,00 ", "900,00   0,00 ")
    books = books.replace("0,00     100,00 ", "0,00     900,00 ")
    book = made(written(tmp_path, books), allocate="fifo").book
    used = book.allocations.join(book.items, left_on="credit_item", right_on="item")
    owed = book.allocations.join(book.items, left_on="debit_item", right_on="item")
    assert used["customer"].to_list() == owed["customer"].to_list()
    assert used["amount_minor"].sum() == 180000


def test_books_that_match_nothing_say_what_to_do(tmp_path: Path) -> None:
    loaded = made(written(tmp_path, BOOKS.replace("A     2026", "-     2026")))
    assert english(loaded.book)[-1] == (
        "No usable matching code in the files: payments stay unallocated. --allocate fifo "
        "settles oldest first."
    )
    without_credits = "\n".join(BOOKS.splitlines()[:8])
    assert len(english(made(written(tmp_path, without_credits)).book)) == 1


def test_reading_the_same_books_twice_changes_nothing(tmp_path: Path) -> None:
    once, again = made(written(tmp_path)), made(written(tmp_path), written(tmp_path, name="b.txt"))
    assert again.book.items.equals(once.book.items)
    assert again.book.allocations.equals(once.book.allocations)
    assert again.problems["code"].to_list() == ["file-repeated"]
    assert isinstance(again.problems, pl.DataFrame)
