"""Invoices and payments: what is open, overdue, settled or to allocate on the day of the view."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import polars as pl
from django.http import HttpResponse
from django.shortcuts import render

from quittance.core.phrase import Phrase
from quittance.core.settlement import settlement
from quittance.reports.documents import invoices_report, payments_report
from quittance.reports.report import Report
from quittance.storage.people import searchable
from quittance.web.desk import Desk, screen
from quittance.web.downloads import download, form_asked
from quittance.web.table_views import Link, Shape
from quittance.web.tables import table_of

States = Mapping[str, tuple[Phrase, tuple[str, ...]]]
INVOICE_STATES: States = MappingProxyType(
    {
        "open": (Phrase("Non soldées", "Not settled"), ("overdue", "not_due", "unallocated")),
        "overdue": (Phrase("Échues", "Overdue"), ("overdue",)),
        "settled": (Phrase("Soldées", "Settled"), ("settled",)),
        "all": (Phrase("Toutes", "All"), ()),
    }
)
PAYMENT_STATES: States = MappingProxyType(
    {
        "all": (Phrase("Tous", "All"), ()),
        "unallocated": (
            Phrase("À affecter", "To allocate"), ("unallocated", "overdue", "not_due"),
        ),
        "settled": (Phrase("Affectés", "Allocated"), ("settled",)),
    }
)  # fmt: skip


@screen("books.read")
def invoices(desk: Desk) -> HttpResponse:
    """The invoices and credit notes in the state asked for (`state=overdue`)."""
    state = state_asked(desk, INVOICE_STATES)
    report = invoices_report(
        found(desk), desk.books.people, as_of=desk.day, states=INVOICE_STATES[state][1]
    )
    return answered(desk, report, template="web/invoices.html", state=state, states=INVOICE_STATES)


@screen("books.read")
def payments(desk: Desk) -> HttpResponse:
    """The payments in the state asked for (`state=unallocated`)."""
    state = state_asked(desk, PAYMENT_STATES)
    report = payments_report(
        found(desk), desk.books.people, as_of=desk.day, states=PAYMENT_STATES[state][1]
    )
    return answered(desk, report, template="web/payments.html", state=state, states=PAYMENT_STATES)


def found(desk: Desk) -> pl.DataFrame:
    """What became of every item by the day of the view, narrowed to a text when one is sought.

    A number or a name is looked for here, on whole columns, so that the table only has to filter
    what is left.
    """
    rows = desk.books.once(("settlement", desk.day), lambda: settlement(desk.books.book, desk.day))
    words = desk.request.GET.get("q", "").strip()
    if not words or rows.height < LARGE:
        return rows
    people = desk.books.people.filter(
        pl.all_horizontal(
            pl.col("search_text").str.contains(word, literal=True)
            for word in searchable(words).split()
        )
    )
    is_number = pl.col("document").str.contains(words, literal=True)
    return rows.filter(is_number | pl.col("customer").is_in(people["customer"].implode()))


LARGE = 100_000


def state_asked(desk: Desk, states: States) -> str:
    """The state of the address, or the first one."""
    asked = desk.request.GET.get("state", "")
    return asked if asked in states else next(iter(states))


def answered(
    desk: Desk, report: Report, *, template: str, state: str, states: States
) -> HttpResponse:
    """The report as a file or as a page with its table."""
    query, form = desk.request.GET, form_asked(desk.request.GET)
    if form and desk.may("books.export"):
        return download(report, form, lang=desk.lang, company=desk.access.name, query=query)
    shown = table_of(
        report, query, lang=desk.lang, row_link=page_of(desk, report.name.removesuffix("s")),
        shape=Shape(lead="document", links={"name": owner_of(desk)}),
    )  # fmt: skip
    context = {
        "desk": desk,
        "as_of": desk.day,
        "report": report,
        "state": state,
        "tabs": tabs_of(desk, state, states=states),
        "shown": shown,
    }
    return render(desk.request, template, context)


def page_of(desk: Desk, name: str) -> Link:
    """The page of a document; an instalment that has no row of its own has none."""
    largest, day = desk.books.largest_item, desk.day.isoformat()

    def link(row: dict[str, Any]) -> str | None:
        if row["item"] > largest:
            return None
        return f"{desk.url(name, item_id=row['item'])}?as_of={day}"

    return link


def owner_of(desk: Desk) -> Link:
    """Where the name of a customer leads: to its card."""
    day = desk.day.isoformat()

    def link(row: dict[str, Any]) -> str:
        return f"{desk.url('customer', customer_id=row['customer_id'])}?as_of={day}"

    return link


def tabs_of(desk: Desk, state: str, *, states: States) -> list[dict[str, Any]]:
    """The states as tabs; every other parameter of the address stays."""
    tabs = []
    for name, (label, _) in states.items():
        query = desk.request.GET.copy()
        query.pop("page", None)
        query["state"] = name
        tabs.append({"label": label.text(desk.lang), "href": f"?{query.urlencode()}",
                     "is_current": name == state, "count": None})  # fmt: skip
    return tabs
