"""The whole story, posted in order, and the two fiscal years it makes."""

from dataclasses import dataclass
from datetime import date

from generator.books import Books
from generator.closing import (
    opening_balances,
    post_accruals,
    post_appropriation,
    post_corporate_tax,
    post_stock,
)
from generator.credit_notes import post_credit_notes
from generator.finance import post_finance, post_vat_returns
from generator.fiscal_year import Row, carried, fiscal_year, opening_row
from generator.payroll import post_payroll
from generator.purchases import post_purchases
from generator.receipts import post_receipts
from generator.sales import by_tag, post_invoices
from generator.stories import post_stories, scripted_drafts
from generator.timeline import CLOSING, END, OPENING


@dataclass(frozen=True)
class Story:
    """The books and their rows by fiscal year."""

    books: Books
    years: dict[int, list[Row]]


def post_everything() -> Books:
    """All entries from the warm-up to the end."""
    books = Books()
    invoices = post_invoices(books, scripted_drafts())
    post_credit_notes(books, invoices)
    post_stories(books, by_tag(invoices))
    post_receipts(books, invoices)
    post_purchases(books)
    post_payroll(books)
    post_finance(books)
    post_accruals(books)
    post_stock(books)
    post_vat_returns(books)
    post_appropriation(books, post_corporate_tax(books))
    return books


def tell() -> Story:
    """The books of both years, each opening with what the former one left."""
    books = post_everything()
    before = fiscal_year(books, date.min, date(2024, 12, 31), opening=[])
    opening = carried(before, OPENING, classes="4")
    balances = opening_balances(sum(row.amount for row in opening))
    opening += [
        opening_row(OPENING, account, amount=amount) for account, amount in balances.items()
    ]
    opening.sort(key=lambda row: (row.account, row.party, row.piece_date, row.piece))
    first = fiscal_year(books, OPENING, CLOSING, opening=opening)
    reopening = [*carried(first, date(2026, 1, 1), classes="12345"), result_row(first)]
    reopening.sort(key=lambda row: (row.account, row.party, row.piece_date, row.piece))
    second = fiscal_year(books, date(2026, 1, 1), END, opening=reopening)
    return Story(books, {2025: first, 2026: second})


def result_row(rows: list[Row]) -> Row:
    """The result of the year that ends, as the next one opens with it."""
    result = sum(row.amount for row in rows if row.account[0] in "67")
    return opening_row(date(2026, 1, 1), "120000", amount=result)
