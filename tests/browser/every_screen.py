"""A company with something on every screen, an empty one beside it, and the path of each screen.

Screens are found by walking the addresses: one that is added is looked at by itself, or fails
until `SAMPLES` knows its parameters.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.services.people import BY, joined, user
from tests.services.people import opened as opened_company
from tests.storage.opened import imported, lumiere
from tests.web.addresses import Address, every_address

from quittance.core.matching_codes import code_of
from quittance.services.companies import form_group
from quittance.services.contacts import add_contact
from quittance.services.invitations import invite_member
from quittance.services.notes import write_note
from quittance.storage.models import (
    Allocation,
    Company,
    Customer,
    Event,
    Import,
    ImportFile,
    LedgerItem,
    User,
)
from quittance.storage.scope import see_companies

DAY = "as_of=2026-09-30"
AT = datetime(2026, 9, 30, 8, tzinfo=UTC)
PARTS = {  # what answers GET and is no page: a part of one, or a file
    "dashboard_trends", "aging_rows", "aging_items", "import_progress", "import_file",
    "import_undo_effect", "journal_export",
}  # fmt: skip
DATED = {"dashboard", "aging", "invoices", "payments", "invoice", "payment", "customer_charges"}
MORE = {  # the same screens as other words, filters and states show them
    "aging": ("by=currency", "by=collector"),
    "customer": ("edit=identity", "edit=follow", "edit=contact", "known=2026-09-30"),
    "customers": ("q=zzz", "q=hotel"),
    "invoices": ("state=all&q=bellecour", "due_from=2026-01-01&amount_min=5000", "q=zzz"),
    "search": ("q=bellecour", "q=zzzz"),
}
EMPTY = ("dashboard", "aging", "customers", "invoices", "payments", "imports", "journal", "search")
LAW = ("rates", "ceilings", "limitation", "eu")


@dataclass
class Books:
    """Who looks, and a value for each parameter of the addresses."""

    owner: User
    ids: dict[str, Any] = field(default_factory=dict)


def pages() -> list[Address]:
    """The addresses under a company that are pages."""
    return [
        one for one in every_address()
        if one.is_of_a_place and "GET" in one.methods and one.name not in PARTS
    ]  # fmt: skip


def paths(books: Books) -> list[str]:
    """Every screen of the company, of the empty company, and of the group."""
    found = []
    for one in pages():
        values = books.ids
        if one.name == "payment":
            values = {**values, "item_id": values["payment_id"]}
        path = one.filled(where="c", slug="lumiere", **values)
        asked = ["", *MORE.get(one.name, ())]
        found += [dated(path, query, is_dated=one.name in DATED) for query in asked]
        if one.name == "law_part":
            found += [one.filled(where="c", slug="lumiere", part=part) for part in LAW]
        if one.name in EMPTY:
            found.append(one.filled(where="c", slug="ombre"))
        if one.name in ("dashboard", "aging", "customers"):
            found.append(dated(one.filled(where="g", slug="ensemble"), "", is_dated=True))
    return found


def dated(path: str, query: str, *, is_dated: bool) -> str:
    """A path with its query, on the day of the books where the screen has one."""
    asked = "&".join(one for one in (query, DAY if is_dated else "") if one)
    return f"{path}?{asked}" if asked else path


def written() -> Books:
    """The example's books with people, a contact, a note, an invitation; within a transaction."""
    owner = user("ines@x.example", name="Inès Morel")
    empty, company = opened_company("ombre", owner), opened_company("lumiere", owner)
    form_group("ensemble", "Ensemble", companies=[company.pk, empty.pk], by=BY, now=AT)
    see_companies([company.pk])
    karim = joined(company, "collector")
    karim.name = "Karim Benali"
    karim.save()
    imported(company, lumiere(), at=AT)
    customer = Customer.objects.get(code="C001")
    customer.collector = karim
    customer.save(update_fields=["collector"])
    entered = {"name": "Léa Roy", "phone": "01 42 68 53 00", "address": "1 rue X\n75001 Paris"}
    add_contact(company.pk, customer.pk, entered={**entered, "is_main": True}, by=BY, at=AT)
    write_note(company.pk, customer.pk, text="Promet vendredi, @Karim Benali suit.", by=BY, at=AT)
    invite_member(company.pk, "new@x.example", role="sales", by=BY, now=AT + timedelta(days=3650))
    return Books(owner, {"customer_id": customer.pk, **ids(company)})


def ids(company: Company) -> dict[str, Any]:
    """An invoice with its group, a payment to allocate, an import and its event."""
    invoice = LedgerItem.objects.get(document="FA26-00394").pk
    members = Allocation.objects.filter(debit_id=invoice).values_list("debit_id", "credit_id")
    found = Import.objects.get(company=company)
    return {
        "item_id": invoice,
        "payment_id": LedgerItem.objects.get(document="VIR1808515").pk,
        "code": code_of(min(number for pair in members for number in pair)),
        "import_id": found.pk,
        "file_id": ImportFile.objects.filter(belongs_to=found).earliest("pk").pk,
        "position": Event.objects.get(company=company, action="import.applied").position,
        "part": "rates",
    }
