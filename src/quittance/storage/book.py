"""The books of one or several companies, as the Book that every computation takes.

A process keeps the facts that it has read, and reads only those added or reversed since: the
first page after a change costs the change, not the books. What files do not state (due dates,
instalments) is computed again from the customers' terms, by the function the command line uses.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock, RLock
from typing import Any, NamedTuple, TypeVar

import polars as pl
from django.db import connection

from quittance.core import schema
from quittance.core.assembly import Assumptions, book_of
from quittance.core.book import Book, Law, of_customers
from quittance.core.phrase import Phrase
from quittance.core.schema import Schema, empty, shaped
from quittance.law.tables import load_law
from quittance.storage.frames import frame_of
from quittance.storage.held_facts import (
    Head,
    current_facts,
    facts_at,
    head_of,
)
from quittance.storage.models import Company

T = TypeVar("T")
CHANGE_TERMS = Phrase("Réglages pour le vôtre", "Settings for yours")
CHANGE_FIFO = Phrase(
    "la règle « du plus ancien au plus récent » des Réglages", "the Settings' rule 'oldest first'"
)
KEPT_BOOKS = 24  # at most, for all companies and portfolios together
KEPT_ROWS = 8_000_000  # items of them all, unless the last one alone has more
VIRTUAL = 10**12  # instalments that have no row of their own are numbered from here
PEOPLE: Schema = {
    "customer_id": pl.Int64,
    "customer": pl.String,
    "name": pl.String,
    "kind": pl.String,
    "terms": pl.String,
    "segment": pl.String,
    "siren": pl.String,
    "group": pl.String,
    "collector_id": pl.Int64,
    "collector": pl.String,
    "salesperson_id": pl.Int64,
    "company_id": pl.Int64,
    "company": pl.String,
    "search_text": pl.String,
}
PEOPLE_QUERY = """SELECT c.id AS customer_id, c.code AS customer, c.name, c.kind, c.terms,
  c.segment, c.siren, coalesce(g.name, '') AS group, c.collector_id,
  coalesce(nullif(u.name, ''), u.email, '') AS collector, c.salesperson_id, c.company_id,
  o.name AS company, c.search_text
  FROM customer c JOIN company o ON o.id = c.company_id
  LEFT JOIN customer_group g ON g.id = c.group_id LEFT JOIN "user" u ON u.id = c.collector_id
  WHERE c.company_id = %s ORDER BY c.code"""


class Origin(NamedTuple):
    """What a Book was put together from; the same origin makes the same Book."""

    frames: tuple[pl.DataFrame, ...]
    customers: pl.DataFrame
    assumed: Assumptions
    notes: tuple[Phrase, ...]
    law: Law

    def is_same(self, other: "Origin") -> bool:
        """Whether the frames are the very same, and everything else equal."""
        pairs = zip(self.frames, other.frames, strict=True)
        return (
            all(one is another for one, another in pairs)
            and self.law is other.law
            and (self.assumed, self.notes) == (other.assumed, other.notes)
            and self.customers.equals(other.customers)
        )


@dataclass
class Books:
    """A Book with who its customers are, and what was already computed from it.

    `people` has one row per customer of the book, under the same `customer` code, with its number,
    company, group, collector and segment. `once` remembers results as long as the books are kept.
    """

    book: Book
    people: pl.DataFrame
    key: Hashable
    largest_item: int = 0  # instalments numbered beyond it have no row of their own
    origin: Origin | None = field(default=None, repr=False)  # of one company's
    results: dict[Hashable, Any] = field(default_factory=dict, init=False)
    waits: dict[Hashable, RLock] = field(default_factory=dict, init=False, repr=False)
    door: Lock = field(default_factory=Lock, init=False, repr=False)

    def once(self, name: Hashable, build: Callable[[], T]) -> T:
        """The result of a computation, made the first time it is asked for, by one thread.

        Who asks for the same waits; who asks for something else does not.
        """
        if name not in self.results:
            with self.door:
                wait = self.waits.setdefault(name, RLock())
            with wait:
                if name not in self.results:
                    self.results[name] = build()
        found: T = self.results[name]
        return found


class Key(NamedTuple):
    """What books are the books of."""

    database: str
    heads: tuple[tuple[int, Head], ...]  # of each company, where its journal stood
    codes: frozenset[tuple[int, str]] | None
    known_at: datetime | None

    def is_outdated_by(self, other: "Key") -> bool:
        """Whether these are of the same companies at another place of their journals."""
        mine, theirs = ((one.database, [n for n, _ in one.heads]) for one in (self, other))
        return mine == theirs and self.heads != other.heads


shelf: dict[Key, Books] = {}
guard = Lock()
builders: dict[Key, Lock] = {}


def position_of(company_id: int) -> int:
    """The place in the journal of the last event that touched the books."""
    return head_of(company_id).position


def load_books(
    companies: Sequence[Company],
    *,
    codes: Sequence[tuple[int, str]] | None = None,
    known_at: datetime | None = None,
) -> Books:
    """The books of some companies together; `codes` restricts them to (company, customer code).

    `known_at` gives what the record held at that instant. In a view of several companies, a
    customer's code is `company/code`.
    """
    heads = tuple((one.pk, head_of(one.pk)) for one in companies)
    restricted = None if codes is None else frozenset(codes)
    key = Key(str(connection.settings_dict["NAME"]), heads, restricted, known_at)
    found = taken(key)
    if found is None:
        with guard:
            builder = builders.setdefault(key, Lock())
        try:
            with builder:
                found = taken(key) or made(companies, key)
                put_back(key, found)
        finally:
            builders.pop(key, None)
    return found


def taken(key: Key) -> Books | None:
    """Books of the shelf, which are then the last ones used."""
    with guard:
        found = shelf.pop(key, None)
        if found is not None:
            shelf[key] = found
        return found


def put_back(key: Key, books: Books) -> None:
    """Books on the shelf; those that they outdate go, then the least used."""
    with guard:
        for other in [one for one in shelf if one.is_outdated_by(key)]:
            shelf.pop(other)
        shelf[key] = books
        while len(shelf) > 1 and (len(shelf) > KEPT_BOOKS or rows_kept() > KEPT_ROWS):
            shelf.pop(next(iter(shelf)))


def rows_kept() -> int:
    """How many items the books of the shelf have together."""
    return sum(one.book.items.height for one in shelf.values())


def made(companies: Sequence[Company], key: Key) -> Books:
    """Books read and put together; those of some customers alone are taken from the whole."""
    if key.codes is not None:
        whole = load_books(companies, known_at=key.known_at)
        return replace(restricted_to(whole, key.codes), key=key)
    law, heads = load_law(), dict(key.heads)
    before = outdated(key)
    single = [
        one_company(one, heads[one.pk], law=law, known_at=key.known_at, before=before)
        for one in companies
    ]
    books = single[0] if len(single) == 1 else together(companies, single, law=law)
    return replace(books, key=key)


def outdated(key: Key) -> Books | None:
    """The books of the shelf that new ones are to take the place of."""
    with guard:
        found = [books for other, books in shelf.items() if other.is_outdated_by(key)
                 and (other.codes, other.known_at) == (key.codes, key.known_at)]  # fmt: skip
    return found[-1] if found else None


def one_company(
    company: Company, head: Head, *, law: Law, known_at: datetime | None, before: Books | None
) -> Books:
    """The books of one company; where only people changed, the Book of before serves again."""
    facts = facts_at(company.pk, known_at) if known_at else current_facts(company.pk, head)
    people = frame_of(PEOPLE_QUERY, [company.pk], schema=PEOPLE)
    assumed = Assumptions(
        company.default_terms, company.allocation_rule == "fifo", CHANGE_TERMS, CHANGE_FIFO
    )
    customers = shaped(people, schema.CUSTOMERS)
    origin = Origin(facts.frames, customers, assumed, notes_of(company.pk), law)
    largest = int(facts.items["item"].max() or 0)  # type: ignore[arg-type]
    known = before.origin if before else None
    is_same = known is not None and known.is_same(origin)
    book = before.book if before and is_same else put_together(origin, people)
    return Books(book, people, key=(company.pk, head), largest_item=largest, origin=origin)


def put_together(origin: Origin, people: pl.DataFrame) -> Book:
    """The Book of some facts and customers."""
    items, allocations, movements = origin.frames
    codes = items.select("customer_id").join(
        people.select("customer_id", "customer"),
        on="customer_id",
        how="left",
        maintain_order="left",
    )
    coded = items.with_columns(codes["customer"])  # every other column is shared
    return book_of(
        origin.customers,
        shaped(coded, schema.ITEMS),
        allocations=shaped(allocations, schema.ALLOCATIONS),
        ledger=shaped(movements, schema.LEDGER),
        law=origin.law,
        assumed=origin.assumed,
        notes=origin.notes,
    )


def notes_of(company_id: int) -> tuple[Phrase, ...]:
    """What the last reading of the files had to say of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT after->'notes' FROM event WHERE company_id = %s "
            "AND action IN ('import.applied', 'import.undone') ORDER BY position DESC LIMIT 1",
            [company_id],
        )
        row = cursor.fetchone()
    notes = row[0] if row and isinstance(row[0], list) else []
    return tuple(Phrase(note["fr"], note["en"]) for note in notes)


def together(companies: Sequence[Company], single: Sequence[Books], *, law: Law) -> Books:
    """The consolidated books of several companies, each customer under its company's name."""
    pairs = zip(companies, single, strict=True)
    books = [
        named_apart(company.slug, one, place=place) for place, (company, one) in enumerate(pairs, 1)
    ]
    frames = {
        name: pl.concat([getattr(one.book, name) for one in books])
        for name in ("customers", "items", "allocations", "ledger")
    }
    notes = [
        Phrase(f"{company.name} : {note.fr}", f"{company.name}: {note.en}")
        for company, one in zip(companies, single, strict=True)
        for note in one.book.notes
    ]
    book = Book(law=law, interruptions=empty(schema.INTERRUPTIONS), notes=tuple(notes), **frames)
    people = pl.concat([one.people for one in books])
    return Books(book, people, key=None, largest_item=VIRTUAL - 1)


def named_apart(slug: str, books: Books, *, place: int) -> Books:
    """Books whose codes and whose virtual instalments are no other company's."""
    code = pl.concat_str(pl.lit(f"{slug}/"), pl.col("customer")).alias("customer")
    largest = books.largest_item

    def apart(name: str) -> pl.Expr:
        number = pl.col(name)
        return pl.when(number > largest).then(number + place * VIRTUAL).otherwise(number)

    book = replace(
        books.book,
        customers=books.book.customers.with_columns(code),
        items=books.book.items.with_columns(code, apart("item").alias("item")),
        allocations=books.book.allocations.with_columns(
            apart(name).alias(name) for name in ("debit_item", "credit_item")
        ),
    )
    return replace(books, book=book, people=books.people.with_columns(code))


def restricted_to(books: Books, codes: frozenset[tuple[int, str]]) -> Books:
    """The books of some customers alone."""
    bare = pl.col("customer").str.replace(r"^[^/]*/", "")
    by_company = pl.DataFrame(
        sorted(codes), schema={"company_id": pl.Int64, "bare": pl.String}, orient="row"
    )
    several = books.people["company_id"].n_unique() > 1
    people = books.people.with_columns(bare=bare if several else pl.col("customer"))
    mine = people.join(by_company, on=["company_id", "bare"], how="semi").drop("bare")
    book = of_customers(books.book, mine["customer"].to_list())
    return Books(book, mine, key=books.key, largest_item=books.largest_item)
