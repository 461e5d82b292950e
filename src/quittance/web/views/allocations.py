"""Allocate, undo, put back, and the group of one matching code."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext

from quittance.core.matching_codes import number_of
from quittance.core.money import money_text
from quittance.reports.columns import KINDS
from quittance.services.allocations import (
    Wanted,
    add_allocations,
    restore_allocations,
    undo_allocations,
)
from quittance.services.refusals import UnableTo
from quittance.storage.documents import document_of, documents, live_allocations, see_undone
from quittance.web import document_parts as parts
from quittance.web.amounts import minor_of
from quittance.web.desk import Desk, screen
from quittance.web.views.document import sheet

MANY = 10_000


@screen("allocations.write", methods=("POST",), in_group=False)
def allocate(desk: Desk, item_id: int) -> HttpResponse:
    """Settle a document with the amounts typed beside open items of the other side."""
    found = document_of(desk.access, item_id)
    typed = {
        name.removeprefix("amount-"): value
        for name, value in desk.request.POST.items()
        if name.startswith("amount-") and isinstance(value, str)
    }
    amounts = {name: minor_of(value, found.currency) for name, value in typed.items()}
    unread = [typed[name] for name, amount in amounts.items() if amount is None]
    if unread:
        text = gettext("« %(amount)s » n'est pas un montant. Rien n'a été lettré.")
        return sheet(desk, found, sent=typed, refusal=text % {"amount": unread[0]})
    wanted = [
        pair(found, int(name), amount_minor=amount)
        for name, amount in amounts.items()
        if amount and name.isdecimal()
    ]
    try:
        event = add_allocations(desk.access.company.pk, wanted, by=desk.actor, at=desk.now)
    except UnableTo as refusal:
        return sheet(desk, found, sent=typed, refusal=refusal.text(desk.lang))
    rows = (event.after or {})["allocations"]
    told = money_text(sum(row["amount_minor"] for row in rows), found.currency, lang=desk.lang)
    here = parts.address_of(desk, found.pk, amount_minor=found.amount_minor)
    asked = {"allocations": ",".join(str(row["id"]) for row in rows), "next": here}
    undo = f"{desk.url('payment_undo')}?{urlencode(asked)}"
    messages.success(
        desk.request, gettext("%(amount)s lettrés.") % {"amount": told}, extra_tags=f"undo:{undo}"
    )
    return redirect(here)


def pair(found: Any, other: int, *, amount_minor: int) -> Wanted:
    """The debit and the credit, whichever of them is in view."""
    debit, credit = (found.pk, other) if found.amount_minor > 0 else (other, found.pk)
    return Wanted(debit, credit, amount_minor)


@screen("allocations.write", methods=("POST",), in_group=False)
def undo(desk: Desk) -> HttpResponse:
    """Undo the allocations named (`allocations=1,2`), with a way back."""
    named = desk.request.POST.get("allocations") or desk.request.GET.get("allocations", "")
    ids = [int(one) for one in named.split(",") if one.isdecimal() and len(one) < 19][:MANY]
    held = live_allocations(desk.access, ids)
    first = held[0].debit if held else None
    back = address_before(desk) or (
        parts.address_of(desk, first.pk, amount_minor=first.amount_minor)
        if first
        else desk.url("payments")
    )
    try:
        event = undo_allocations(desk.access.company.pk, ids, by=desk.actor, at=desk.now)
    except UnableTo as refusal:
        desk.refuse(refusal)
        return redirect(back)
    text = ngettext("%(count)s lettrage défait.", "%(count)s lettrages défaits.", len(ids))
    restore = f"{desk.url('payment_restore', event_id=event.pk)}?{urlencode({'next': back})}"
    messages.success(desk.request, text % {"count": len(ids)}, extra_tags=f"undo:{restore}")
    return redirect(back)


@screen("allocations.write", methods=("POST",), in_group=False)
def restore(desk: Desk, event_id: int) -> HttpResponse:
    """Put back what an event undid."""
    see_undone(desk.access, event_id)
    try:
        event = restore_allocations(desk.access.company.pk, event_id, by=desk.actor, at=desk.now)
    except UnableTo as refusal:
        desk.refuse(refusal)
        return redirect(desk.url("payments"))
    desk.tell(gettext("Lettrage rétabli."))
    row = (event.after or {})["allocations"][0]
    return redirect(address_before(desk) or parts.address_of(desk, row["debit"], amount_minor=1))


def address_before(desk: Desk) -> str:
    """The page that a form was sent from, one of ours; empty otherwise."""
    given = desk.request.POST.get("next") or desk.request.GET.get("next", "")
    is_ours = given.startswith("/") and url_has_allowed_host_and_scheme(given, None)
    return given if is_ours and urlsplit(given).path != desk.request.path else ""


@screen("books.read")
def group(desk: Desk, code: str) -> HttpResponse:
    """The items that settle one another, under their matching code."""
    found = document_of(desk.access, number_of(code))
    mine, links = parts.group_of(found)
    if not mine:
        return redirect(parts.address_of(desk, found.pk, amount_minor=found.amount_minor))
    named = {one.pk: one for one in documents(desk.access).filter(pk__in=[i for i, _ in mine])}
    rows = [(named[number], open_minor) for number, open_minor in mine if number in named]
    context = {
        "desk": desk,
        "as_of": desk.day,
        "document": found,
        "code": parts.code_of(found)[0],
        "books_code": parts.books_codes(one["matching_code"] for one in links),
        "customer_href": parts.customer_address(desk, found.customer_id),
        "debits": [row(desk, one, open_minor=left) for one, left in rows if one.amount_minor > 0],
        "credits": [row(desk, one, open_minor=left) for one, left in rows if one.amount_minor < 0],
        "is_full": all(not open_minor for _, open_minor in mine),
        "links": links,
        "allocations": ",".join(str(one["id"]) for one in links),
        "names": {number: one.document for number, one in named.items()},
        "may_allocate": desk.may("allocations.write"),
    }
    return render(desk.request, "web/matching_group.html", context)


def row(desk: Desk, one: Any, *, open_minor: int) -> dict[str, Any]:
    """One item of a group."""
    return {
        "document": one,
        "kind": KINDS[one.kind],
        "href": parts.address_of(desk, one.pk, amount_minor=one.amount_minor),
        "amount_minor": abs(one.amount_minor),
        "open_minor": abs(open_minor),
    }
