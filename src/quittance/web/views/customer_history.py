"""Everything that happened with a customer, newest first, of all kinds or of some."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.timezone import localtime

from quittance.reports.customer_timeline import KINDS, Entry, Happened, timeline
from quittance.storage.customer_events import events_of, touch_of
from quittance.storage.customers import notes_of
from quittance.web.desk import Desk, end_of, screen
from quittance.web.table_filters import address
from quittance.web.tables import pager_of
from quittance.web.views.customer_card import Card, card_of, item_address, page

if TYPE_CHECKING:
    from quittance.storage.models import Event

PAGE_SIZE = 50
MOST_EVENTS = 2_000


@screen("books.read", in_group=False)
def history(desk: Desk, customer_id: int) -> HttpResponse:
    """The timeline, filtered by kind (`kind=notes`)."""
    card = card_of(desk, customer_id)
    query = desk.request.GET
    kinds = [kind for kind in query.getlist("kind") if kind in KINDS]
    events = happened(card)
    whole = timeline(card.book, card.day, events=events, kinds=kinds, size=0)
    pager = pager_of(whole.count, query, size=PAGE_SIZE, prefix="", lang=desk.lang)
    first = (pager.page - 1) * PAGE_SIZE
    shown = timeline(card.book, card.day, events=events, kinds=kinds, first=first, size=PAGE_SIZE)
    return page(
        card, "history",
        events=[told(card, entry) for entry in shown.entries],
        pager=pager,
        kinds=[
            {"label": label, "count": whole.counts.get(kind, 0), "is_on": kind in kinds,
             "href": address(query, kind=None if kind in kinds else kind, page=None)}
            for kind, label in KINDS.items()
            if whole.counts.get(kind)
        ],
        all_href=address(query, kind=None, page=None),
        is_all=not kinds,
    )  # fmt: skip


def happened(card: Card) -> list[Happened]:
    """The customer's events up to what is known, newest first, as the timeline takes them."""
    texts = {note.pk: note.text for note in notes_of(card.customer)}
    found = events_of(card.customer.company_id, card.customer.pk)
    if card.desk.known is not None:
        found = found.filter(at__lt=end_of(card.desk.known))
    return [as_told(card, event, texts=texts) for event in found[:MOST_EVENTS]]


def as_told(card: Card, event: "Event", *, texts: dict[int, str]) -> Happened:
    """An event as the timeline takes it: of a change in number, what it changed of this one."""
    touch = touch_of(event, card.customer.pk)
    is_of_card = event.action.startswith("customer.")
    note = texts.get(event.subject_id or 0, "") if event.action == "note.written" else ""
    return Happened(
        event.pk, localtime(event.at).date(), event.at, event.action, event.actor_name,
        subject=event.subject,
        before=touch.before if is_of_card else event.before or {},
        after=touch.after if is_of_card else event.after or {},
        text=note,
    )  # fmt: skip


def told(card: Card, entry: Entry) -> dict[str, Any]:
    """One line of the timeline as the template shows it."""
    lang = card.desk.lang
    return {
        "sign": entry.sign,
        "tone": entry.tone,
        "title": entry.title.text(lang),
        "text": entry.text.text(lang) if entry.text else "",
        "who": entry.who,
        "at": entry.at,
        "on": None if entry.at else entry.on,
        "href": item_address(card, entry.item or 0, kind=entry.item_kind),
    }
