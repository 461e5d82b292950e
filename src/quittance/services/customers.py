"""Change what is known of customers: one, or many at once, and take a change back.

What a person sets is held: no import overwrites it (services/customer_lists.py:people_of).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db.models import prefetch_related_objects
from django.utils.timezone import localtime

from quittance.core.dated_terms import changed_from, stages
from quittance.core.phrase import Phrase
from quittance.reports.customer_words import changed_sentence
from quittance.services import customer_fields as fields
from quittance.services.journal import Actor, Subject, journal, lock_books
from quittance.services.refusals import UnableTo
from quittance.storage import facts
from quittance.storage.access import NotThereError
from quittance.storage.customer_events import (
    CHANGE_UNDONE,
    CHANGED,
    CHANGED_TOGETHER,
    UNDOABLE,
    Touch,
    touches_of,
    touches_since,
)
from quittance.storage.models import Customer, Event
from quittance.storage.people import search_text
from quittance.storage.scope import seeing

COLUMNS = {"collector": "collector_id", "salesperson": "salesperson_id", "group": "group_id"}
READ_AGAIN = Phrase(
    "Rien n'a été enregistré : relisez, puis enregistrez de nouveau si c'est encore juste.",
    "Nothing was saved: read again, then save again if it is still right.",
)


class UnableToOverwrite(UnableTo):
    """Somebody changed the customer meanwhile; `changes` is what they did."""

    code = "customer-changed-since"
    sentence = Phrase(
        "{who} a modifié cette fiche le {when} : {changes}.",
        "{who} changed this card on {when}: {changes}.",
    )
    remedy = READ_AGAIN


class UnableToOverwriteBooks(UnableToOverwrite):
    """An import read the customer again from the books meanwhile."""

    sentence = Phrase(
        "Un import a relu cette fiche dans les livres.",
        "An import read this card again from the books.",
    )


class UnableToTakeBack(UnableTo):
    """A change that nothing is left of: undone already, or changed again since."""

    code = "customer-change-gone"
    sentence = Phrase(
        "Ce changement est déjà annulé, ou chaque fiche a changé depuis.",
        "This change is undone already, or every card changed since.",
    )
    remedy = Phrase("Modifiez les fiches une à une.", "Change the cards one by one.")


@dataclass(frozen=True)
class Changed:
    """What a change in number did: its event, none where nothing changed, and how many."""

    event: Event | None
    count: int


@dataclass(frozen=True)
class TakenBack:
    """How many customers have again what was before, and how many had changed since."""

    restored: int
    left: int


def change_customer(
    company_id: int, customer_id: int, *, changes: Mapping[str, str], version: int, by: Actor,
    at: datetime, terms_from: date | None = None,
) -> Customer:  # fmt: skip
    """Set fields of a customer as they were entered, on the version that was read.

    `terms_from`: other terms count for what is issued from that day on (`dated`). Raises
    UnableToOverwrite when it changed since, and the refusals of customer_fields.
    """
    with seeing(company_id):
        wanted = fields.read_fields(company_id, changes)
        customer = locked_customer(company_id, customer_id)
        if customer.version != version:
            raise overwriting(customer, version)
        if "group" in wanted:
            wanted["group"] = fields.group_named(company_id, wanted["group"])
        wanted = dated(customer, wanted, start=terms_from)
        news = {name: value for name, value in wanted.items() if getattr(customer, name) != value}
        if not news:
            return customer
        before = fields.stated(customer, news)
        held = list(customer.held_fields)
        set_fields(customer, news, held=sorted({*held, *news}))
        fields.check_together(customer.siren, customer.siret, vat=customer.vat)
        customer.save()
        journal(
            company_id, CHANGED, by=by, at=at, subject=subject_of(customer),
            before={**before, "held_fields": held},
            after={**fields.stated(customer, news), "version": customer.version},
        )  # fmt: skip
    return customer


def dated(customer: Customer, wanted: Mapping[str, Any], *, start: date | None) -> dict[str, Any]:
    """What is wanted of a customer, its other terms counting from a day on.

    Terms that were the company's were assumed: the first ones of its own are those of every
    invoice. So are the company's, when a customer goes back to them. Terms that were entered with
    their days are taken as they are.
    """
    asked = {**wanted}
    new = asked.get("terms", "")
    if start and new and customer.terms not in ("", new) and len(stages(new)) == 1:
        asked["terms"] = changed_from(customer.terms, new, start=start)
        fields.refuse_long("terms", asked["terms"])
    return asked


def follow_books(
    company_id: int, customer_id: int, *, field: str, version: int, by: Actor, at: datetime
) -> Customer:
    """Let the books tell a field again, from the next import on; what is there stays until then.

    Raises UnableToOverwrite when the customer changed since.
    """
    with seeing(company_id):
        customer = locked_customer(company_id, customer_id)
        if customer.version != version:
            raise overwriting(customer, version)
        held = list(customer.held_fields)
        if field not in held:
            return customer
        customer.held_fields = [name for name in held if name != field]
        customer.version += 1
        customer.save(update_fields=["held_fields", "version"])
        journal(
            company_id, CHANGED, by=by, at=at, subject=subject_of(customer),
            before={"held_fields": held},
            after={"held_fields": customer.held_fields, "version": customer.version},
        )  # fmt: skip
    return customer


def locked_customer(company_id: int, customer_id: int) -> Customer:
    """A customer that nobody else changes until the transaction ends, while no import compares."""
    lock_books(company_id)
    found = Customer.objects.select_for_update(no_key=True).filter(company_id=company_id)
    customer = found.filter(pk=customer_id).first()
    if customer is None:
        raise NotThereError(str(customer_id))
    return customer


def set_fields(customer: Customer, values: Mapping[str, Any], *, held: list[str]) -> None:
    """Give a customer its new values, what it is found by, and its next version."""
    for name, value in values.items():
        setattr(customer, name, value)
    customer.held_fields = held
    customer.version += 1
    customer.search_text = search_text(
        customer.code, customer.name, customer.siren, customer.siret, customer.vat
    )


def overwriting(customer: Customer, version: int) -> UnableToOverwrite:
    """The refusal that says what others did since a version."""
    touches = touches_since(customer.company_id, customer.pk, version=version)
    if not touches:
        return UnableToOverwriteBooks(touches=[])
    last = touches[-1]
    told = changed_sentence(*merged(touches))
    return UnableToOverwrite(
        who=last.who, when=f"{localtime(last.at):%d/%m/%Y %H:%M}", changes=told, touches=touches
    )


def merged(touches: Iterable[Touch]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Several changes as one: what was before the first, what is after the last."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for one in touches:
        before = {**one.before, **before}
        after |= one.after
    return before, after


def change_customers(
    company_id: int, customer_ids: Iterable[int], *, changes: Mapping[str, str], by: Actor,
    at: datetime, terms_from: date | None = None,
) -> Changed:  # fmt: skip
    """Set the same fields of many customers: one event holds what each had before.

    `terms_from`: other terms count for what is issued from that day on (`dated`).

    Raises the refusals of customer_fields; NotThereError when one is not of the company.
    """
    unknown = set(changes) - set(fields.IN_NUMBER)
    if unknown:
        raise KeyError(sorted(unknown))
    with seeing(company_id):
        wanted = fields.read_fields(company_id, changes)
        lock_books(company_id)
        customers = locked_customers(company_id, customer_ids)
        if "group" in wanted:
            wanted["group"] = fields.group_named(company_id, wanted["group"])
        own = {one.pk: dated(one, wanted, start=terms_from) for one in customers}
        moved = [one for one in customers if is_other(one, own[one.pk])]
        if not moved or not wanted:
            return Changed(None, 0)
        prefetch_related_objects(moved, *(name for name in wanted if name in COLUMNS))
        before = {str(one.pk): told_before(one, wanted) for one in moved}
        for one in moved:
            set_in_number(one, own[one.pk])
        save_together(moved, wanted)
        apart = {str(one.pk): fields.stated(one, wanted) for one in moved} if terms_from else {}
        event = journal(
            company_id, CHANGED_TOGETHER, by=by, at=at,
            subject=Subject("customers", name=str(len(moved))),
            before={"customers": before},
            after={**fields.stated(moved[0], wanted), **({"customers": apart} if apart else {}),
                   "versions": {str(one.pk): one.version for one in moved}},
        )  # fmt: skip
    return Changed(event, len(moved))


def locked_customers(company_id: int, customer_ids: Iterable[int]) -> list[Customer]:
    """Customers that nobody else changes, in one order so that nobody waits in a circle."""
    ids = sorted(set(customer_ids))
    query = """SELECT * FROM customer WHERE company_id = %s AND id = ANY(%s) ORDER BY id
               FOR NO KEY UPDATE"""
    found = list(Customer.objects.raw(query, [company_id, ids]))
    if len(found) != len(ids):
        raise NotThereError(str(sorted(set(ids) - {one.pk for one in found})[:5]))
    return found


def is_other(customer: Customer, wanted: Mapping[str, Any]) -> bool:
    """Whether some value would change."""
    return any(key_of(customer, name) != key(value) for name, value in wanted.items())


def key_of(customer: Customer, name: str) -> Any:
    """A field as it is stored: people and groups by number."""
    return getattr(customer, COLUMNS.get(name, name))


def key(value: Any) -> Any:
    """A value as it is stored."""
    return getattr(value, "pk", value)


def set_in_number(customer: Customer, values: Mapping[str, Any]) -> None:
    """Give a customer the values of many; none of them is what it is found by."""
    for name, value in values.items():
        setattr(customer, name, value)
    customer.held_fields = sorted({*customer.held_fields, *values})
    customer.version += 1


def told_before(customer: Customer, wanted: Iterable[str]) -> dict[str, Any]:
    """What a customer had, as the event keeps it."""
    return {**fields.stated(customer, wanted), "held_fields": list(customer.held_fields)}


def save_together(customers: list[Customer], names: Iterable[str]) -> None:
    """Write some fields of many customers in one statement."""
    written = [COLUMNS.get(name, name) for name in names]
    facts.change_rows(
        "customer",
        pl.DataFrame(
            {
                "id": [one.pk for one in customers],
                **{name: [getattr(one, name) for one in customers] for name in written},
                "held_fields": [json_list(one.held_fields) for one in customers],
            }
        ),
        columns=(*written, "held_fields"),
    )


def json_list(names: Iterable[str]) -> str:
    """Names of fields as a list of JSON; they hold neither quotes nor slashes."""
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def undo_change(company_id: int, event_id: int, *, by: Actor, at: datetime) -> TakenBack:
    """Give customers what they had before an event, but for those that changed since.

    Raises UnableToTakeBack when nothing is left to restore; NotThereError for no such event.
    """
    with seeing(company_id):
        lock_books(company_id)
        undone = Event.objects.filter(company_id=company_id, action__in=UNDOABLE, pk=event_id)
        event = undone.first()
        if event is None:
            raise NotThereError(str(event_id))
        touches = {touch.customer_id: touch for touch in touches_of(event)}
        customers = locked_customers(company_id, touches)
        same = [one for one in customers if one.version == touches[one.pk].version]
        if not same:
            raise UnableToTakeBack
        values = fields.restored(company_id, [touches[one.pk].before for one in same])
        for one, old in zip(same, values, strict=True):
            set_fields(one, old, held=touches[one.pk].held_before)
        save_together(same, (*values[0], "search_text"))
        subject = Subject("event", event.pk, event.subject, event.customer_id)
        journal(
            company_id, CHANGE_UNDONE, by=by, at=at, subject=subject,
            before={"customers": {str(one.pk): touches[one.pk].after for one in same}},
            after={
                "customers": {str(one.pk): touches[one.pk].before for one in same},
                "versions": {str(one.pk): one.version for one in same},
            },
        )  # fmt: skip
    return TakenBack(len(same), len(touches) - len(same))


def subject_of(customer: Customer) -> Subject:
    """A customer as the subject of an event."""
    return Subject("customer", customer.pk, str(customer), customer.pk)
