"""Invoices and payments: what is open, overdue, settled or to allocate on the day of the view."""

from collections.abc import Callable
from typing import Any

import polars as pl
from django.http import HttpResponse
from django.shortcuts import render

from quittance.core.settlement import settlement
from quittance.reports.documents import (
    invoices_in_order,
    invoices_report,
    payments_in_order,
    payments_report,
)
from quittance.reports.report import Report
from quittance.web.customer_links import days_kept
from quittance.web.desk import Desk, screen
from quittance.web.document_filters import (
    INVOICE_STATES,
    PAYMENT_STATES,
    States,
    chips,
    conditions,
    fields,
    state_asked,
    with_texts,
)
from quittance.web.document_parts import address_of, customer_address, real_number
from quittance.web.downloads import download, form_asked
from quittance.web.table_views import Link, Shape
from quittance.web.tables import table_of

InOrder = Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]


@screen("books.read")
def invoices(desk: Desk) -> HttpResponse:
    """The invoices and credit notes in the state asked for (`state=overdue`)."""
    rows = asked_for(desk, invoices_in_order, states=INVOICE_STATES)
    return answered(
        desk, invoices_report(rows, desk.day), template="web/invoices.html", states=INVOICE_STATES,
        filters=("due_from", "due_until", "amount_min", "amount_max"),
    )  # fmt: skip


@screen("books.read")
def payments(desk: Desk) -> HttpResponse:
    """The payments in the state asked for (`state=unallocated`)."""
    rows = asked_for(desk, payments_in_order, states=PAYMENT_STATES)
    return answered(
        desk, payments_report(rows, desk.day), template="web/payments.html", states=PAYMENT_STATES,
        filters=("date_from", "date_until", "amount_min", "amount_max"),
    )  # fmt: skip


def asked_for(desk: Desk, in_order: InOrder, *, states: States) -> pl.DataFrame:
    """The rows that an address asks for.

    Those of a state are put in order once, and their texts for the search made once.
    """
    books, day, query = desk.books, desk.day, desk.request.GET
    state = state_asked(query, states)
    name = (in_order.__name__, day, state)

    def of_state() -> pl.DataFrame:
        rows = books.once(("settlement", day), lambda: settlement(books.book, day))
        chosen = states[state][1]
        mine = rows.filter(pl.col("state").is_in(list(chosen))) if chosen else rows
        return in_order(mine, books.people)

    rows = books.once(name, of_state)
    if query.get("q", "").strip():
        rows = books.once(
            (*name, "searched"), lambda: with_texts(books.once(name, of_state), books.people)
        )
    kept = conditions(query)
    return rows.filter(pl.all_horizontal(kept)) if kept else rows


def answered(
    desk: Desk, report: Report, *, template: str, states: States, filters: tuple[str, ...]
) -> HttpResponse:
    """The report as a file or as a page with its table."""
    query, form = desk.request.GET, form_asked(desk.request.GET)
    if form and desk.may("books.export"):
        return download(report, form, lang=desk.lang, company=desk.access.name, query=query)
    sign = -1 if states is PAYMENT_STATES else 1
    shown = table_of(
        report, query, lang=desk.lang, row_link=document_link(desk, sign),
        shape=Shape(lead="document", links={"name": owner_of(desk)}),
    )  # fmt: skip
    more = fields(query, filters, lang=desk.lang)
    context = {
        "desk": desk,
        "as_of": desk.day,
        "report": report,
        "tabs": tabs_of(desk, state_asked(query, states), states=states),
        "shown": shown,
        "filters": more,
        "chips": chips(query, lang=desk.lang, customer=customer_asked(desk)),
        "is_more": any(one.value for one in more),
    }
    return render(desk.request, template, context)


def customer_asked(desk: Desk) -> str:
    """The name of the customer that the address narrows to; empty for none in view."""
    asked = desk.request.GET.get("customer", "")
    if not asked.isdecimal() or len(asked) > 18:
        return ""
    mine = desk.books.people.filter(pl.col("customer_id") == int(asked))
    return str(mine["name"][0]) if mine.height else ""


def document_link(desk: Desk, sign: int) -> Link:
    """The screen of the document of a row; `sign` is −1 where credits are shown positive."""
    days = days_kept(desk)

    def link(row: dict[str, Any]) -> str:
        number = real_number(desk, row["item"])
        return address_of(desk, number, amount_minor=sign * row["amount_minor"]) + days

    return link


def owner_of(desk: Desk) -> Link:
    """Where the name of a customer leads: to its card."""
    days = days_kept(desk)
    return lambda row: customer_address(desk, row["customer_id"]) + days


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
