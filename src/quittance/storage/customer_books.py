"""The books of one customer, as they are now and as the record knew them at an instant."""

from datetime import datetime

import polars as pl

from quittance.core import schema
from quittance.core.assembly import Assumptions, book_of
from quittance.core.book import Book, of_customers
from quittance.core.schema import shaped
from quittance.law.tables import load_law
from quittance.storage import book as whole
from quittance.storage import held_facts
from quittance.storage.frames import frame_of
from quittance.storage.models import Customer

OF_ITEMS = """ AND debit_id IN (SELECT id FROM ledger_item WHERE company_id = %s
  AND customer_id = %s) ORDER BY id"""


def books_of_customer(books: whole.Books, code: str) -> Book:
    """The book of one customer among those in view."""
    return of_customers(books.book, [code])


def books_known(customer: Customer, instant: datetime) -> tuple[Book, int]:
    """The book of a customer as the record knew it at an instant, and the largest item's number.

    Only the customer's rows are read; instalments numbered beyond have no row of their own. Facts
    are those of the instant; kind and terms, which decide of due dates that no file states, are
    the ones that `customer` has: `customer_past.customer_known` gives those of the instant.
    """
    company = customer.company
    known = [company.pk, instant, instant]
    who = whole.PEOPLE_QUERY.replace("ORDER BY", "AND c.id = %s ORDER BY")
    mine = frame_of(who, [company.pk, customer.pk], schema=whole.PEOPLE).with_columns(
        kind=pl.lit(customer.kind), terms=pl.lit(customer.terms)
    )
    items = frame_of(
        f"{held_facts.ITEM_QUERY}{held_facts.KNOWN} AND customer_id = %s ORDER BY id",
        [*known, customer.pk],
        schema=held_facts.ITEMS,
    )
    allocations = frame_of(
        held_facts.ALLOCATION_QUERY + held_facts.KNOWN + OF_ITEMS,
        [*known, company.pk, customer.pk],
        schema={**schema.ALLOCATIONS, **held_facts.NUMBERED},
    )
    book = book_of(
        shaped(mine, schema.CUSTOMERS),
        shaped(items.join(mine.select("customer_id", "customer"), on="customer_id"), schema.ITEMS),
        allocations=shaped(allocations, schema.ALLOCATIONS),
        ledger=schema.empty(schema.LEDGER),
        law=load_law(),
        assumed=Assumptions(
            company.default_terms,
            company.allocation_rule == "fifo",
            whole.CHANGE_TERMS,
            whole.CHANGE_FIFO,
        ),
    )
    return book, int(items["item"].max() or 0)  # type: ignore[arg-type]
