"""Two companies that know nothing of each other, and everybody who may look at the first.

`lumiere` has a member in each role, two members kept to their own customers, one customer that is
theirs and one that is not. `ailleurs` is the outsider's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from tests.services.people import BY, NOW, joined, opened, user
from tests.web.views.pages import browser

from quittance.core.matching_codes import code_of
from quittance.services import imports
from quittance.services.companies import form_group
from quittance.services.contacts import add_contact
from quittance.services.customers import change_customers
from quittance.services.invitations import invite_member
from quittance.services.notes import write_note
from quittance.storage.models import Company, Customer, Event, ImportFile, LedgerItem, User
from quittance.storage.models.user import ROLES
from quittance.storage.scope import see_companies

MINE, THEIRS, FOREIGN = "Menuiserie Zébulon", "Quincaillerie Wagadou", "Laiterie Xanadu"
INVOICES = "client;nom;facture;date;échéance;montant\n"
Who = str  # a role, a role with ` own`, or `outsider`


@dataclass
class World:
    """What the tests of access stand on."""

    company: Company
    foreign: Company
    users: dict[Who, User]
    ids: dict[str, Any]  # numbers of what belongs to the company, by kind
    clients: dict[Who, Client] = field(default_factory=dict)
    not_there: dict[tuple[Who, str], tuple[int, bytes]] = field(default_factory=dict)

    def asked(self, who: Who, method: str, path: str, **data: Any) -> HttpResponse:
        """What is answered to somebody, with nothing of it kept."""
        client = self.clients[who]
        kept = deepcopy(client.cookies)
        with put_back():
            answer = closed(client.generic(method, path, **data))
        client.cookies = kept
        return answer


def closed(answer: HttpResponse) -> HttpResponse:
    """An answer whose file, if it has one, was read and closed, as a server does."""
    if answer.streaming:
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        answer.streaming_content = [content]  # type: ignore[attr-defined]
    return answer


@contextmanager
def put_back() -> Iterator[None]:
    """A part of the transaction that leaves nothing, not even what it let be seen."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def built() -> World:
    """The two companies, within the present transaction."""
    outsider = user("outsider@x.example", name="Outsider")
    foreign = opened("ailleurs", outsider)
    imported(foreign, f"X1;{FOREIGN};XN7741;2026-01-05;2026-02-04;700,00")
    owner = user("owner@x.example", name="Camille Morel")
    company, second = opened("lumiere", owner), opened("ombre", owner)
    people = {"owner": owner, "outsider": outsider}
    people |= {role: joined(company, role) for role in ROLES if role != "owner"}
    people |= {f"{role} own": joined(company, role, "own") for role in ("collector", "sales")}
    form_group("ensemble", "Ensemble", companies=[company.pk, second.pk], by=BY, now=NOW)
    ids = books(company, people)
    ids["invitation_id"] = invite_member(
        company.pk, "new@x.example", role="sales", by=BY, now=NOW + timedelta(days=3650)
    ).invitation.pk
    ids["user_id"] = people["auditor"].pk
    world = World(company, foreign, people, ids)
    for who, one in people.items():
        world.clients[who] = browser(one)
    world.clients["stranger"] = Client(SERVER_NAME="localhost")
    return world


def books(company: Company, people: dict[Who, User]) -> dict[str, Any]:
    """Two customers with an invoice each, and who follows the first."""
    found = imported(
        company,
        f"C1;{MINE};WK7742;2026-01-05;2026-02-04;1200,00",
        f"C2;{THEIRS};VK7743;2026-01-06;2026-02-05;500,00",
    )
    see_companies([company.pk])
    mine, theirs = (Customer.objects.get(code=code) for code in ("C1", "C2"))
    mine.collector, mine.salesperson = people["collector own"], people["sales own"]
    mine.save(update_fields=["collector", "salesperson"])
    both = [mine.pk, theirs.pk]
    change_customers(company.pk, both, changes={"segment": "Artisans"}, by=BY, at=NOW)
    beside = {"change_event_id": last_event(company).pk}
    for who, customer in (("", mine), ("their_", theirs)):
        said = {"name": f"Contact de {customer.name}"}
        contact = add_contact(company.pk, customer.pk, entered=said, by=BY, at=NOW)
        note = write_note(company.pk, customer.pk, text=f"Note sur {customer.name}", by=BY, at=NOW)
        beside |= {f"{who}contact_id": contact.pk, f"{who}note_id": note.pk}
    return beside | {
        "customer_id": mine.pk,
        "their_customer_id": theirs.pk,
        "import_id": found,
        "file_id": ImportFile.objects.get(belongs_to=found).pk,
        "item_id": LedgerItem.objects.get(customer=mine).pk,
        "their_item_id": LedgerItem.objects.get(customer=theirs).pk,
        "code": code_of(LedgerItem.objects.get(customer=mine).pk),
        "their_code": code_of(LedgerItem.objects.get(customer=theirs).pk),
        "event_id": last_event(company).pk,
        "position": last_event(company).position,
    }


def last_event(company: Company) -> Event:
    """What was done last."""
    return Event.objects.filter(company=company).latest("position")


def imported(company: Company, *rows: str) -> int:
    """A list of invoices, applied."""
    content = (INVOICES + "".join(f"{row}\n" for row in rows)).encode()
    received = imports.receive_files(company.pk, [("factures.csv", content)], by=BY, at=NOW)
    imports.read_import(company.pk, received.pk)
    return int(imports.apply_import(company.pk, received.pk, by=BY, at=NOW).pk)
