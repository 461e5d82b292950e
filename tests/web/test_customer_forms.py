"""The forms of a customer's card: what they show and what they send on."""

from datetime import date

import pytest
from django.http import QueryDict

from quittance.storage.customers import Person
from quittance.storage.models import Contact, Customer
from quittance.web.customer_forms import (
    PARTS,
    ContactForm,
    CustomerForm,
    on_version,
    version_in,
)

TODAY = date(2026, 11, 24)
PEOPLE = [Person(7, "Inès Morel", "i@x.example"), Person(8, "Karim", "k@x.example")]
ONE = Customer(
    code="C1", name="Élan", kind="public", siren="732829320", terms="30", collector_id=7, version=4
)


def form(part: str, *, posted: str | None = None, may_assign: bool = True) -> CustomerForm:
    query = None if posted is None else QueryDict(posted)
    return CustomerForm(
        part, ONE, people=PEOPLE, lang="fr", may_assign=may_assign, today=TODAY, posted=query
    )


def test_a_form_shows_what_is_there_and_the_version_it_was_made_of() -> None:
    shown = form("identity")
    assert list(shown.fields)[1:] == list(PARTS["identity"])
    html = shown.as_div()
    assert 'name="version" value="4"' in html
    assert 'value="732829320"' in html
    assert '<option value="public" selected>organisme public</option>' in html
    follow = form("follow").as_div()
    assert '<option value="7" selected>Inès Morel</option>' in follow


def test_terms_that_are_there_change_from_today_on_unless_said() -> None:
    shown = form("follow")["terms_from"]
    assert (shown.value(), shown.field.widget.input_type) == ("2026-11-24", "date")
    assert "terms_from" not in form("identity").fields
    assert "terms_from" not in form("follow", posted="terms=60&terms_from=").entered()


def test_only_the_fields_of_its_part_are_sent_on_as_they_were_written() -> None:
    posted = "siren=732+829+320&terms=60&name=Elan&version=4&csrfmiddlewaretoken=x"
    assert form("identity", posted=posted).entered() == {"siren": "732 829 320", "name": "Elan"}


def test_who_may_not_assign_sends_nobody() -> None:
    posted = "collector=8&terms=60"
    assert form("follow", posted=posted, may_assign=False).entered() == {"terms": "60"}
    assert form("follow", posted=posted).entered() == {"terms": "60", "collector": "8"}


def test_a_contact_is_sent_on_whole() -> None:
    posted = QueryDict("name=Zo%C3%A9&email=z%40x.example&channels=email&channels=sms&is_main=on")
    found = ContactForm(None, lang="fr", posted=posted).entered()
    assert found == {
        "name": "Zoé", "role": "", "email": "z@x.example", "phone": "", "address": "",
        "channels": ["email", "sms"], "is_main": True,
    }  # fmt: skip


def test_a_contact_that_is_there_is_shown() -> None:
    contact = Contact(name="Zoé", channels=["email"], version=3)
    html = ContactForm(contact, lang="en").as_div()
    assert 'value="Zoé"' in html
    assert 'name="version" value="3"' in html
    assert 'value="email" id="contact-channels_0" checked' in html


@pytest.mark.parametrize(
    ("posted", "version"),
    [("version=4", 4), ("version=", 0), ("", 0), ("version=x", 0), ("version=99999999999", 0)],
)
def test_a_form_says_which_version_it_was_made_of(posted: str, version: int) -> None:
    assert version_in(QueryDict(posted)) == version


def test_what_was_sent_is_put_on_another_version() -> None:
    sent = QueryDict("version=4&name=Elan")
    assert on_version(sent, 9)["version"] == "9"
    assert on_version(sent, 9)["name"] == "Elan"
    assert sent["version"] == "4"
