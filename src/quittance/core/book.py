"""The Book: everything a computation may look at, as frames checked on the way in."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from quittance.core import schema
from quittance.core.phrase import Phrase
from quittance.core.schema import check_frame, empty

KEPT_FRAMES = 4  # of a book, each as large as its open items


@dataclass(frozen=True)
class Law:
    """Legal values in force, as frames; `quittance.law.tables` loads ours, a test may pass any."""

    rates: pl.DataFrame
    amounts: pl.DataFrame
    term_ceilings: pl.DataFrame
    limitation_periods: pl.DataFrame
    account_groups: pl.DataFrame

    def __post_init__(self) -> None:
        """Check every frame."""
        for name, columns in LAW_FRAMES.items():
            check_frame(getattr(self, name), columns, where=f"Law({name})")


LAW_FRAMES = {
    "rates": schema.LEGAL_RATES,
    "amounts": schema.LEGAL_AMOUNTS,
    "term_ceilings": schema.TERM_CEILINGS,
    "limitation_periods": schema.LIMITATION_PERIODS,
    "account_groups": schema.ACCOUNT_GROUPS,
}


@dataclass(frozen=True)
class Book:
    """One company's customer ledger, and the law it lives under.

    `items` are debits and credits, `allocations` say which credit settled which debit and when,
    `ledger` is the whole trial balance by account and day (empty when only a customer list was
    given). `notes` are the assumptions made while the book was put together; every report repeats
    them.
    """

    customers: pl.DataFrame
    items: pl.DataFrame
    allocations: pl.DataFrame
    law: Law
    ledger: pl.DataFrame = field(default_factory=lambda: empty(schema.LEDGER))
    interruptions: pl.DataFrame = field(default_factory=lambda: empty(schema.INTERRUPTIONS))
    notes: tuple[Phrase, ...] = ()
    known: dict[Hashable, pl.DataFrame] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Check every frame."""
        for name, columns in BOOK_FRAMES.items():
            check_frame(getattr(self, name), columns, where=f"Book({name})")

    def once(self, name: Hashable, build: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """A frame that several computations start from, made once while it is among the last.

        A book never changes, so that what was made of it holds; `replace` begins with nothing.
        """
        found = self.known.pop(name, None)
        if found is None:
            found = build()
        self.known[name] = found  # last in, last out
        for oldest in list(self.known)[:-KEPT_FRAMES]:
            self.known.pop(oldest, None)
        return found


BOOK_FRAMES = {
    "customers": schema.CUSTOMERS,
    "items": schema.ITEMS,
    "allocations": schema.ALLOCATIONS,
    "ledger": schema.LEDGER,
    "interruptions": schema.INTERRUPTIONS,
}


def known_on(book: Book, day: date) -> Book:
    """The book as it was known at the end of a day: what was recorded later is not there yet."""
    known = pl.col("recorded_date") <= day
    items = book.items.filter(known)
    held = items["item"].implode()
    both = pl.col("debit_item").is_in(held) & pl.col("credit_item").is_in(held)
    return replace(book, items=items, allocations=book.allocations.filter(known & both))


def of_customers(book: Book, codes: list[str]) -> Book:
    """The book restricted to some customers, by code."""
    mine = book.items.filter(pl.col("customer").is_in(codes))
    kept = mine["item"].implode()
    return replace(
        book,
        customers=book.customers.filter(pl.col("customer").is_in(codes)),
        ledger=book.ledger.clear(),  # the trial balance is the company's, not theirs
        items=mine,
        allocations=book.allocations.filter(pl.col("debit_item").is_in(kept)),
    )


def books_date(book: Book) -> date | None:
    """The date of the last movement on a customer's account: the natural day of a report."""
    return book.items["date"].max()  # type: ignore[return-value]
