"""What the record holds beside the books of customers."""

import pytest
from tests.services.given import AT, LATER, company_with_books, customer
from tests.services.people import BY, joined
from tests.storage.opened import imported, invoices

from quittance.services.contacts import add_contact
from quittance.services.journal import Actor
from quittance.services.notes import withdraw_note, write_note
from quittance.services.saved_views import save_view
from quittance.storage.access import enter_company, enter_group
from quittance.storage.customers import (
    calling_customers,
    contact_of,
    contacts_of,
    mentioned_in,
    noted_customers,
    notes_of,
    people_of,
    saved_views,
    sources_of,
)

pytestmark = pytest.mark.usefixtures("db")


def test_contacts_come_the_main_one_first_and_are_of_their_customer() -> None:
    company = company_with_books()
    one, other = customer("C1", company), customer("C2", company)
    for name, is_main in (("Ana", False), ("Zoé", True), ("Bob", False)):
        add_contact(company.pk, one.pk, entered={"name": name, "is_main": is_main}, by=BY, at=AT)
    assert [contact.name for contact in contacts_of(one)] == ["Zoé", "Ana", "Bob"]
    first = contacts_of(one)[0]
    assert contact_of(one, first.pk) == first
    assert contact_of(other, first.pk) is None


def test_notes_come_newest_first_without_those_withdrawn() -> None:
    company = company_with_books()
    ines = joined(company, "collector")
    me = Actor("Inès", "test", ines.pk)
    one, other = customer("C1", company), customer("C2", company)
    first = write_note(company.pk, one.pk, text="Un @collector all", by=me, at=AT)
    write_note(company.pk, one.pk, text="Deux", by=me, at=LATER)
    gone = write_note(company.pk, other.pk, text="Trois", by=me, at=LATER)
    withdraw_note(company.pk, gone.pk, by=me, at=LATER)
    assert [note.text for note in notes_of(one)] == ["Deux", "Un @collector all"]
    assert mentioned_in([first]) == {ines.pk: "collector all"}
    access = enter_company(ines, company.slug)
    assert noted_customers(access).to_list() == [one.pk]
    assert calling_customers(access).to_list() == [one.pk]
    owner = company.memberships.get(role="owner").user
    assert calling_customers(enter_company(owner, company.slug)).is_empty()


def test_the_files_that_state_a_customer_are_told_with_their_lines() -> None:
    company = company_with_books()
    rows = (
        "C1;Élan;F8;05/03/2026;;1,00",
        "C2;B;F9;05/03/2026;;1,00",
        "C1;Élan;F10;06/03/2026;;2,00",
    )
    imported(company, [invoices(*rows, name="b.csv")], at=LATER)
    found = sources_of(customer("C1", company))
    assert [(one.name, one.items, one.first_line, one.last_line) for one in found] == [
        ("b.csv", 2, 2, 4), ("factures.csv", 1, 2, 2),
    ]  # fmt: skip
    assert [one.name for one in sources_of(customer("C3", company))] == ["factures.csv"]


def test_people_are_the_members_of_the_companies_in_view() -> None:
    company = company_with_books()
    ines = joined(company, "collector")
    joined(company_with_books("autre"), "sales", email="zoe@x.example")
    names = [one.name for one in people_of(enter_company(ines, company.slug))]
    assert names == ["Camille Morel", "collector all"]


def test_views_are_ones_own_by_name_and_a_group_has_none() -> None:
    company = company_with_books()
    ines, karim = joined(company, "collector"), joined(company, "accountant")
    for user, name in ((ines, "b"), (ines, "A"), (karim, "c")):
        save_view(company.pk, user.pk, page="customers", name=name, query="kind=public")
    access = enter_company(ines, company.slug)
    assert [one.name for one in saved_views(access, "customers")] == ["A", "b"]
    assert saved_views(access, "invoices") == []


def test_a_group_view_has_no_saved_views() -> None:
    from tests.services.people import NOW, opened, user

    from quittance.services.companies import form_group

    owner = user("owner@two.example")
    one, other = opened("un", owner), opened("deux", owner)
    form_group("deux-en-un", "Deux", companies=[one.pk, other.pk], by=BY, now=NOW)
    assert saved_views(enter_group(owner, "deux-en-un"), "customers") == []
