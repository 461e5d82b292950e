"""Lists of customers in the record: fields, people, groups and contacts, applied and taken back."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import polars as pl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.services.people import joined, opened
from tests.storage.opened import AT, BY, imported, invoices

from quittance.core.problems import sentences
from quittance.services import imports
from quittance.services.contacts import change_contact, remove_contact
from quittance.services.customers import change_customer, follow_books
from quittance.services.imports import problems_of_import, undo_import
from quittance.services.journal_proof import verify_journal
from quittance.storage.models import Company, Contact, Customer, Import, User
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")
HEADING = "code client;siren;catégorie;groupe;chargé de recouvrement;commercial;contact;e-mail\n"
ALPHA = "C1;732829320;Hôtels;Alpha;nadia@x.example;PETIT Paul;Anne Roux;anne@alpha.example\n"
SECOND = "C1;;;;;;Luc Roy;luc@alpha.example\n"
BETA = "C2;;Commerce;;;;;compta@beta.example\n"
BOOKS = invoices("C1;Alpha;F1;05/01/2026;;100,00", "C2;Beta;F2;05/01/2026;;50,00")
LATER = AT + timedelta(days=1)


def with_people() -> tuple[Company, User, User]:
    one = opened()
    nadia = joined(one, "collector", email="nadia@x.example")
    paul = joined(one, "sales", email="p@x.example")
    User.objects.filter(pk=paul.pk).update(name="Paul Petit")
    see_companies([one.pk])
    return one, nadia, paul


def clients(*lines: str, name: str = "clients.csv") -> tuple[str, bytes]:
    return name, (HEADING + "".join(lines)).encode()


def seen(one: Company, *files: tuple[str, bytes]) -> Import:
    """Files read and not applied."""
    received = imports.receive_files(one.pk, files, by=BY, at=LATER)
    return imports.read_import(one.pk, received.pk)


def of_people(found: Import) -> pl.DataFrame:
    return problems_of_import(found).filter(pl.col("code") == "list-person")


def state() -> list[Any]:
    """What the record holds of customers and their contacts."""
    customers = Customer.objects.order_by("code").values_list(
        "code", "name", "siren", "segment", "group__name", "collector__email",
        "salesperson__name", "search_text",
    )  # fmt: skip
    contacts = Contact.objects.order_by("customer__code", "name").values_list(
        "customer__code", "name", "email", "channels", "is_main"
    )
    return [list(customers), [(*row[:3], tuple(row[3]), row[4]) for row in contacts]]


def test_a_list_completes_the_customers_of_the_books() -> None:
    one, nadia, paul = with_people()
    imported(one, [BOOKS, clients(ALPHA, SECOND, BETA)])
    alpha = Customer.objects.get(code="C1")
    assert (alpha.siren, alpha.segment, str(alpha.group)) == ("732829320", "Hôtels", "Alpha")
    assert (alpha.collector, alpha.salesperson) == (nadia, paul)
    assert alpha.search_text == "c1 alpha 732829320"
    assert alpha.held_fields == []
    assert state()[1] == [
        ("C1", "Anne Roux", "anne@alpha.example", ("email",), True),
        ("C1", "Luc Roy", "luc@alpha.example", ("email",), False),
        ("C2", "Beta", "compta@beta.example", ("email",), True),
    ]
    assert verify_journal(one.pk).breaks == ()


def test_any_order_of_the_files_gives_the_same_state_and_undo_takes_it_back() -> None:
    files = [BOOKS, clients(ALPHA, BETA), clients(SECOND, name="contacts.csv")]
    states = []
    for place, order in enumerate(permutations(files)):
        one = opened(f"essai-{place}")
        joined(one, "collector", email=f"nadia{place}@x.example")
        see_companies([one.pk])
        done = [imported(one, [file], at=AT) for file in order]
        states.append(state())
        for found in done:
            undo_import(one.pk, found.pk, by=BY, at=LATER)
        assert not Contact.objects.exists()
        kept = Customer.objects.values_list("siren", "segment", "group", "country", "language")
        assert set(kept) == {("", "", None, "FR", "fr")}
    assert len(states[0][0]) == 2
    assert len(states[0][1]) == 3
    assert all(one == states[0] for one in states)


def test_the_same_list_again_changes_nothing() -> None:
    one, *_ = with_people()
    imported(one, [BOOKS, clients(ALPHA, SECOND, BETA)])
    found = seen(one, clients(ALPHA, SECOND, BETA + "\n", name="encore.csv"))
    assert found.summary["is_empty"]
    assert [found.summary[name] for name in ("customers", "contacts")] == [
        {"new": 0, "changed": 0}, {"new": 0, "changed": 0, "vanished": 0},
    ]  # fmt: skip
    with pytest.raises(imports.UnableToImportAgain):
        imports.receive_files(one.pk, [clients(ALPHA, SECOND, BETA)], by=BY, at=LATER)


def test_what_a_person_set_is_held_and_let_go_again() -> None:
    one, nadia, paul = with_people()
    imported(one, [BOOKS, clients(ALPHA)])
    alpha = Customer.objects.get(code="C1")
    said = {"segment": "Luxe", "collector": str(paul.pk), "group": ""}
    alpha = change_customer(one.pk, alpha.pk, changes=said, version=alpha.version, by=BY, at=AT)
    assert seen(one, clients(ALPHA, BETA)).summary["customers"] == {"new": 0, "changed": 1}
    imported(one, [clients(ALPHA.replace("Hôtels", "Restaurants"), name="b.csv")])
    alpha.refresh_from_db()
    assert (alpha.segment, alpha.collector, alpha.group) == ("Luxe", paul, None)
    for field in ("segment", "collector"):
        alpha = follow_books(one.pk, alpha.pk, field=field, version=alpha.version, by=BY, at=AT)
    imported(one, [clients(BETA, name="c.csv")])
    alpha.refresh_from_db()
    assert (alpha.segment, alpha.collector, alpha.group) == ("Restaurants", nadia, None)


def test_a_contact_that_a_person_changed_or_removed_stays_so() -> None:
    one, *_ = with_people()
    imported(one, [BOOKS, clients(ALPHA, SECOND)])
    anne, luc = Contact.objects.order_by("name")
    change_contact(one.pk, anne.pk, entered={"role": "DAF"}, version=anne.version, by=BY, at=AT)
    remove_contact(one.pk, luc.pk, by=BY, at=AT)
    again = clients(ALPHA.replace("anne@", "a.roux@"), SECOND, BETA, name="b.csv")
    done = imported(one, [again], at=LATER)
    assert done.summary["contacts"] == {"new": 1, "changed": 0, "vanished": 0}
    anne.refresh_from_db()
    assert (anne.role, anne.email) == ("DAF", "anne@alpha.example")
    assert not Contact.objects.filter(name="Luc Roy").exists()


def test_a_persons_main_contact_remains_the_main_one() -> None:
    one, *_ = with_people()
    imported(one, [BOOKS, clients(ALPHA, SECOND)])
    luc = Contact.objects.get(name="Luc Roy")
    change_contact(one.pk, luc.pk, entered={"is_main": True}, version=luc.version, by=BY, at=AT)
    assert seen(one, clients(ALPHA, SECOND, BETA, name="b.csv")).summary["contacts"]["changed"] == 0
    assert list(Contact.objects.filter(is_main=True)) == [luc]


def test_a_corrected_contact_keeps_its_number() -> None:
    one, *_ = with_people()
    imported(one, [BOOKS, clients(ALPHA)])
    before = Contact.objects.get()
    imported(one, [clients(ALPHA.replace("anne@", "a.roux@"), name="b.csv")], at=LATER)
    after = Contact.objects.get()
    assert (after.pk, after.email) == (before.pk, "a.roux@alpha.example")
    assert after.version == before.version + 1


def test_a_person_who_is_no_member_is_told_and_changes_nothing() -> None:
    one, *_ = with_people()
    for email in ("a@x.example", "b@x.example"):
        User.objects.filter(pk=joined(one, "sales", email=email).pk).update(name="Jean Roy")
    see_companies([one.pk])
    lines = ["C1;;;;zoe@x.example;Roy Jean;;\n", "C2;;;;zoe@x.example;;;\n"]
    found = seen(one, BOOKS, clients(*lines))
    told = of_people(found)
    assert sentences(told, "en") == [
        "clients.csv:2: Collector 'zoe@x.example': 0 member(s) of the company bear this name or "
        "address (2 line(s)). A collector and a salesperson are each a single member, by e-mail "
        "address or by name. Invite this person or write the address, then read the import again; "
        "the rest of the line is read.",
        "clients.csv:2: Salesperson 'Roy Jean': 2 member(s) of the company bear this name or "
        "address (1 line(s)). A collector and a salesperson are each a single member, by e-mail "
        "address or by name. Invite this person or write the address, then read the import again; "
        "the rest of the line is read.",
    ]
    assert sentences(told, "fr")[0].startswith(
        "clients.csv:2: Chargé de recouvrement « zoe@x.example » : 0 membre(s) de la société"
    )
    joined(one, "collector", email="zoe@x.example")
    see_companies([one.pk])
    again = imports.read_import(one.pk, found.pk)
    assert of_people(again).height == 1
    imports.apply_import(one.pk, found.pk, by=BY, at=LATER)
    emails = set(Customer.objects.values_list("collector__email", flat=True))
    assert emails == {"zoe@x.example"}


def test_the_preview_shows_each_field_before_and_after() -> None:
    one, nadia, _ = with_people()
    imported(one, [BOOKS])
    found = seen(one, clients(ALPHA, SECOND))
    assert found.summary["customers"] == {"new": 0, "changed": 1}
    assert found.summary["examples"]["customers_changed"] == [
        {
            "customer": "C1 · Alpha",
            "fields": {
                "group": ["", "Alpha"],
                "siren": ["", "732829320"],
                "segment": ["", "Hôtels"],
                "collector": ["", str(nadia)],
                "salesperson": ["", "Paul Petit"],
            },
        }
    ]
    assert not Contact.objects.exists()


def test_many_customers_take_no_more_queries_than_a_few() -> None:
    counts = []
    for slug, many in (("peu", 3), ("beaucoup", 60)):
        one = opened(slug)
        see_companies([one.pk])
        rows = [f"C{n};Client {n};F{n};05/01/2026;;100,00" for n in range(many)]
        lines = [f"C{n};;S;G{n};;;Contact {n};c{n}@x.example\n" for n in range(many)]
        with CaptureQueriesContext(
            connection,
        ) as met:
            imported(one, [invoices(*rows), clients(*lines)])
        assert Contact.objects.filter(company=one).count() == many
        counts.append(len(met))
    assert counts[0] == counts[1]
