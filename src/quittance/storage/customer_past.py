"""A customer as the record knew it at an instant: fields, contacts and notes.

The journal tells what people changed, with what was there before; of an import it tells how many
customers and contacts changed, not which. What an import may have changed since is not told.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from quittance.storage.customer_events import (
    CHANGE_UNDONE,
    CHANGED,
    CHANGED_TOGETHER,
    Touch,
    events_of,
    touch_of,
)
from quittance.storage.customers import contacts_of
from quittance.storage.models import (
    Company,
    Contact,
    Customer,
    CustomerGroup,
    Event,
    LedgerItem,
    Note,
    User,
)

CHANGES = (CHANGED, CHANGED_TOGETHER, CHANGE_UNDONE)
READINGS = ("import.applied", "import.undone")
PEOPLE = ("collector", "salesperson")
FIELDS = (
    "name", "kind", "group", "siren", "siret", "vat", "iban", "country", "language", "segment",
    "terms", *PEOPLE,
)  # fmt: skip
ASSUMED = ("default_terms", "allocation_rule")  # of the company, which decide of due dates


@dataclass(frozen=True)
class Past:
    """What was known; `customer` and `contacts` are in memory alone and are never saved.

    `hidden` are fields that an import may have changed since: `customer` has today's value of
    them. `is_known` is false where the record had neither fact nor event of the customer yet.
    """

    customer: Customer
    hidden: frozenset[str]
    contacts: list[Contact]
    has_hidden_contacts: bool
    notes: list[Note]
    is_known: bool


def customer_known(customer: Customer, instant: datetime) -> Past:
    """A customer, its contacts and the notes on it, as the record knew them at an instant."""
    contacts, has_hidden = contacts_known(customer, instant)
    was, hidden = fields_known(customer, instant)
    was.company = company_known(customer.company, instant)
    notes = notes_known(customer, instant)
    return Past(was, hidden, contacts, has_hidden, notes, is_known(customer, instant))


def is_known(customer: Customer, instant: datetime) -> bool:
    """Whether the record had a fact or an event of the customer."""
    items = LedgerItem.objects.filter(company_id=customer.company_id, customer=customer)
    events = events_of(customer.company_id, customer.pk).filter(at__lt=instant)
    return items.filter(recorded_at__lt=instant).exists() or events.exists()


def fields_known(customer: Customer, instant: datetime) -> tuple[Customer, frozenset[str]]:
    """The customer with its fields of then, and those of which nothing is certain."""
    since = events_of(customer.company_id, customer.pk).filter(at__gte=instant)
    newest_first = since.filter(action__in=CHANGES)
    touches = [touch_of(event, customer.pk) for event in newest_first][::-1]
    first: dict[str, Touch] = {}
    for touch in touches:
        for name in touch.before:
            first.setdefault(name, touch)
    reading = first_reading(customer.company_id, instant, changed=("customers",))
    hidden = frozenset(
        name
        for name in FIELDS
        if not is_certain(name, customer, first=first.get(name), reading=reading)
    )
    before = {name: touch.before[name] for name, touch in first.items()}
    told = {name: value for name, value in before.items() if name.removesuffix("_id") not in hidden}
    return with_fields(customer, told), hidden


def is_certain(
    name: str, customer: Customer, *, first: Touch | None, reading: datetime | None
) -> bool:
    """Whether no import can have changed a field between the instant and what tells its value."""
    if reading is None:
        return True
    if first is None:
        return name in customer.held_fields
    return first.at <= reading or name in first.held_before


def first_reading(
    company_id: int, instant: datetime, *, changed: tuple[str, ...]
) -> datetime | None:
    """The first import since an instant, applied or undone, that changed customers or contacts."""
    counts = Q()
    for name in changed:
        for kind in ("new", "changed", "vanished") if name == "contacts" else ("changed",):
            counts |= Q(**{f"after__{name}__{kind}__gt": 0})
    found = Event.objects.filter(
        counts, company_id=company_id, action__in=READINGS, at__gte=instant
    )
    return found.order_by("position").values_list("at", flat=True).first()


def with_fields(customer: Customer, told: Mapping[str, Any]) -> Customer:
    """A customer in memory with fields as the journal tells them; people by their number."""
    was = copy(customer)
    for name in FIELDS:
        if name not in told:
            continue
        if name in PEOPLE:
            number = int(told.get(f"{name}_id") or 0)
            setattr(was, name, User.objects.filter(pk=number).first())
        elif name == "group":
            was.group = CustomerGroup(name=told[name]) if told[name] else None
        else:
            setattr(was, name, told[name])
    return was


def company_known(company: Company, instant: datetime) -> Company:
    """The company in memory with what it assumed of due dates and settlements then."""
    was = copy(company)
    since = Event.objects.filter(company=company, action="company.changed", at__gte=instant)
    for event in since.order_by("-position"):
        for name in ASSUMED:
            setattr(was, name, (event.before or {}).get(name, getattr(was, name)))
    return was


def contacts_known(customer: Customer, instant: datetime) -> tuple[list[Contact], bool]:
    """The contacts of then, the main one first, and whether some of lists may be missing."""
    found = {one.pk: one for one in contacts_of(customer)}
    for event in contact_events(customer, instant):
        number = event.subject_id or 0
        if event.action == "contact.added":
            found.pop(number, None)
            continue
        contact = found.setdefault(number, Contact(pk=number, customer=customer))
        for name, value in (event.before or {}).items():
            setattr(contact, name, value)
    read = first_reading(customer.company_id, instant, changed=("contacts",)) is not None
    kept = [one for one in found.values() if not (read and one.key)]
    return sorted(kept, key=lambda one: (not one.is_main, one.name, one.pk)), read


def contact_events(customer: Customer, instant: datetime) -> QuerySet[Event]:
    """What people did to the contacts of a customer since an instant, newest first."""
    since = events_of(customer.company_id, customer.pk).filter(at__gte=instant)
    return since.filter(action__startswith="contact.")


def notes_known(customer: Customer, instant: datetime) -> list[Note]:
    """The notes of then that nobody has withdrawn since, newest first."""
    written = customer.notes.filter(written_at__lt=instant, withdrawn_at=None)
    return list(written.select_related("author").order_by("-written_at", "-pk"))
