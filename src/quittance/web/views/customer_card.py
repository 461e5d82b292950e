"""A customer's card: what is owed and how it is paid, who is there, where it comes from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from quittance.core.aging import buckets
from quittance.core.book import Book
from quittance.core.late_charges import Policy
from quittance.core.payment_behaviour import rolling_lateness, settled_by_payments
from quittance.core.phrase import Phrase
from quittance.core.problems import no_problems
from quittance.reports import customer_card as reports
from quittance.reports.aging import label
from quittance.reports.customer_timeline import PAYMENT_KINDS
from quittance.reports.customer_words import KINDS
from quittance.reports.late_charges import late_charges_report, segments_report
from quittance.reports.limitation import limitation_report
from quittance.reports.open_items import open_items_report
from quittance.reports.payment_behaviour import behaviour_report
from quittance.reports.render.formats import date_text
from quittance.reports.report import Report
from quittance.storage import customers as record
from quittance.storage.access import customer_of
from quittance.storage.customer_books import books_known, books_of_customer
from quittance.storage.customer_past import Past, customer_known
from quittance.web.customer_links import address_of, days_kept
from quittance.web.customer_parts import (
    facts_of,
    form_asked_for,
    hidden_words,
    is_told,
    notes_shown,
)
from quittance.web.desk import Desk, end_of, screen
from quittance.web.downloads import download, form_asked
from quittance.web.lateness_picture import lateness_pictures
from quittance.web.table_filters import address
from quittance.web.table_views import Link, Shape, Table
from quittance.web.tables import table_of
from quittance.web.tones import age_tone

if TYPE_CHECKING:
    from quittance.storage.models import Customer

EVER = 100 * 366  # days: every claim, however late it lapses
SHOWN_FIRST = 12
IN_TIME = Phrase("à temps", "in time")


@dataclass(frozen=True)
class Card:
    """A customer in view, on a day, with its books."""

    desk: Desk
    customer: "Customer"
    book: Book
    day: date
    currency: str
    largest_item: int  # instalments numbered beyond it have no screen of their own
    past: Past | None = None  # what was known on the day asked for; `customer` is then of that day

    @property
    def is_past(self) -> bool:
        """Whether what was known on a day is shown, so that nothing can be changed."""
        return self.past is not None

    def may(self, permission: str) -> bool:
        """Whether the user may, on this view."""
        return not self.is_past and self.desk.may(permission)


def card_of(desk: Desk, customer_id: int) -> Card:
    """The card of a customer that the user sees, on the day and with the knowledge asked for."""
    customer, past = customer_of(desk.access, customer_id), None
    if desk.known is None:
        book, largest = books_of_customer(desk.books, customer.code), desk.books.largest_item
    else:
        past = customer_known(customer, end_of(desk.known))
        customer = past.customer
        book, largest = books_known(customer, end_of(desk.known))
    currency = reports.currency_of(book, desk.day, default=customer.company.currency)
    return Card(desk, customer, book, desk.day, currency, largest, past)


def page(card: Card, part: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """One part of a card, under its tabs."""
    known = {
        "desk": card.desk,
        "as_of": card.day,
        "card": card,
        "customer": card.customer,
        "part": part,
        "tabs": tabs_of(card, part),
        "known_text": date_text(card.desk.known, card.desk.lang) if card.desk.known else "",
        "tells": {name: is_told(name, card.past) for name in ("segment", "kind", "collector")},
        "hidden": hidden_words(card.past) if card.past else "",
        "kind_words": KINDS[card.customer.kind].text(card.desk.lang),
        "crumbs": [
            (gettext("Clients"), card.desk.url("customers") + days_kept(card.desk)),
            (card.customer.name, ""),
        ],
        "may_edit": card.may("customers.edit"),
        "may_comment": card.may("customers.comment"),
    }
    template = f"web/customer_{part}.html"
    return render(card.desk.request, template, {**known, **context}, status=status)


def tabs_of(card: Card, part: str) -> list[dict[str, Any]]:
    """The parts of a card, each under its address."""
    labels = {
        "summary": ("customer", gettext("Synthèse")),
        "items": ("customer_items", gettext("Compte")),
        "behaviour": ("customer_behaviour", gettext("Comportement")),
        "charges": ("customer_charges", gettext("Pénalités et prescription")),
        "history": ("customer_history", gettext("Historique")),
        "documents": ("customer_documents", gettext("Documents")),
    }
    return [
        {"label": text, "href": part_address(card, name), "is_current": one == part, "count": None}
        for one, (name, text) in labels.items()
    ]


def part_address(card: Card, name: str) -> str:
    """The address of a part of a card, on the days in view."""
    return card.desk.url(name, customer_id=card.customer.pk) + days_kept(card.desk)


def table(card: Card, report: Report, **options: Any) -> Table:
    """A report on the customer as a table, each document leading to its own screen."""
    mine = reports.of_one(report)
    shape = Shape(
        lead="document",
        tones={"days_past_due": age_tone, "days_late": age_tone},
        hidden=options.pop("hidden", frozenset()),
    )
    return table_of(
        mine, card.desk.request.GET, lang=card.desk.lang, shape=shape, row_link=item_link(card),
        **options,
    )  # fmt: skip


def item_link(card: Card) -> Link:
    """Where a row leads that tells of an item: to the item's own screen."""
    return lambda row: item_address(card, numbered(row), kind=row.get("kind", ""))


def numbered(row: Mapping[str, Any]) -> int:
    """The item that a row tells of: the movement, what was settled, or the debt."""
    found = next((row[name] for name in ("item", "debit_item", "debt") if row.get(name)), 0)
    return int(found)


def item_address(card: Card, item: int, *, kind: str) -> str:
    """The screen of an invoice or of a payment; empty for what has none."""
    if not 0 < item <= card.largest_item:
        return ""
    name = "payment" if kind in PAYMENT_KINDS else "invoice"
    own = address_of(card.desk, name, item_id=item)
    return own + days_kept(card.desk) if own else ""


def files(card: Card, **by_prefix: Callable[[], Report]) -> HttpResponse | None:
    """The table that the address asks for as a file, if it asks for one."""
    query = card.desk.request.GET
    if not card.desk.may("books.export"):
        return None
    for name, build in by_prefix.items():
        form = form_asked(query, prefix=f"{name}.")
        if form:
            company = f"{card.desk.access.name}-{card.customer.code}"
            return download(
                build(), form, lang=card.desk.lang, company=company, query=query, prefix=f"{name}."
            )
    return None


@screen("books.read", in_group=False)
def summary(desk: Desk, customer_id: int) -> HttpResponse:
    """What is looked at first."""
    return summary_page(card_of(desk, customer_id), edit=desk.request.GET.get("edit", ""))


def summary_page(card: Card, *, edit: str = "", status: int = 200, **forms: Any) -> HttpResponse:
    """The first part of a card, with the form that is asked for or was sent back."""
    book, day = card.book, card.day
    report = open_items_report(book, day, problems=no_problems())
    answer = files(card, open=lambda: reports.of_one(report))
    if answer is not None:
        return answer
    amounts = reports.ages(book, day, currency=card.currency)
    figures = reports.card_figures(book, day, currency=card.currency)
    lapsing = reports.lapsing(book, day)
    return page(
        card, "summary", status=status,
        figures=[(figure, where_from(card, figure.name)) for figure in figures],
        ages=amounts,
        age_legend=[(f"age-{place}", label(bucket), amounts[place])
                    for place, bucket in enumerate(buckets())],
        history=reports.history_chart(book, day, currency=card.currency),
        open_items=table(card, report, prefix="open.", page_size=SHOWN_FIRST),
        facts=facts_of(card.customer, card.desk.lang, past=card.past),
        contacts=card.past.contacts if card.past else record.contacts_of(card.customer),
        notes=notes_shown(card.customer, past=card.past),
        people=record.people_of(card.desk.access),
        knew_nothing=card.is_past and book.items.is_empty(),
        notes_said=book.notes,
        lapses=lapsing.day,
        warned=lapsing.warning,
        charges_href=part_address(card, "customer_charges"),
        **edited(card, edit), **forms,
    )  # fmt: skip


def where_from(card: Card, figure: str) -> str:
    """Where the rows of a key figure are."""
    places = {
        "balance_minor": "customer_items",
        "overdue_minor": "customer_items",
        "late_days": "customer_behaviour",
        "charges_minor": "customer_charges",
    }
    return part_address(card, places[figure])


def edited(card: Card, edit: str) -> dict[str, Any]:
    """The form that the address asks for, to whoever may send it."""
    return form_asked_for(card.desk, card.customer, edit=edit) if card.may("customers.edit") else {}


@screen("books.read", in_group=False)
def items(desk: Desk, customer_id: int) -> HttpResponse:
    """What is open, and every movement of the account with its running balance."""
    card = card_of(desk, customer_id)
    owed = open_items_report(card.book, card.day, problems=no_problems())
    account = reports.account_report(card.book, card.day)
    answer = files(card, open=lambda: reports.of_one(owed), account=lambda: account)
    if answer is not None:
        return answer
    return page(
        card, "items",
        open_items=table(card, owed, prefix="open."),
        account=table(card, account, prefix="account."),
        notes_said=account.notes,
    )  # fmt: skip


@screen("books.read", in_group=False)
def behaviour(desk: Desk, customer_id: int) -> HttpResponse:
    """How the customer pays: in pictures, figures, and settlement by settlement."""
    card = card_of(desk, customer_id)
    settled = settled_by_payments(card.book, card.day)
    report = behaviour_report(settled, card.day, currency=card.currency)
    answer = files(card, settled=lambda: report)
    if answer is not None:
        return answer
    mine = settled.filter(pl.col("currency") == card.currency)
    return page(
        card, "behaviour",
        figures=report.figures,
        pictures=lateness_pictures(mine, rolling_lateness(mine), lang=desk.lang),
        histogram=report.chart,
        legend=[(f"age-{place}", IN_TIME if bucket.first is None else label(bucket))
                for place, bucket in enumerate(buckets())],
        settled=table(card, report, prefix="settled."),
    )  # fmt: skip


@screen("books.read", in_group=False)
def charges(desk: Desk, customer_id: int) -> HttpResponse:
    """What the law lets claim, computed segment by segment; when each claim lapses."""
    card = card_of(desk, customer_id)
    asked = {"problems": no_problems(), "policy": Policy()}
    due = late_charges_report(card.book, card.day, **asked)  # type: ignore[arg-type]
    pieces = segments_report(card.book, card.day, **asked)  # type: ignore[arg-type]
    lapsing = limitation_report(card.book, card.day, problems=no_problems(), within_days=EVER)
    tables = {"due": due, "segments": pieces, "lapsing": lapsing}
    answer = files(card, **{name: lambda one=one: reports.of_one(one)
                            for name, one in tables.items()})  # fmt: skip
    if answer is not None:
        return answer
    query = desk.request.GET
    own = {"row_link": lambda row: segments_of(card, row), "prefix": "due."}
    return page(
        card, "charges",
        figures=reports.charges_figures(card.book, card.day, currency=card.currency),
        due=table_of(reports.of_one(due), query, lang=desk.lang, shape=Shape(lead="document"),
                     **own),  # type: ignore[arg-type]
        segments=table(card, pieces, prefix="segments."),
        lapsing=table(card, lapsing, prefix="lapsing."),
        charge_notes=due.notes[len(card.book.notes):],
        explanation=lapsing.explanation,
    )  # fmt: skip


def segments_of(card: Card, row: Mapping[str, Any]) -> str:
    """The computation of one charge, further down the same page."""
    query = card.desk.request.GET
    asked = {"segments.q": str(row["document"]), "segments.page": None}
    return f"{address(query, **asked)}#table-segments"


@screen("books.read", in_group=False)
def documents(desk: Desk, customer_id: int) -> HttpResponse:
    """The files that state the customer's invoices and payments."""
    card = card_of(desk, customer_id)
    found = [
        (one, address_of(desk, "import", import_id=one.import_id) if desk.may("imports.read")
         else "")
        for one in record.sources_of(card.customer)
    ]  # fmt: skip
    return page(card, "documents", sources=found)
