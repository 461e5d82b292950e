"""What a card lets change, and what comes back when it is refused."""

import pytest
from django.test import Client
from tests.services.given import AT, BOOKS, customer
from tests.services.people import joined
from tests.storage.opened import imported, invoices
from tests.web.views.pages import browser, owned, text

from quittance.services.customers import change_customer
from quittance.services.journal import Actor
from quittance.storage.models import Company, Contact, Event, Note
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")


def given() -> tuple[Client, Company, str]:
    client, company = owned()
    see_companies([company.pk])
    imported(company, [invoices(*BOOKS)])
    return client, company, f"/c/lumiere/customers/{customer('C1', company).pk}/"


def read(content: bytes) -> str:
    page = content.decode().replace("\xa0", " ").replace("’", "'")
    return page.replace("&#x27;", "'").replace("&quot;", '"')


def test_the_form_opens_in_its_place_and_what_it_sends_is_kept() -> None:
    client, company, path = given()
    page = text(client, f"{path}?edit=identity")
    assert 'name="siren"' in page
    assert 'name="terms"' not in page
    sent = {"part": "identity", "version": 1, "name": "Élan SA", "siren": "732 829 320"}
    answer = client.post(f"{path}change", sent)
    assert answer.headers["Location"] == f"{path}#identity"
    one = customer("C1", company)
    assert (one.name, one.siren, one.held_fields) == ("Élan SA", "732829320", ["name", "siren"])
    assert "732 829 320" in text(client, path)


def test_a_refusal_comes_back_beside_its_field_with_what_was_written() -> None:
    client, company, path = given()
    sent = {"part": "identity", "version": 1, "name": "Élan", "siren": "732 829 321"}
    answer = client.post(f"{path}change", sent)
    assert answer.status_code == 422
    page = read(answer.content)
    assert "la clé de contrôle ne correspond pas" in page
    assert 'value="732 829 321"' in page
    assert 'aria-invalid="true"' in page
    assert customer("C1", company).name == "Élan Événements"


def test_who_comes_second_sees_what_the_first_did_and_may_insist() -> None:
    client, company, path = given()
    pk = customer("C1", company).pk
    change_customer(company.pk, pk, changes={"segment": "A"}, version=1,
                    by=Actor("Inès Morel", "test"), at=AT)  # fmt: skip
    sent = {"part": "follow", "version": 1, "segment": "B", "terms": "60"}
    answer = client.post(f"{path}change", sent)
    page = read(answer.content)
    assert answer.status_code == 422
    assert "Inès Morel a modifié cette fiche" in page
    assert "Segment : rien → A" in page
    assert 'name="version" value="2"' in page
    assert 'value="B"' in page
    client.post(f"{path}change", {**sent, "version": 2})
    assert customer("C1", company).segment == "B"


def test_who_may_edit_but_not_assign_moves_no_portfolio() -> None:
    _, company, path = given()
    ines, karim = joined(company, "collector"), joined(company, "accountant")
    client = browser(ines)
    sent = {"part": "follow", "version": 1, "segment": "B", "collector": karim.pk}
    assert client.post(f"{path}change", sent).status_code == 302
    one = customer("C1", company)
    assert (one.segment, one.collector) == ("B", None)


def test_who_only_reads_changes_nothing() -> None:
    _, company, path = given()
    client = browser(joined(company, "auditor"))
    page = text(client, f"{path}?edit=identity")
    assert 'name="siren"' not in page
    assert "Écrire une note" not in page
    for place in ("change", "contacts/add", "notes/write"):
        assert client.post(f"{path}{place}", {}).status_code == 404


def test_a_contact_is_added_changed_and_removed() -> None:
    client, company, path = given()
    assert 'name="email"' in text(client, f"{path}?edit=contact")
    sent = {"name": "Zoé Paquet", "phone": "01 42 68 53 00", "channels": ["phone"], "is_main": "on"}
    client.post(f"{path}contacts/add", sent)
    contact = Contact.objects.get()
    page = text(client, path)
    assert "+33 1 42 68 53 00" in page
    assert "principal" in page
    assert 'value="Zoé Paquet"' in text(client, f"{path}?edit=contact-{contact.pk}")
    change = f"{path}contacts/{contact.pk}/change"
    client.post(change, {**sent, "version": 1, "name": "Zoé Martin"})
    assert Contact.objects.get().name == "Zoé Martin"
    late = client.post(change, {**sent, "version": 1, "name": "Autre"})
    assert late.status_code == 422
    assert "a modifié ce contact" in read(late.content)
    client.post(f"{path}contacts/{contact.pk}/remove")
    assert not Contact.objects.exists()
    assert company.pk


def test_a_contact_without_an_address_for_its_channel_comes_back() -> None:
    client, _, path = given()
    answer = client.post(f"{path}contacts/add", {"name": "Zoé", "channels": ["email"]})
    assert answer.status_code == 422
    assert "Joignable par e-mail, mais sans adresse e-mail." in read(answer.content)
    assert 'value="Zoé"' in read(answer.content)


def test_a_contact_of_another_customer_is_not_there() -> None:
    client, company, path = given()
    other = Contact.objects.create(company=company, customer=customer("C2", company), name="Léa")
    for deed in ("change", "remove"):
        assert client.post(f"{path}contacts/{other.pk}/{deed}", {"name": "X"}).status_code == 404
    assert Contact.objects.get().name == "Léa"


def test_a_note_is_written_shown_with_whom_it_calls_and_withdrawn_by_its_author() -> None:
    client, company, path = given()
    ines = joined(company, "collector")
    answer = client.post(f"{path}notes/write", {"text": "Promis vendredi, @collector all <b>"})
    assert answer.headers["Location"] == f"{path}#notes"
    note = Note.objects.get()
    page = text(client, path)
    assert "Prévenus : collector all" in page
    assert "&lt;b&gt;" in page
    withdraw = f"{path}notes/{note.pk}/withdraw"
    refused = browser(ines).post(withdraw, follow=True)
    assert "seul son auteur la retire" in read(refused.content)
    client.post(withdraw)
    assert "Promis vendredi" not in text(client, path)
    assert Event.objects.filter(action="note.withdrawn").count() == 1


def test_the_author_is_told_who_does_not_see_the_customer() -> None:
    client, company, path = given()
    joined(company, "sales", "own")
    answer = client.post(f"{path}notes/write", {"text": "Vu, @sales"}, follow=True)
    assert "n'a pas été prévenu : sales own" in read(answer.content)
    assert "Prévenus" not in text(client, path)


def test_an_empty_note_comes_back_with_the_reason() -> None:
    client, _, path = given()
    answer = client.post(f"{path}notes/write", {"text": "  "})
    assert answer.status_code == 422
    assert "Une note a de 1 à 10000 caractères, 0 saisis." in read(answer.content)


def test_a_field_is_let_go_to_the_books_again() -> None:
    client, company, path = given()
    client.post(f"{path}change", {"part": "identity", "version": 1, "name": "Élan SA"})
    page = text(client, f"{path}?edit=identity")
    assert "Nom : suivre de nouveau les livres" in page
    sent = {"part": "identity", "field": "name", "version": 2}
    told = client.post(f"{path}follow-books", sent, follow=True)
    assert "Le prochain import reprendra" in read(told.content)
    assert customer("C1", company).held_fields == []
    late = client.post(f"{path}follow-books", sent, follow=True)
    assert "a modifié cette fiche" in read(late.content)
