"""The parts of a customer's card that are no report: facts, notes, and the form that is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from quittance.core.phrase import Language, Phrase
from quittance.reports.customer_words import FIELDS, field_words, together
from quittance.storage.customer_past import Past
from quittance.storage.customers import (
    contact_of,
    mentioned_in,
    notes_of,
    people_of,
)
from quittance.web.customer_forms import PARTS, ContactForm, CustomerForm
from quittance.web.desk import Desk, today

if TYPE_CHECKING:
    from quittance.storage.models import Customer, Note

NOTHING_KNOWN = Phrase(
    "Il ne savait encore rien de ce client.", "It knew nothing of this customer yet."
)
HIDDEN = Phrase(
    "Un import a pu changer depuis, et n'est donc pas montré : {names}.",
    "An import may have changed since, and is therefore not shown: {names}.",
)
COMPUTED = Phrase(
    "Les échéances sont calculées avec la nature et les conditions connues aujourd'hui.",
    "Due dates are computed with the kind and the terms known today.",
)
CONTACTS_HIDDEN = Phrase(
    "Les contacts venus de listes ont pu changer depuis : ils ne sont pas montrés.",
    "Contacts from lists may have changed since: they are not shown.",
)
BY_COMPANY = Phrase("{terms} (celles de la société)", "{terms} (the company's)")


@dataclass(frozen=True)
class Fact:
    """One thing that is known of a customer; `is_held`: a person set it, no import changes it."""

    name: str
    label: str
    value: str
    is_held: bool


@dataclass(frozen=True)
class Facts:
    """What is known of one part of a customer, and the names of what is not."""

    known: tuple[Fact, ...]
    unknown: tuple[str, ...]
    held: tuple[tuple[str, str], ...]  # name and label of what imports would tell otherwise


@dataclass(frozen=True)
class ShownNote:
    """A note as the card shows it."""

    id: int
    author: str
    author_id: int | None
    at: datetime
    text: str
    called: tuple[str, ...]


def facts_of(customer: "Customer", lang: Language, *, past: Past | None = None) -> dict[str, Facts]:
    """What is known of a customer, part by part; of the past, what is certain of it."""
    shown = {part: [n for n in names if is_told(n, past)] for part, names in PARTS.items()}
    return {part: facts_named(customer, names, lang=lang) for part, names in shown.items()}


def is_told(name: str, past: Past | None) -> bool:
    """Whether the value of a field is known for the day in view."""
    return past is None or (past.is_known and name not in past.hidden)


def hidden_words(past: Past) -> Phrase:
    """Why something of the past is not shown, in one or two sentences; empty where all is."""
    if not past.is_known:
        return NOTHING_KNOWN
    told = []
    if past.hidden:
        names = together(label for name, label in FIELDS.items() if name in past.hidden)
        told.append(HIDDEN.filled(names=names))
    if past.hidden & {"kind", "terms"}:
        told.append(COMPUTED)
    if past.has_hidden_contacts:
        told.append(CONTACTS_HIDDEN)
    return together(told, mark=" ")


def facts_named(customer: "Customer", names: Iterable[str], *, lang: Language) -> Facts:
    """Some facts of a customer; those that are empty are only named."""
    held = set(customer.held_fields)
    told = [
        Fact(name, FIELDS[name].text(lang), value_of(customer, name, lang=lang), name in held)
        for name in names
    ]
    return Facts(
        tuple(one for one in told if one.value),
        tuple(one.label for one in told if not one.value),
        tuple((one.name, one.label) for one in told if one.is_held),
    )


def value_of(customer: "Customer", name: str, *, lang: Language) -> str:
    """One fact as a reader sees it, identifiers in groups; empty for nothing."""
    value = getattr(customer, name)
    if name == "terms" and not value:
        ours = field_words(name, customer.company.default_terms)
        return BY_COMPANY.filled(terms=ours).text(lang)
    return grouped(name, field_words(name, str(value)).text(lang)) if value else ""


def grouped(name: str, text: str) -> str:
    r"""An identifier in the groups that people read it in, held on one line.

    >>> grouped("siret", "73282932000074").replace("\u00a0", " ")
    '732 829 320 00074'
    """
    if name in ("siren", "siret"):
        parts = [text[:3], text[3:6], text[6:9], text[9:]]
    elif name == "iban":
        parts = [text[start : start + 4] for start in range(0, len(text), 4)]
    else:
        return text
    return "\u00a0".join(part for part in parts if part)


def notes_shown(customer: "Customer", *, past: Past | None = None) -> list[ShownNote]:
    """The notes on a customer, newest first, with the people they call on."""
    notes = past.notes if past else notes_of(customer)
    names = mentioned_in(notes)
    return [shown(note, names) for note in notes]


def shown(note: "Note", names: dict[int, str]) -> ShownNote:
    """A note with who wrote it and whom it calls on."""
    called = tuple(names[number] for number in note.mentions if number in names)
    author = str(note.author) if note.author else "–"
    return ShownNote(note.pk, author, note.author_id, note.written_at, note.text, called)


def form_asked_for(desk: Desk, customer: "Customer", *, edit: str) -> dict[str, Any]:
    """The form of the part that the address asks to edit, in what the template calls it."""
    if edit in PARTS:
        return {"editing": edit, "form": customer_form(desk, edit, customer=customer)}
    if edit == "contact":
        return {"editing": "contact", "contact_form": ContactForm(None, lang=desk.lang)}
    number = edit.removeprefix("contact-")
    contact = contact_of(customer, int(number)) if number.isdecimal() else None
    if contact is None:
        return {}
    form = ContactForm(contact, lang=desk.lang)
    return {"editing": "contact", "editing_contact": contact.pk, "contact_form": form}


def customer_form(
    desk: Desk, part: str, *, customer: "Customer", posted: QueryDict | None = None
) -> CustomerForm:
    """The form of one part of a card."""
    return CustomerForm(
        part, customer, people=people_of(desk.access), lang=desk.lang,
        may_assign=desk.may("customers.assign"), today=today(), posted=posted,
    )  # fmt: skip
