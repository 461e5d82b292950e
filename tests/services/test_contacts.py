"""Contacts added, changed and removed, and the exact words of each refusal."""

import pytest
from tests.services.given import AT, LATER, company_with_books, customer
from tests.services.people import BY, actions

from quittance.services.contacts import (
    UnableToOverwriteContact,
    add_contact,
    change_contact,
    remove_contact,
)
from quittance.services.journal import Actor
from quittance.services.refusals import UnableTo
from quittance.storage.access import NotThereError
from quittance.storage.models import Company, Contact, Event

pytestmark = pytest.mark.usefixtures("db")
ZOE = {
    "name": " Zoé  Paquet ", "role": "Comptabilité", "email": "Zoe@Exemple.FR",
    "phone": "01 42 68 53 00", "address": "1 rue X\n75001 Paris", "channels": ["sms", "email"],
}  # fmt: skip


def added(company: Company, code: str = "C1", **more: object) -> Contact:
    return add_contact(
        company.pk, customer(code, company).pk, entered={**ZOE, **more}, by=BY, at=AT
    )


def test_a_contact_is_kept_in_normal_form_and_told_in_the_journal() -> None:
    company = company_with_books()
    added(company)
    found = Contact.objects.get()
    assert (found.name, found.phone) == ("Zoé Paquet", "+33142685300")
    assert (found.email, found.channels) == ("Zoe@exemple.fr", ["email", "sms"])
    event = Event.objects.order_by("-position")[0]
    assert (event.action, event.customer_id) == ("contact.added", customer("C1", company).pk)
    assert event.after is not None
    assert event.after["email"] == "Zoe@exemple.fr"
    assert "is_main" not in event.after


@pytest.mark.parametrize(
    ("entered", "french", "english"),
    [
        ({"name": " "}, "Nom : de 1 à 200 caractères, 0 saisis. Corrigez ce champ.",
         "Name: from 1 to 200 characters, 0 entered. Correct this field."),
        ({"role": "x" * 61}, "Fonction : de 1 à 60 caractères, 61 saisis. Corrigez ce champ.",
         "Role: from 1 to 60 characters, 61 entered. Correct this field."),
        ({"email": "zoe@"}, None, None),
        ({"phone": "12"}, None, None),
        ({"phone": "", "channels": ["sms"]},
         "Joignable par SMS, mais sans numéro de téléphone. Complétez l'adresse ou décochez.",
         "Reached by SMS, but no telephone number. Complete the address or untick."),
        ({"address": "", "channels": ["post"]},
         "Joignable par courrier, mais sans adresse postale. Complétez l'adresse ou décochez.",
         "Reached by post, but no postal address. Complete the address or untick."),
    ],
)  # fmt: skip
def test_what_nobody_can_be_reached_at_is_refused(
    entered: dict[str, object], french: str | None, english: str | None
) -> None:
    company = company_with_books()
    with pytest.raises(UnableTo) as refusal:
        added(company, **entered)
    assert refusal.value.fields["field"] in {*entered, "phone", "address"}
    if french and english:
        assert (refusal.value.text("fr"), refusal.value.text("en")) == (french, english)
    assert not Contact.objects.exists()


def test_a_change_is_refused_when_somebody_was_there_first() -> None:
    company = company_with_books()
    contact = added(company)
    change_contact(
        company.pk, contact.pk, entered={"role": "DAF"}, version=1, by=Actor("Inès", "test"), at=AT
    )
    with pytest.raises(UnableToOverwriteContact) as refusal:
        change_contact(company.pk, contact.pk, entered={"role": "X"}, version=1, by=BY, at=LATER)
    assert refusal.value.text("fr") == (
        "Inès a modifié ce contact le 01/10/2026 11:00. Rien n'a été enregistré : relisez, puis "
        "enregistrez de nouveau."
    )
    assert refusal.value.text("en") == (
        "Inès changed this contact on 01/10/2026 11:00. Nothing was saved: read again, then save "
        "again."
    )


def test_a_change_tells_what_changed_and_nothing_else() -> None:
    company = company_with_books()
    contact = added(company)
    same = change_contact(company.pk, contact.pk, entered=ZOE, version=1, by=BY, at=AT)
    assert same.version == 1
    change_contact(company.pk, contact.pk, entered={"phone": ""} | {"channels": ["email"]},
                   version=1, by=BY, at=AT)  # fmt: skip
    event = Event.objects.order_by("-position")[0]
    assert event.before == {"phone": "+33142685300", "channels": ["email", "sms"]}
    assert event.after == {"phone": "", "channels": ["email"]}


def test_a_customer_has_one_main_contact() -> None:
    company = company_with_books()
    first, other = added(company, is_main=True), added(company, "C2", is_main=True)
    second = added(company, name="Léa", is_main=True)
    assert [one.pk for one in Contact.objects.filter(is_main=True)] == [other.pk, second.pk]
    assert Contact.objects.get(pk=first.pk).version == 2


def test_a_contact_removed_is_in_the_journal_alone() -> None:
    company = company_with_books()
    contact = added(company)
    remove_contact(company.pk, contact.pk, by=BY, at=AT)
    assert not Contact.objects.exists()
    assert actions(company)[-2:] == ["contact.added", "contact.removed"]
    with pytest.raises(NotThereError):
        remove_contact(company.pk, contact.pk, by=BY, at=AT)


def test_contacts_of_another_company_are_not_there() -> None:
    mine, theirs = company_with_books(), company_with_books("autre")
    contact = added(theirs)
    with pytest.raises(NotThereError):
        change_contact(mine.pk, contact.pk, entered={"role": "X"}, version=1, by=BY, at=AT)
    with pytest.raises(NotThereError):
        add_contact(mine.pk, contact.customer_id, entered=ZOE, by=BY, at=AT)
