"""Where the books stop, when the day of a view is long after: said on every page with figures."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from quittance.core.phrase import Phrase, day_words
from quittance.storage.book import Books
from quittance.web.desk import Desk

IMPORT_THEM = Phrase(
    "Les livres{whose} s'arrêtent au {day} : importez-en la suite.",
    "The books{whose} stop on {day}: import what follows.",
)
NOT_IMPORTED = Phrase(
    "Les livres{whose} s'arrêtent au {day} : la suite n'est pas importée.",
    "The books{whose} stop on {day}: what follows is not imported.",
)
OF_COMPANY = Phrase(" de {company}", " of {company}")
QUIET_DAYS = 31  # without a movement for longer than that, something was not imported


@dataclass(frozen=True)
class BooksEnd:
    """The last movement of the books that stop first, and whose they are."""

    company: str
    day: date

    def sentence(self, desk: Desk) -> Phrase:
        """What is said of it, to whoever may import and to who may not; in a group, of whom."""
        company = OF_COMPANY.filled(company=self.company)
        whose = company if desk.access.is_group else Phrase("", "")
        said = IMPORT_THEM if desk.may("imports.write") else NOT_IMPORTED
        return said.filled(whose=whose, day=day_words(self.day))


def books_end(desk: Desk) -> BooksEnd | None:
    """Where the books in view stop, when that is more than a month before the day of the view.

    What was known on a day is another question: nothing is said of it.
    """
    if desk.known is not None:
        return None
    found = desk.books.once("books_end", lambda: first_to_stop(desk.books))
    is_long_ago = found is not None and (desk.day - found.day).days > QUIET_DAYS
    return found if is_long_ago else None


def first_to_stop(books: Books) -> BooksEnd | None:
    """The company whose books stop first; none where nothing was imported."""
    last = (
        books.book.items.group_by("customer")
        .agg(pl.col("date").max())
        .join(books.people.select("customer", "company"), on="customer")
        .group_by("company")
        .agg(pl.col("date").max())
        .sort("date", "company")
    )
    return BooksEnd(*last.row(0)) if last.height else None
