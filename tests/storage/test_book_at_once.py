"""Many who ask for books at the same moment: one makes them, and nobody waits for other books."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connections
from tests.storage.opened import company, imported, invoices

from quittance.core.book import Book
from quittance.storage import book
from quittance.storage.book import Books, load_books
from quittance.storage.models import Company
from quittance.storage.scope import seeing

pytestmark = pytest.mark.usefixtures("fresh_db")
SOON = 20  # seconds, on a machine with other things to do


@pytest.fixture
def pair() -> Iterator[tuple[Company, Company]]:
    """Two companies, of which no process has read the books yet."""
    found = company("alpha"), company("beta")
    for one in found:
        imported(one, [invoices(f"C1;Client de {one.slug};F1;05/01/2026;04/02/2026;100,00")])
    book.shelf.clear()
    yield found
    book.shelf.clear()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(10) as found:
        yield found


class Slow:
    """Books of which the first company's are not put together before they may."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        self.begun, self.may_end, self.made = Event(), Event(), []
        self.name, self.really = name, book.put_together
        monkeypatch.setattr(book, "put_together", self)

    def __call__(self, origin: Any, people: Any) -> Book:
        who = people["company"].item(0)
        self.made.append(who)
        if who == self.name:
            self.begun.set()
            assert self.may_end.wait(SOON)
        return self.really(origin, people)


def asked(one: Company) -> Books:
    """The books of a company, in a thread and on a connection of its own."""
    try:
        with seeing(one.pk):
            return load_books([one])
    finally:
        connections.close_all()


def test_of_many_who_ask_at_once_one_puts_the_books_together(
    pair: tuple[Company, Company], pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch, "Alpha")
    waiting = [pool.submit(asked, pair[0]) for _ in range(8)]
    assert slow.begun.wait(SOON)
    slow.may_end.set()
    found = [one.result(SOON) for one in waiting]
    assert slow.made == ["Alpha"]
    assert all(one is found[0] for one in found)
    assert book.builders == {}


def test_nobody_waits_for_the_books_of_another_company(
    pair: tuple[Company, Company], pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch, "Alpha")
    late = pool.submit(asked, pair[0])
    assert slow.begun.wait(SOON)
    other = pool.submit(asked, pair[1]).result(SOON)
    assert other.people["name"].to_list() == ["Client de beta"]
    assert not late.done()
    slow.may_end.set()
    assert late.result(SOON).people["name"].to_list() == ["Client de alpha"]


def test_where_the_first_one_fails_the_next_one_makes_them(
    pair: tuple[Company, Company], pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, tries = book.put_together, []

    def once_failing(origin: Any, people: Any) -> Book:
        tries.append(1)
        if len(tries) == 1:
            raise ZeroDivisionError
        return really(origin, people)

    monkeypatch.setattr(book, "put_together", once_failing)
    ends = [fault_of(pool.submit(asked, pair[0])) for _ in range(3)]
    assert sorted(ends) == ["", "", "ZeroDivisionError"]
    assert book.builders == {}


def fault_of(future: "Future[Books]") -> str:
    fault = future.exception(SOON)
    return type(fault).__name__ if fault else ""


def test_nobody_waits_for_a_computation_that_is_another(
    pair: tuple[Company, Company], pool: ThreadPoolExecutor
) -> None:
    with seeing(pair[0].pk):
        books = load_books([pair[0]])
    begun, may_end = Event(), Event()

    def slow() -> str:
        begun.set()
        assert may_end.wait(SOON)
        return "slow"

    def quick() -> str:
        return "quick"

    def once(name: str, build: Callable[[], str]) -> "Future[str]":
        return pool.submit(books.once, name, build)

    waiting = [once("slow", slow) for _ in range(4)]
    assert begun.wait(SOON)
    assert once("quick", quick).result(SOON) == "quick"
    assert once("quick", slow).result(SOON) == "quick"  # there already
    assert not any(one.done() for one in waiting)
    may_end.set()
    assert [one.result(SOON) for one in waiting] == ["slow"] * 4
