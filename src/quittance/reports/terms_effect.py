"""What other terms would change of customers: due dates, what is past due, what may be claimed."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.phrase import Phrase, day_words
from quittance.core.standing import standing
from quittance.reports import columns
from quittance.reports.customer_card import claimable, currency_of

EFFECT = Phrase(
    "{count} facture(s) changeraient d'échéance. Échu au {day} : {overdue_before} → "
    "{overdue_after}. Pénalités et indemnités : {charges_before} → {charges_after}.",
    "{count} invoice(s) would fall due on another day. Past due on {day}: {overdue_before} → "
    "{overdue_after}. Interest and indemnities: {charges_before} → {charges_after}.",
)
DUE = ("customer", "document", "issue_date", "due_date", "amount_minor", "currency")


@dataclass(frozen=True)
class TermsEffect:
    """How many invoices move, and two amounts before and after, in the currency most is owed in."""

    moved: int
    as_of: date
    currency: str
    overdue: tuple[int, int]
    charges: tuple[int, int]

    @property
    def sentence(self) -> Phrase:
        """The effect in words."""
        amounts = {
            f"{name}_{when}": columns.amount_words(pair[place], self.currency)
            for name, pair in (("overdue", self.overdue), ("charges", self.charges))
            for place, when in enumerate(("before", "after"))
        }
        return EFFECT.filled(count=self.moved, day=day_words(self.as_of), **amounts)


def terms_effect(before: Book, after: Book, *, as_of: date, currency: str) -> TermsEffect:
    """The difference between two books of the same customers; `currency` where they owe nothing."""
    main = currency_of(before, as_of, default=currency)
    return TermsEffect(
        moved_invoices(before, after),
        as_of,
        main,
        (overdue_of(before, as_of, currency=main), overdue_of(after, as_of, currency=main)),
        (
            sum(claimable(before, as_of, currency=main)),
            sum(claimable(after, as_of, currency=main)),
        ),
    )


def moved_invoices(before: Book, after: Book) -> int:
    """How many invoices fall due on another day, or in other instalments."""
    old, new = (
        book.items.filter(pl.col("amount_minor") > 0).select(DUE) for book in (before, after)
    )
    moved = pl.concat([old.join(new, on=DUE, how="anti"), new.join(old, on=DUE, how="anti")])
    return moved.select("customer", "document", "issue_date").unique().height


def overdue_of(book: Book, as_of: date, *, currency: str) -> int:
    """What is past due, in one currency."""
    mine = standing(book, as_of).filter(pl.col("currency") == currency)
    return int(mine["overdue_minor"].sum())
