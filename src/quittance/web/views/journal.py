"""The journal: who did what and when; one event with what it changed; the proof; the export."""

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import polars as pl
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.timezone import get_current_timezone_name

from quittance.reports.journal import ACTIONS, journal_report
from quittance.reports.journal_changes import changes
from quittance.reports.report import Report
from quittance.services.journal_proof import exported, verify_journal
from quittance.storage.customer_events import UNDOABLE
from quittance.storage.journal_events import (
    customer_named,
    customers_told_of,
    event_of,
    last_position,
    listed_events,
)
from quittance.web.desk import Desk, day_in, screen, today
from quittance.web.downloads import download, form_asked
from quittance.web.table_views import Shape
from quittance.web.tables import table_of

if TYPE_CHECKING:
    from quittance.storage.models import Event

TONES = {"import.applied": "ok", "import.undone": "bad", "allocation.undone": "warn"}


@screen("journal.read", in_group=False)
def journal(desk: Desk) -> HttpResponse:
    """The events, filtered by action, person, customer and period."""
    since, until = (day_in(desk.request, name) for name in ("from", "to"))
    report = listed(desk, since=since, until=until)
    query, form = desk.request.GET, form_asked(desk.request.GET)
    if form and desk.may("books.export"):
        return download(report, form, lang=desk.lang, company=desk.access.name, query=query)
    shape = Shape(
        tones={"action": lambda action: TONES.get(action, "")}, hidden=frozenset({"hash"})
    )
    shown = table_of(
        report, query, lang=desk.lang, shape=shape,
        row_link=lambda row: desk.url("journal_event", position=row["position"]),
    )  # fmt: skip
    said = {"desk": desk, "shown": shown, "since": since, "until": until, "kept": kept(desk)}
    return render(desk.request, "web/journal.html", said)


def listed(desk: Desk, *, since: date | None, until: date | None) -> Report:
    """The events of a period, of one customer where the address names one by number."""
    events = listed_events(desk.access, get_current_timezone_name())
    number = desk.request.GET.get("customer_id", "")
    conditions = [pl.col("date") >= since] if since else []
    conditions += [pl.col("date") <= until] if until else []
    conditions += [pl.col("customer_id") == int(number)] if number.isdecimal() else []
    return journal_report(events.filter(conditions) if conditions else events, today())


def kept(desk: Desk) -> list[tuple[str, str]]:
    """What the form of the period sends along."""
    own = ("from", "to", "page", "format")
    return [(n, v) for n, values in desk.request.GET.lists() if n not in own for v in values]


@screen("journal.read", in_group=False)
def event(desk: Desk, position: int) -> HttpResponse:
    """One event: who, when, from where, before and after, its place in the chain."""
    found = event_of(desk.access, position)
    action = ACTIONS.get(found.action)
    names = customers_told_of(desk.access, found)
    told = changes(found.before, found.after, lang=desk.lang, customers=names)
    said = {
        "desk": desk,
        "event": found,
        "action": action.text(desk.lang) if action else found.action,
        "customer": customer_named(desk.access, found),
        "changes": [(one.label, one.before, one.after) for one in told if not one.is_proof],
        "proofs": [(one.label, one.before, one.after) for one in told if one.is_proof],
        "has_before": any(one.before is not None for one in told if not one.is_proof),
        "undo_href": undo_href(desk, found),
        "import_id": found.subject_id if found.subject_kind == "import" else None,
        "last": last_position(desk.access),
    }
    return render(desk.request, "web/journal_event.html", said)


def undo_href(desk: Desk, found: "Event") -> str:
    """The address that undoes what an event did; empty for what is not undone or not by the user.

    What can no longer be undone is refused there, with the reason.
    """
    here = desk.url("journal_event", position=found.position)
    if found.action in UNDOABLE and desk.may("customers.assign"):
        return desk.url("customers_undo", event_id=found.pk)
    if not found.action.startswith("allocation.") or not desk.may("allocations.write"):
        return ""
    if found.action == "allocation.undone":
        return f"{desk.url('payment_restore', event_id=found.pk)}?{urlencode({'next': here})}"
    ids = ",".join(str(one["id"]) for one in (found.after or {}).get("allocations", []))
    return f"{desk.url('payment_undo')}?{urlencode({'allocations': ids, 'next': here})}"


@screen("journal.read", in_group=False)
def proof(desk: Desk) -> HttpResponse:
    """Walk the chain and compare the facts; the last hash, to note elsewhere."""
    company = desk.access.company
    head = desk.request.GET.get("head", "").strip()
    verdict = verify_journal(company.pk, head=head)
    said = {"desk": desk, "verdict": verdict, "head": head, "now": desk.now}
    return render(desk.request, "web/journal_proof.html", said)


@screen("journal.read", in_group=False)
def export(desk: Desk) -> HttpResponse:
    """Every event as a line of JSON: a file that is verified elsewhere, with the program alone."""
    company = desk.access.company
    name = f"{slugify(company.name)}-journal-{today()}.jsonl"
    return HttpResponse(
        b"".join(line.encode() for line in exported(company.pk)),
        content_type="application/x-ndjson",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
