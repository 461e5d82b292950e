"""The people to write to or to call at a customer's: add, change, remove."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from quittance.core import addresses
from quittance.core.identifiers import Refusal
from quittance.core.phrase import Phrase
from quittance.reports.customer_words import CHANNELS, CONTACT_FIELDS
from quittance.services.customer_fields import NOTHING_CHANGED
from quittance.services.journal import Actor, Subject, journal
from quittance.services.refusals import UnableTo
from quittance.storage.access import NotThereError
from quittance.storage.models import Contact, Customer, Event
from quittance.storage.scope import seeing

LONGEST = {"name": 200, "role": 60, "email": 254, "phone": 60, "address": 1000}
NEEDED = {"email": "email", "phone": "phone", "sms": "phone", "post": "address"}
MISSING = {
    "email": Phrase("adresse e-mail", "e-mail address"),
    "phone": Phrase("numéro de téléphone", "telephone number"),
    "address": Phrase("adresse postale", "postal address"),
}


class UnableToReachContact(UnableTo):
    """An address that nobody can be reached at; `field` names it, `cause` says why."""

    code = "contact-address"
    sentence = Phrase("{cause}", "{cause}")
    remedy = NOTHING_CHANGED


class UnableToNameContact(UnableTo):
    """A contact without a name, or with a text longer than its field."""

    code = "contact-text"
    sentence = Phrase(
        "{label} : de 1 à {most} caractères, {count} saisis.",
        "{label}: from 1 to {most} characters, {count} entered.",
    )
    remedy = Phrase("Corrigez ce champ.", "Correct this field.")


class UnableToUseChannel(UnableTo):
    """A channel for which the contact has no address."""

    code = "contact-channel"
    sentence = Phrase(
        "Joignable par {channel}, mais sans {missing}.", "Reached by {channel}, but no {missing}."
    )
    remedy = Phrase("Complétez l'adresse ou décochez.", "Complete the address or untick.")


class UnableToOverwriteContact(UnableTo):
    """Somebody changed or removed the contact meanwhile."""

    code = "contact-changed-since"
    sentence = Phrase(
        "{who} a modifié ce contact le {when}.", "{who} changed this contact on {when}."
    )
    remedy = Phrase(
        "Rien n'a été enregistré : relisez, puis enregistrez de nouveau.",
        "Nothing was saved: read again, then save again.",
    )


def add_contact(
    company_id: int, customer_id: int, *, entered: Mapping[str, Any], by: Actor, at: datetime
) -> Contact:
    """A new contact of a customer. Raises the refusals above; NotThereError for no customer."""
    with seeing(company_id):
        customer = Customer.objects.filter(company_id=company_id, pk=customer_id).first()
        if customer is None:
            raise NotThereError(str(customer_id))
        contact = Contact(company_id=company_id, customer=customer)
        values = checked(entered, contact, country=customer.country)
        for name, value in values.items():
            setattr(contact, name, value)
        make_room_for_main(contact)
        contact.save()
        told = {name: value for name, value in stated(contact).items() if value}
        journal(company_id, "contact.added", by=by, at=at, subject=subject_of(contact), after=told)
    return contact


def change_contact(
    company_id: int, contact_id: int, *, entered: Mapping[str, Any], version: int, by: Actor,
    at: datetime,
) -> Contact:  # fmt: skip
    """Set fields of a contact, on the version that was read."""
    with seeing(company_id):
        contact = locked_contact(company_id, contact_id)
        if contact.version != version:
            raise overwriting(contact)
        before = stated(contact)
        values = checked(entered, contact, country=contact.customer.country)
        changed = [name for name, value in values.items() if getattr(contact, name) != value]
        if not changed:
            return contact
        for name in changed:
            setattr(contact, name, values[name])
        contact.is_held = contact.key != ""
        make_room_for_main(contact)
        contact.version += 1
        contact.save()
        after = stated(contact)
        journal(
            company_id, "contact.changed", by=by, at=at, subject=subject_of(contact),
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )  # fmt: skip
    return contact


def remove_contact(company_id: int, contact_id: int, *, by: Actor, at: datetime) -> None:
    """Take a contact away; the journal keeps who it was, so that no import brings it back."""
    with seeing(company_id):
        contact = locked_contact(company_id, contact_id)
        before = {name: value for name, value in stated(contact).items() if value}
        subject = subject_of(contact)
        if contact.key:
            before["key"] = contact.key
        contact.delete()
        journal(company_id, "contact.removed", by=by, at=at, subject=subject, before=before)


def locked_contact(company_id: int, contact_id: int) -> Contact:
    """A contact that nobody else changes until the transaction ends."""
    found = Contact.objects.select_for_update(of=("self",)).select_related("customer")
    contact = found.filter(company_id=company_id, pk=contact_id).first()
    if contact is None:
        raise NotThereError(str(contact_id))
    return contact


def checked(entered: Mapping[str, Any], contact: Contact, *, country: str) -> dict[str, Any]:
    """What was entered, in its normal form, and whether the contact can be reached with it."""
    values = {name: read(name, value, country=country) for name, value in entered.items()}
    kept = {name: values.get(name, getattr(contact, name)) for name in CONTACT_FIELDS}
    if not kept["name"]:
        raise UnableToNameContact(
            field="name", label=CONTACT_FIELDS["name"], most=LONGEST["name"], count=0
        )
    for channel in kept["channels"]:
        if not kept[NEEDED[channel]]:
            field = NEEDED[channel]
            raise UnableToUseChannel(field=field, channel=CHANNELS[channel], missing=MISSING[field])
    return values


def read(name: str, value: Any, *, country: str) -> Any:
    """One value in its normal form."""
    if name == "is_main":
        return bool(value)
    if name == "channels":
        return [channel for channel in CHANNELS if channel in value]
    text = str(value).strip() if name == "address" else " ".join(str(value).split())
    if len(text) > LONGEST[name]:
        raise UnableToNameContact(
            field=name, label=CONTACT_FIELDS[name], most=LONGEST[name], count=len(text)
        )
    if not text or name not in ("email", "phone"):
        return text
    found = addresses.email(text) if name == "email" else addresses.phone(text, country or "FR")
    if isinstance(found, Refusal):
        raise UnableToReachContact(field=name, cause=found.phrase)
    return found


def make_room_for_main(contact: Contact) -> None:
    """A customer has one main contact: the one before is so no longer."""
    if contact.is_main:
        Customer.objects.select_for_update().get(pk=contact.customer_id)  # one after the other
        others = Contact.objects.filter(customer=contact.customer, is_main=True)
        for one in others.exclude(pk=contact.pk).select_for_update():
            one.is_main = False
            one.version += 1
            one.save(update_fields=["is_main", "version"])


def overwriting(contact: Contact) -> UnableToOverwriteContact:
    """The refusal that says who was here last."""
    mine = Event.objects.filter(
        company_id=contact.company_id,
        customer_id=contact.customer_id,
        action__startswith="contact.",
    )
    last = mine.order_by("-position").first()
    when = f"{localtime(last.at):%d/%m/%Y %H:%M}" if last else "?"
    return UnableToOverwriteContact(who=last.actor_name if last else "?", when=when)


def stated(contact: Contact) -> dict[str, Any]:
    """A contact as the journal holds it."""
    return {name: getattr(contact, name) for name in CONTACT_FIELDS}


def subject_of(contact: Contact) -> Subject:
    """A contact as the subject of an event of its customer's timeline."""
    return Subject("contact", contact.pk, contact.name, contact.customer_id)
