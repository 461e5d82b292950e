"""What was known of a customer at an instant: told by the journal, or hidden."""

from datetime import UTC, datetime

import pytest
from tests.services.given import AT, LATER, company_with_books, customer
from tests.services.people import BY, NOW, joined
from tests.storage.opened import imported

from quittance.services.companies import Chosen, change_company
from quittance.services.contacts import add_contact, change_contact, remove_contact
from quittance.services.customers import change_customer, change_customers
from quittance.services.notes import withdraw_note, write_note
from quittance.storage.customer_past import Past, customer_known
from quittance.storage.models import Company, Customer

pytestmark = pytest.mark.usefixtures("db")
BETWEEN = datetime(2026, 10, 1, 22, tzinfo=UTC)  # after AT, before LATER
LIST = "client;nom;conditions;siren\nC1;Élan Événements;60;732829320\n"


@pytest.fixture
def company() -> Company:
    return company_with_books()


def past(company: Company) -> Past:
    return customer_known(customer("C1", company), BETWEEN)


def change(company: Company, at: datetime, **changes: str) -> Customer:
    one = customer("C1", company)
    return change_customer(company.pk, one.pk, changes=changes, version=one.version, by=BY, at=at)


def test_fields_are_those_of_then_and_nothing_is_saved(company: Company) -> None:
    followed = joined(company, "collector")
    change(company, AT, terms="45 EOM", collector=str(followed.pk), group="Holding")
    change(company, LATER, terms="60", collector="", segment="A", group="Autre", kind="public")
    found = past(company)
    was = found.customer
    told = (was.terms, was.collector, was.segment, str(was.group), was.kind)
    assert told == ("45 EOM", followed, "", "Holding", "business")
    assert found.hidden == frozenset()
    now = customer("C1", company)
    assert (now.terms, now.collector, now.segment, str(now.group)) == ("60", None, "A", "Autre")


def test_a_change_in_number_is_told_too(company: Company) -> None:
    pk = customer("C1", company).pk
    change_customers(company.pk, [pk], changes={"segment": "A"}, by=BY, at=LATER)
    assert past(company).customer.segment == ""


def test_what_an_import_may_have_changed_is_hidden_but_what_a_person_had_set(
    company: Company,
) -> None:
    change(company, AT, terms="45 EOM")
    imported(company, [("clients.csv", LIST.encode())], at=LATER)
    found = past(company)
    assert found.customer.terms == "45 EOM"
    assert "terms" not in found.hidden
    assert {"siren", "segment", "kind"} <= found.hidden
    assert customer_known(customer("C1", company), LATER.replace(hour=23)).hidden == frozenset()


def test_contacts_are_those_of_then(company: Company) -> None:
    pk = customer("C1", company).pk
    kept = add_contact(company.pk, pk, entered={"name": "Léa", "role": "DAF"}, by=BY, at=AT)
    gone = add_contact(company.pk, pk, entered={"name": "Ali"}, by=BY, at=AT)
    change_contact(
        company.pk, kept.pk, entered={"role": "Comptable"}, version=1, by=BY, at=LATER
    )  # fmt: skip
    remove_contact(company.pk, gone.pk, by=BY, at=LATER)
    add_contact(company.pk, pk, entered={"name": "Zoé"}, by=BY, at=LATER)
    found = past(company)
    assert [(one.name, one.role) for one in found.contacts] == [("Ali", ""), ("Léa", "DAF")]
    assert not found.has_hidden_contacts


def test_notes_are_those_of_then_that_stand(company: Company) -> None:
    pk = customer("C1", company).pk
    write_note(company.pk, pk, text="Avant", by=BY, at=AT)
    back = write_note(company.pk, pk, text="Repris", by=BY, at=AT)
    withdraw_note(company.pk, back.pk, by=BY, at=LATER)
    write_note(company.pk, pk, text="Après", by=BY, at=LATER)
    assert [one.text for one in past(company).notes] == ["Avant"]


def test_the_terms_of_the_company_are_those_of_then(company: Company) -> None:
    change_company(company.pk, Chosen(name="Essai", default_terms="60"), by=BY, now=LATER)
    company.refresh_from_db()
    assert company.default_terms == "60"
    assert past(company).customer.company.default_terms != "60"


def test_before_the_first_fact_nothing_is_known(company: Company) -> None:
    one = customer("C1", company)
    assert not customer_known(one, datetime(2020, 1, 1, tzinfo=UTC)).is_known
    assert customer_known(one, BETWEEN).is_known
    assert NOW < BETWEEN
