"""The events of a journal as a frame for a table, and one of them whole."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from quittance.core.schema import Schema
from quittance.storage.access import Access, NotThereError
from quittance.storage.frames import frame_of
from quittance.storage.models import Customer, Event

EVENTS: Schema = {
    "position": pl.Int64,
    "date": pl.Date,
    "time": pl.String,
    "actor": pl.String,
    "origin": pl.String,
    "action": pl.String,
    "subject": pl.String,
    "customer_id": pl.Int64,
    "customer": pl.String,
    "hash": pl.String,
}
LIST = """SELECT e.position, (e.at AT TIME ZONE %s)::date AS date,
  to_char(e.at AT TIME ZONE %s, 'HH24:MI:SS') AS time, e.actor_name AS actor, e.origin, e.action,
  e.subject, e.customer_id, coalesce(c.code || ' · ' || c.name, '') AS customer, e.hash
  FROM event e LEFT JOIN customer c ON c.id = e.customer_id AND c.company_id = e.company_id
  WHERE e.company_id = %s ORDER BY e.position DESC"""


def listed_events(access: Access, zone: str) -> pl.DataFrame:
    """The events of the company in view, the newest first, without what they changed."""
    return frame_of(LIST, [zone, zone, access.company.pk], schema=EVENTS)


def event_of(access: Access, position: int) -> Event:
    """One event of the company in view, by its place; NotThereError otherwise."""
    found = Event.objects.filter(company=access.company, position=position).first()
    if found is None:
        raise NotThereError(str(position))
    return found


def last_position(access: Access) -> int:
    """The place of the last event of the company in view."""
    found = Event.objects.filter(company=access.company).order_by("-position").first()
    return found.position if found else 0


def customer_named(access: Access, event: Event) -> str:
    """The customer that an event is about, as the books call it."""
    found = Customer.objects.filter(company=access.company, pk=event.customer_id or 0).first()
    return f"{found.code} · {found.name}" if found else ""


def changes_of(event: Event) -> list[tuple[str, Any, Any]]:
    """What an event says was before and after, field by field; nested fields by their path."""
    before, after = flat(event.before or {}), flat(event.after or {})
    return [(name, before.get(name), after.get(name)) for name in {**before, **after}]


def flat(said: Mapping[str, Any], path: str = "") -> dict[str, Any]:
    """A tree of fields as one level: `balance.after.EUR`."""
    found: dict[str, Any] = {}
    for name, value in said.items():
        place = f"{path}.{name}" if path else str(name)
        if isinstance(value, Mapping):
            found |= flat(value, place)
        elif isinstance(value, list) and any(isinstance(one, Mapping | list) for one in value):
            found |= flat({str(at): one for at, one in enumerate(value, 1)}, place)
        elif isinstance(value, list):
            found[place] = ", ".join(str(one) for one in value)
        else:
            found[place] = value
    return found
