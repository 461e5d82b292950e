"""One invoice or one payment: amounts, what settled it, charges, where it comes from, its past."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import polars as pl
from django.http import HttpResponse
from django.shortcuts import redirect, render

from quittance.core.book import Book
from quittance.core.late_charges import Policy
from quittance.core.limitation import limitation
from quittance.core.problems import no_problems
from quittance.core.settlement import settlement
from quittance.reports.columns import KINDS
from quittance.reports.document import charges_of_document, instalments_report
from quittance.storage.documents import document_of, versions_of
from quittance.web import document_parts as parts
from quittance.web.desk import Desk, screen
from quittance.web.tables import table_of

if TYPE_CHECKING:
    from quittance.storage.models import LedgerItem


@screen("books.read")
def document(desk: Desk, item_id: int) -> HttpResponse:
    """The screen of an item, under the address of what it is."""
    found = document_of(desk.access, parts.real_number(desk, item_id))
    wanted = parts.address_of(desk, found.pk, amount_minor=found.amount_minor)
    if desk.request.path != wanted:
        asked = desk.request.GET.urlencode()
        return redirect(f"{wanted}?{asked}" if asked else wanted)
    return sheet(desk, found)


def sheet(
    desk: Desk, found: "LedgerItem", *, sent: Mapping[str, str] | None = None, refusal: str = ""
) -> HttpResponse:
    """The page; with what a form was sent with and why it was refused, status 422."""
    book = parts.book_around(desk, found.customer_id)
    mine = own_rows(desk, book, found=found)
    shown = settlement(book, desk.day).filter(pl.col("item").is_in(mine["item"].implode()))
    versions = versions_of(found)
    held = parts.settlings(desk, found, versions=versions)
    due = dict(book.items.select("item", "due_date").iter_rows())
    left, candidates = parts.candidates(desk, found, due=due, sent=sent)
    code, is_full = parts.code_of(found)
    live = [one for one in held if one.undone_at is None]
    context = {
        "desk": desk,
        "as_of": desk.day,
        "document": found,
        "kind": KINDS[found.kind],
        "is_debit": found.amount_minor > 0,
        "amount_minor": abs(found.amount_minor),
        "open_minor": abs(int(shown["open_minor"].sum())),
        "is_known": shown.height > 0,
        "state": state_of(shown),
        "days_past_due": shown["days_past_due"].max(),
        "due_date": mine["due_date"].max(),
        "customer_href": parts.customer_address(desk, found.customer_id),
        "settlings": [*live, *parts.assumed(desk, book, parts=mine, held=held)],
        "undone": [one for one in held if one.undone_at is not None],
        "code": code,
        "books_code": parts.books_codes(one.books_code for one in live),
        "is_full": is_full,
        "left_minor": left,
        "candidates": candidates,
        "is_more": len(candidates) == parts.CANDIDATES,
        "refusal": refusal,
        "may_allocate": desk.may("allocations.write") and desk.known is None
        and found.reversed_at is None,
        "versions": parts.history(versions),
        **claims(desk, book, mine=mine),
    }  # fmt: skip
    return render(desk.request, "web/document.html", context, status=422 if refusal else 200)


def own_rows(desk: Desk, book: Book, *, found: "LedgerItem") -> pl.DataFrame:
    """The instalments of a document in the books in view."""
    whole = book.items.filter(pl.col("item") == found.pk)
    if whole.is_empty():
        return whole
    return parts.instalments(
        book.items, whole.row(0, named=True), largest=desk.books.largest_item or None
    )


def state_of(shown: pl.DataFrame) -> str:
    """The state of a document of several instalments: the first to matter."""
    states = set(shown["state"])
    order = ("overdue", "not_due", "unallocated", "settled")
    return next((one for one in order if one in states), "")


def claims(desk: Desk, book: Book, *, mine: pl.DataFrame) -> dict[str, Any]:
    """Instalments, late charges by segment and limitation of what a customer owes."""
    if mine.is_empty() or mine["amount_minor"].max() < 0:  # type: ignore[operator]
        return {}
    query, lang, ids = desk.request.GET, desk.lang, mine["item"].implode()
    several = instalments_report(
        settlement(book, desk.day).filter(pl.col("item").is_in(ids)), desk.day
    )
    charges = charges_of_document(
        book, desk.day, items=mine["item"].to_list(), problems=no_problems(), policy=Policy()
    )
    lapses = limitation(book, desk.day).filter(pl.col("item").is_in(ids))
    return {
        "instalments": table_of(several, query, lang=lang, prefix="due.")
        if several.rows.height > 1 else None,
        "charges": charges,
        "claimable": charges.figures,
        "segments": table_of(charges, query, lang=lang, prefix="charges."),
        "lapse": lapses.row(0, named=True) if lapses.height else None,
    }  # fmt: skip
