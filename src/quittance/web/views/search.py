"""The search of everything: under the field while one types, and as a page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from quittance.core.matching_codes import code_of as letters_of
from quittance.core.money import money_text
from quittance.reports.columns import KINDS
from quittance.reports.customer_timeline import PAYMENT_KINDS
from quittance.storage.search import (
    amounts_found,
    codes_found,
    contacts_found,
    customers_found,
    documents_found,
)
from quittance.web.customer_links import address_of, customer_link, days_kept
from quittance.web.desk import Desk, screen
from quittance.web.narrowing import amount_of
from quittance.web.templatetags.customers import telephone

WHILE_TYPING, ON_PAGE = 6, 50
SHORTEST = 2
Row = dict[str, Any]


@screen("books.read")
def search(desk: Desk) -> HttpResponse:
    """What a text finds: a list of options for the field (HX-Target: found), else a page."""
    text = " ".join(desk.request.GET.get("q", "").split())[:200]
    is_typing = desk.request.headers.get("HX-Target") == "found"
    largest = WHILE_TYPING if is_typing else ON_PAGE
    groups = groups_found(desk, text, largest=largest) if len(text) >= SHORTEST else []
    context = {"q": text, "groups": groups, "is_full": largest}
    if is_typing:
        more = f"{desk.url('search')}?{desk.request.GET.urlencode()}" if groups else ""
        return render(desk.request, "web/parts/found.html", {**context, "more_href": more})
    count = sum(len(group["results"]) for group in groups)
    return render(desk.request, "web/search.html", {"desk": desk, "count": count, **context})


def groups_found(desk: Desk, text: str, *, largest: int) -> list[dict[str, Any]]:
    """Customers, contacts, documents and amounts, each kind under its name; none that is empty."""
    books, link = desk.books, customer_link(desk)
    amount = amount_of(text)
    thousandths = int(abs(amount) * 1000) if amount is not None else 0
    documents = documents_found(books, text, largest=largest)
    amounts = amounts_found(books, thousandths, largest=largest) if thousandths else None
    found = [
        (gettext("Clients"), customers_found(books, text, largest=largest), customer_row),
        (gettext("Contacts"), contacts_found(books, text, largest=largest), contact_row),
        (gettext("Pièces"), documents, item_row),
        (gettext("Montants"), amounts, item_row),
        (gettext("Lettrages"), codes_found(books, text, largest=largest), code_row),
    ]
    return [
        {
            "label": label,
            "results": [{"href": href_of(desk, row, link=link), **shown(desk, row)}
                        for row in rows.iter_rows(named=True)],
        }
        for label, rows, shown in found
        if rows is not None and rows.height
    ]  # fmt: skip


def href_of(desk: Desk, row: Row, *, link: Callable[[Row], str | None]) -> str:
    """Where a result leads: to the document if it has a screen, else to the customer's card."""
    if "matching_code" in row:
        group = address_of(desk, "payment_group", code=letters_of(row["item"]))
        return group + days_kept(desk) if group else link(row) or ""
    if 0 < row.get("item", 0) <= desk.books.largest_item and not desk.access.is_group:
        name = "payment" if row["kind"] in PAYMENT_KINDS else "invoice"
        own = address_of(desk, name, item_id=row["item"])
        return own + days_kept(desk) if own else link(row) or ""
    return link(row) or ""


def customer_row(desk: Desk, row: Row) -> dict[str, str]:
    """A customer as a result."""
    company = row["company"] if desk.access.is_group else ""
    known = [code_of(row), siren_text(row["siren"]), company]
    return {
        "title": row["name"],
        "detail": " · ".join(part for part in known if part),
        "aside": row["collector"],
    }


def contact_row(desk: Desk, row: Row) -> dict[str, str]:
    """A contact as a result."""
    reached = [row["role"], row["email"], telephone(row["phone"].partition(";")[0])]
    detail = " · ".join(part for part in (row["name"], *reached) if part)
    return {"title": row["contact"], "detail": detail, "aside": ""}


def item_row(desk: Desk, row: Row) -> dict[str, str]:
    """A document or another movement as a result."""
    day = f"{row['issue_date']:%d/%m/%Y}" if desk.lang == "fr" else row["issue_date"].isoformat()
    return {
        "title": row["document"] or KINDS[row["kind"]].text(desk.lang),
        "detail": f"{KINDS[row['kind']].text(desk.lang)} · {day} · {row['name']}",
        "aside": money_text(row["amount_minor"], row["currency"], lang=desk.lang),
    }


def code_row(desk: Desk, row: Row) -> dict[str, str]:
    """What the books settle under one of their codes, as a result."""
    day = f"{row['date']:%d/%m/%Y}" if desk.lang == "fr" else row["date"].isoformat()
    title = gettext("Lettrage %(code)s (livres)") % {"code": row["matching_code"]}
    return {"title": title, "detail": f"{row['name']} · {day}", "aside": ""}


def code_of(row: Row) -> str:
    """The code of a customer without its company's."""
    return str(row["customer"]).rpartition("/")[2]


def siren_text(siren: str) -> str:
    """A SIREN in groups of three figures.

    >>> siren_text("732829320")
    'SIREN 732 829 320'
    """
    return f"SIREN {siren[:3]} {siren[3:6]} {siren[6:]}" if siren else ""
