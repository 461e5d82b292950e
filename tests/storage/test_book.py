"""The Book that the record gives is the Book that the command line makes of the same files."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import polars as pl
import pytest
from tests.storage.opened import AT, BY, LUMIERE, company, imported, invoices, lumiere

from quittance.cli.books import Settings, load
from quittance.core.aging import aging
from quittance.core.late_charges import Policy, late_charges
from quittance.services.customers import change_customer
from quittance.storage import book
from quittance.storage.book import Books, load_books
from quittance.storage.models import Customer
from quittance.storage.scope import see_companies

DAY = date(2026, 9, 30)


@pytest.mark.usefixtures("db")
def test_the_record_and_the_files_say_the_same() -> None:
    one = company()
    imported(one, lumiere())
    books = load_books([one])
    paths = [path for path in sorted(LUMIERE.iterdir()) if path.suffix in (".txt", ".csv")]
    files = load(paths, Settings()).book
    assert aging(books.book, DAY).equals(aging(files, DAY))
    told = ("customer", "document", "interest_minor", "indemnity_minor")
    mine, theirs = (
        late_charges(book, DAY, policy=Policy()).select(told).sort(told)
        for book in (books.book, files)
    )
    assert mine.equals(theirs)


@pytest.mark.usefixtures("db")
def test_what_was_known_at_an_instant() -> None:
    one = company()
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")])
    imported(
        one,
        [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;120,00")],
        at=AT + timedelta(days=1),
    )
    now = load_books([one]).book.items["amount_minor"].to_list()
    then = load_books([one], known_at=AT + timedelta(hours=1)).book.items["amount_minor"].to_list()
    before = load_books([one], known_at=AT - timedelta(hours=1)).book.items
    assert (now, then, before.height) == ([12000], [10000], 0)


@pytest.mark.usefixtures("db")
def test_only_the_change_is_read_again() -> None:
    one = company()
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")])
    first = load_books([one])
    assert load_books([one]) is first
    imported(one, [invoices("C1;Alpha;F2;06/01/2026;04/02/2026;30,00", name="b.csv")])
    again = load_books([one])
    assert sorted(again.book.items["amount_minor"]) == [3000, 10000]


@pytest.mark.usefixtures("db")
def test_several_companies_together() -> None:
    alpha, beta = company("alpha"), company("beta")
    for one in (alpha, beta):
        see_companies([one.pk])
        imported(one, [invoices("C1;Client;F1;05/01/2026;04/02/2026;100,00")])
    see_companies([alpha.pk, beta.pk])
    books = load_books([alpha, beta])
    rows = aging(books.book, DAY).select("customer", "balance_minor").rows()
    assert sorted(rows) == [("alpha/C1", 10000), ("beta/C1", 10000)]
    mine = load_books([alpha, beta], codes=[(beta.pk, "C1")])
    assert mine.people["customer"].to_list() == ["beta/C1"]
    assert mine.book.items["customer"].to_list() == ["beta/C1"]


def bare() -> Books:
    return Books(None, pl.DataFrame(), key=1)  # type: ignore[arg-type]


def test_a_result_is_computed_once() -> None:
    books = bare()
    assert [books.once("x", lambda: 1), books.once("x", lambda: 2)] == [1, 1]


def test_several_who_ask_at_once_wait_for_one_computation() -> None:
    books, made = bare(), []

    def slow() -> int:
        time.sleep(0.05)
        made.append(books.once("inner", lambda: 7))
        return 1

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: books.once("x", slow), range(8)))
    assert (found, made) == ([1] * 8, [7])


@pytest.mark.usefixtures("db")
def test_books_of_too_many_rows_do_not_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    one = company()
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")])
    monkeypatch.setattr(book, "KEPT_ROWS", 2)
    book.shelf.clear()
    instants = [AT + timedelta(days=day) for day in range(4)]
    for instant in instants:
        load_books([one], known_at=instant)
    assert [key.known_at for key in book.shelf] == instants[-2:]
    load_books([one], known_at=instants[2])
    load_books([one])
    assert [key.known_at for key in book.shelf] == [instants[2], None]


@pytest.mark.usefixtures("db")
def test_what_a_change_outdates_leaves_the_shelf() -> None:
    one, other = company("alpha"), company("beta")
    for each in (one, other):
        see_companies([each.pk])
        imported(each, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")])
    see_companies([one.pk, other.pk])
    book.shelf.clear()
    load_books([one], codes=[(one.pk, "C1")])
    load_books([one], known_at=AT)
    load_books([other])
    see_companies([one.pk])
    imported(one, [invoices("C1;Alpha;F2;05/01/2026;;1", name="b.csv")], at=AT + timedelta(days=1))
    load_books([one])
    assert [key.heads[0][0] for key in book.shelf] == [other.pk, one.pk]


@pytest.mark.usefixtures("db")
def test_where_only_people_change_the_book_serves_again() -> None:
    one = company()
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;;100,00", "C2;Bravo;F2;05/01/2026;;30,00")])
    first = load_books([one])
    customer = Customer.objects.get(code="C1")

    def changed(**fields: str) -> Books:
        version = Customer.objects.get(pk=customer.pk).version
        change_customer(one.pk, customer.pk, changes=fields, version=version, by=BY, at=AT)
        return load_books([one])

    entrusted = changed(segment="A", siren="732829320")
    assert entrusted is not first
    assert entrusted.book is first.book
    assert entrusted.people["segment"].to_list() == ["A", ""]
    assert entrusted.results == {}
    agreed = changed(terms="60")
    assert agreed.book is not first.book
    assert agreed.book.items["due_date"].to_list() == [date(2026, 3, 6), date(2026, 2, 4)]
    assert changed(name="Alfa").book.customers["name"].to_list() == ["Alfa", "Bravo"]


@pytest.mark.usefixtures("db")
def test_some_customers_are_taken_from_the_whole() -> None:
    one = company()
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;;100,00", "C2;Bravo;F2;05/01/2026;;30,00")])
    whole = load_books([one])
    some = load_books([one], codes=[(one.pk, "C2")])
    assert some.book.items["document"].to_list() == ["F2"]
    assert some.people["customer"].to_list() == ["C2"]
    assert some.largest_item == whole.largest_item
    assert load_books([one], codes=[(one.pk, "C2")]) is some
    assert load_books([one]) is whole
    assert load_books([one], codes=[]).book.items.is_empty()
