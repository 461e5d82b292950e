"""What the record holds of customers and contacts, and who may be named in a list."""

import pytest
from tests.services.given import AT, company_with_books, customer
from tests.services.people import BY, joined
from tests.storage.opened import imported

from quittance.services.contacts import add_contact, remove_contact
from quittance.services.customers import change_customer
from quittance.storage.customer_lists import (
    called,
    held_contacts,
    held_customers,
    named_members,
    removed_contacts,
)
from quittance.storage.models import Contact
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")


def test_customers_come_with_the_name_of_their_group_and_what_is_held() -> None:
    company = company_with_books()
    one = customer("C1", company)
    said = {"group": "Alpha", "iban": "FR76 3000 6000 0112 3456 7890 189"}
    change_customer(company.pk, one.pk, changes=said, version=one.version, by=BY, at=AT)
    found = held_customers(company.pk).select("customer", "group", "iban", "held_fields").rows()
    assert found[0] == ("C1", "Alpha", "FR7630006000011234567890189", '["group", "iban"]')
    assert found[1] == ("C2", "", "", "[]")


def test_contacts_say_whether_a_list_or_a_person_named_them() -> None:
    company = company_with_books()
    imported(company, [("c.csv", b"client;contact;email\nC1;Anne;a@x.example\n")])
    one = customer("C1", company)
    add_contact(company.pk, one.pk, entered={"name": "Luc"}, by=BY, at=AT)
    found = held_contacts(company.pk).select("name", "key", "channels", "is_held").rows()
    assert found == [("Anne", "name|anne", '["email"]', False), ("Luc", "", "[]", False)]
    assert removed_contacts(company.pk).is_empty()
    for contact in Contact.objects.all():
        remove_contact(company.pk, contact.pk, by=BY, at=AT)
    assert removed_contacts(company.pk).rows() == [(one.pk, "name|anne")]


def test_members_are_named_by_mail_or_by_the_words_of_their_name() -> None:
    company = company_with_books()
    nadia = joined(company, "collector", email="nadia@x.example")
    nadia.name = "Nadia Bénali"
    nadia.save()
    see_companies([company.pk])
    members = named_members(company.pk)
    for text in ("Nadia@X.example ", "BENALI Nadia", "nadia  benali"):
        assert members[called(text)] == {nadia.pk}
    assert called("Nadia") not in members
