"""What the journal holds of customers: the events of one, and what each event changed of whom.

A change in number is one event that holds what each of its customers had before, by number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from quittance.storage.models import Event

CHANGED = "customer.changed"
CHANGED_TOGETHER = "customer.changed_together"
CHANGE_UNDONE = "customer.change_undone"
UNDOABLE = (CHANGED, CHANGED_TOGETHER)
BESIDE_FIELDS = ("held_fields", "version", "versions", "customers")


@dataclass(frozen=True)
class Touch:
    """What one event changed of one customer; `version` is the customer's after it."""

    customer_id: int
    who: str
    at: datetime
    before: dict[str, Any]
    after: dict[str, Any]
    held_before: list[str]
    version: int


def events_of(company_id: int, customer_id: int) -> QuerySet[Event]:
    """The events that concern a customer, its own and those of many at once, newest first."""
    mine = Q(customer_id=customer_id)
    among = Q(
        customer_id=None,
        action__in=(CHANGED_TOGETHER, CHANGE_UNDONE),
        before__customers__has_key=str(customer_id),
    )
    return Event.objects.filter(mine | among, company_id=company_id).order_by("-position")


def touches_since(company_id: int, customer_id: int, *, version: int) -> list[Touch]:
    """What changed a customer after a version, oldest first."""
    actions = (CHANGED, CHANGED_TOGETHER, CHANGE_UNDONE)
    found = [
        touch
        for event in events_of(company_id, customer_id).filter(action__in=actions)[:50]
        if (touch := touch_of(event, customer_id)).version > version
    ]
    return found[::-1]


def touches_of(event: Event) -> Iterator[Touch]:
    """What an event changed of each of its customers."""
    for number in (event.before or {}).get("customers", {}) or [event.customer_id]:
        yield touch_of(event, int(number))


def touch_of(event: Event, customer_id: int) -> Touch:
    """What an event changed of a customer."""
    number = str(customer_id)
    before, after = event.before or {}, event.after or {}
    mine = before.get("customers", {}).get(number, before)
    news = after.get("customers", {}).get(number, after)
    return Touch(
        customer_id=customer_id,
        who=event.actor_name,
        at=event.at,
        before=fields_in(mine),
        after=fields_in(news),
        held_before=list(mine.get("held_fields", [])),
        version=int(after.get("versions", {}).get(number, after.get("version", 0))),
    )


def fields_in(told: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that an event tells of, without what stands beside them."""
    return {name: value for name, value in told.items() if name not in BESIDE_FIELDS}
