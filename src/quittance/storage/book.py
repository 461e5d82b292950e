"""The books of one or several companies, as the Book that every computation takes.

A process keeps the facts that it has read, and reads only those added or reversed since: the
first page after a change costs the change, not the books. What files do not state (due dates,
instalments) is computed again from the customers' terms, by the function the command line uses.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

import polars as pl
from django.db import connection

from quittance.core import schema
from quittance.core.assembly import Assumptions, book_of
from quittance.core.book import Book, Law, of_customers
from quittance.core.phrase import Phrase
from quittance.core.schema import Schema, empty, shaped
from quittance.law.tables import load_law
from quittance.storage.frames import frame_of
from quittance.storage.models import Company

T = TypeVar("T")
ABOUT_BOOKS = "action ~ '^(import|allocation|customer|company)[.]'"
CHANGE_TERMS = Phrase("Réglages pour le vôtre", "Settings for yours")
CHANGE_FIFO = Phrase(
    "la règle « du plus ancien au plus récent » des Réglages", "the Settings' rule 'oldest first'"
)
KEPT_BOOKS = 24  # at most, for all companies and portfolios together
VIRTUAL = 10**12  # instalments that have no row of their own are numbered from here
ITEMS: Schema = {"customer_id": pl.Int64, **{n: t for n, t in schema.ITEMS.items()
                                             if n != "customer"}}  # fmt: skip
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
ITEM_QUERY = """SELECT customer_id, id AS item, document, kind, date, issue_date, due_date,
  currency, amount_minor, recorded_date FROM ledger_item WHERE company_id = %s AND """
ALLOCATION_QUERY = """SELECT debit_id AS debit_item, credit_id AS credit_item, amount_minor, date,
  recorded_date, value_date, id FROM allocation WHERE company_id = %s AND """
MOVEMENT_QUERY = """SELECT account, date, debit_minor, credit_minor, is_opening, id
  FROM account_movement WHERE company_id = %s AND """
PEOPLE_QUERY = """SELECT c.id AS customer_id, c.code AS customer, c.name, c.kind, c.terms,
  c.segment, c.siren, coalesce(g.name, '') AS group, c.collector_id,
  coalesce(nullif(u.name, ''), u.email, '') AS collector, c.salesperson_id, c.company_id,
  o.name AS company, c.search_text
  FROM customer c JOIN company o ON o.id = c.company_id
  LEFT JOIN customer_group g ON g.id = c.group_id LEFT JOIN "user" u ON u.id = c.collector_id
  WHERE c.company_id = %s ORDER BY c.code"""
HOLDS = "reversed_at IS NULL"
SINCE = """{by} IN (SELECT id FROM event WHERE company_id = %s AND position > %s
  AND position <= %s)"""
KNOWN = "recorded_at <= %s AND (reversed_at IS NULL OR reversed_at > %s)"
NUMBERED = {"id": pl.Int64}


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
    results: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, name: Hashable, build: Callable[[], T]) -> T:
        """The result of a computation, made the first time it is asked for."""
        if name not in self.results:
            self.results[name] = build()
        found: T = self.results[name]
        return found


@dataclass(frozen=True)
class Facts:
    """The facts of one company that hold at a position of its journal."""

    position: int
    items: pl.DataFrame
    allocations: pl.DataFrame
    movements: pl.DataFrame


shelf: dict[Hashable, Books] = {}
kept_facts: dict[tuple[str, int], Facts] = {}
guard = Lock()


def position_of(company_id: int) -> int:
    """The place in the journal of the last event that touched the books."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT position FROM event WHERE company_id = %s AND {ABOUT_BOOKS} "  # noqa: S608
            "ORDER BY position DESC LIMIT 1",
            [company_id],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0


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
    positions = tuple((one.pk, position_of(one.pk)) for one in companies)
    restricted = None if codes is None else frozenset(codes)
    key = (connection.settings_dict["NAME"], positions, restricted, known_at)
    with guard:
        found = shelf.pop(key, None)
        if found is None:
            found = made(companies, dict(positions), codes=restricted, known_at=known_at, key=key)
        shelf[key] = found  # last in, last out
        while len(shelf) > KEPT_BOOKS:
            shelf.pop(next(iter(shelf)))
    return found


def made(
    companies: Sequence[Company],
    positions: dict[int, int],
    *,
    codes: frozenset[tuple[int, str]] | None,
    known_at: datetime | None,
    key: Hashable,
) -> Books:
    """Books read and put together."""
    law = load_law()
    single = [
        one_company(company, positions[company.pk], law=law, known_at=known_at)
        for company in companies
    ]
    for old in [one for one in shelf if one[0] == key[0] and one[1] != key[1]  # type: ignore[index]
                and {c for c, _ in one[1]} == set(positions)]:  # type: ignore[index]  # fmt: skip
        shelf.pop(old)
    books = single[0] if len(single) == 1 else together(companies, single, law=law)
    books = replace(books, key=key, results={})
    return books if codes is None else restricted_to(books, codes)


def one_company(company: Company, position: int, *, law: Law, known_at: datetime | None) -> Books:
    """The books of one company."""
    facts = facts_at(company.pk, known_at) if known_at else current_facts(company.pk, position)
    people = frame_of(PEOPLE_QUERY, [company.pk], schema=PEOPLE)
    items = facts.items.join(
        people.select("customer_id", "customer"), on="customer_id", maintain_order="left"
    )
    book = book_of(
        shaped(people, schema.CUSTOMERS),
        shaped(items, schema.ITEMS),
        allocations=shaped(facts.allocations, schema.ALLOCATIONS),
        ledger=shaped(facts.movements, schema.LEDGER),
        law=law,
        assumed=Assumptions(
            company.default_terms, company.allocation_rule == "fifo", CHANGE_TERMS, CHANGE_FIFO
        ),
        notes=notes_of(company.pk),
    )
    largest = int(facts.items["item"].max() or 0)  # type: ignore[arg-type]
    return Books(book, people, key=(company.pk, position), largest_item=largest)


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


def current_facts(company_id: int, position: int) -> Facts:
    """The facts that hold now: those kept from before, and what was added or reversed since."""
    place = (str(connection.settings_dict["NAME"]), company_id)
    kept = kept_facts.get(place)
    if kept is None or kept.position > position:
        facts = Facts(position, *(
            frame_of(query + HOLDS + " ORDER BY id", [company_id], schema=columns)
            for query, columns in QUERIES
        ))  # fmt: skip
    elif kept.position == position:
        return kept
    else:
        facts = Facts(position, *(
            brought_up(held, query, columns=columns, span=(company_id, kept.position, position))
            for held, (query, columns) in zip(
                (kept.items, kept.allocations, kept.movements), QUERIES, strict=True
            )
        ))  # fmt: skip
    kept_facts[place] = facts
    return facts


QUERIES: tuple[tuple[str, Schema], ...] = (
    (ITEM_QUERY, ITEMS),
    (ALLOCATION_QUERY, {**schema.ALLOCATIONS, **NUMBERED}),
    (MOVEMENT_QUERY, {**schema.LEDGER, **NUMBERED}),
)


def brought_up(
    held: pl.DataFrame, query: str, *, columns: Schema, span: tuple[int, int, int]
) -> pl.DataFrame:
    """Facts with those that later events reversed taken out and those they added put in."""
    company_id = span[0]
    number = "id" if "id" in columns else "item"
    table = query.partition("FROM ")[2].partition(" ")[0]
    gone = frame_of(
        f"SELECT id FROM {table} WHERE company_id = %s AND " + SINCE.format(by="reversed_by_id"),  # noqa: S608
        [company_id, *span],
        schema=NUMBERED,
    )
    new = frame_of(
        query + HOLDS + " AND " + SINCE.format(by="added_by_id") + " ORDER BY id",
        [company_id, *span],
        schema=columns,
    )
    if gone.is_empty() and new.is_empty():
        return held
    left = held.filter(~pl.col(number).is_in(gone["id"].implode())) if gone.height else held
    return pl.concat([left, new])


def facts_at(company_id: int, instant: datetime) -> Facts:
    """The facts that the record held at an instant."""
    return Facts(0, *(
        frame_of(query + KNOWN + " ORDER BY id", [company_id, instant, instant], schema=columns)
        for query, columns in QUERIES
    ))  # fmt: skip


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
