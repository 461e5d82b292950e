"""The events of a journal as a frame for a table, and one of them whole."""

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


def customers_told_of(access: Access, event: Event) -> dict[str, str]:
    """The names of the customers that a change in number tells of, by their numbers."""
    told = (event.before or {}).get("customers", {})
    numbers = [int(one) for one in told if one.isdecimal()] if isinstance(told, dict) else []
    found = Customer.objects.filter(company=access.company, pk__in=numbers)
    return {str(one.pk): f"{one.code} · {one.name}" for one in found}


def last_position(access: Access) -> int:
    """The place of the last event of the company in view."""
    found = Event.objects.filter(company=access.company).order_by("-position").first()
    return found.position if found else 0


def customer_named(access: Access, event: Event) -> str:
    """The customer that an event is about, as the books call it."""
    found = Customer.objects.filter(company=access.company, pk=event.customer_id or 0).first()
    return f"{found.code} · {found.name}" if found else ""
