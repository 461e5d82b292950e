"""The search of everything, as a page and while one types."""

import re

import pytest
from django.test import Client
from tests.readers.fecs import fec
from tests.services.given import AT, BOOKS, customer
from tests.services.people import BY, joined
from tests.storage.opened import imported, invoices
from tests.web.views.pages import browser, owned, text

from quittance.services.contacts import add_contact
from quittance.storage.models import Company, Customer
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")
PATH = "/c/lumiere/search"


def given() -> tuple[Client, Company]:
    client, company = owned()
    see_companies([company.pk])
    imported(company, [invoices(*BOOKS, "C2;Boulangerie Martin;FA-2026-0042;06/01/2026;;1234,50")])
    entered = {"name": "Zoé Paquet", "email": "zoe@martin.example"}
    add_contact(company.pk, customer("C2", company).pk, entered=entered, by=BY, at=AT)
    return client, company


def typed(client: Client, words: str) -> str:
    answer = client.get(PATH, {"q": words}, headers={"HX-Target": "found"})
    assert answer.status_code == 200
    assert b"<html" not in answer.content
    return answer.content.decode()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("boulangrie", "Boulangerie Martin"),
        ("evenement", "Élan Événements"),
        ("zoe paqet", "Zoé Paquet"),
        ("2026-0042", "FA-2026-0042"),
        ("1 234,50", "FA-2026-0042"),
    ],
)
def test_words_with_mistakes_find_customers_contacts_documents_and_amounts(
    words: str, found: str
) -> None:
    client, _ = given()
    assert found in text(client, f"{PATH}?q={words}")
    options = typed(client, words)
    assert found in options
    assert 'role="option"' in options


def test_each_option_leads_somewhere_that_answers() -> None:
    client, _ = given()
    places = re.findall(r'data-href="([^"]+)"', typed(client, "martin") + typed(client, "0042"))
    assert len(places) >= 3
    for place in places:
        assert client.get(place.replace("&amp;", "&")).status_code == 200, place


def test_the_matching_code_of_the_books_finds_what_it_settles() -> None:
    client, company = owned()
    see_companies([company.pk])
    imported(company, [("ventes.txt", fec())])
    page = text(client, f"{PATH}?q=aa")
    assert "Lettrage AA (livres)" in page
    (place,) = set(re.findall(r'href="([^"]*payments/group/[^"]*)"', page))
    group = text(client, place.replace("&amp;", "&"))
    assert "Lettrage AA (livres)" in group
    assert "FA-1" in group
    assert "R-1" in group
    (invoice,) = set(re.findall(r'href="(/c/lumiere/invoices/\d+/)', group))
    assert "Lettrage AA (livres)" in text(client, invoice)
    seller = browser(joined(company, "sales", "own"))
    assert "Lettrage AA" not in text(seller, f"{PATH}?q=aa")


@pytest.mark.parametrize("words", ["", "x", "zzzzzz", "%", "'", "  ", "\\"])
def test_nothing_found_is_said_and_strange_signs_are_only_signs(words: str) -> None:
    client, _ = given()
    page = client.get(PATH, {"q": words})
    assert page.status_code == 200
    assert "Boulangerie" not in page.content.decode()


def test_who_is_kept_to_own_customers_finds_those_alone() -> None:
    _, company = given()
    zoe = joined(company, "sales", "own")
    Customer.objects.filter(code="C1").update(salesperson=zoe)
    client = browser(zoe)
    assert "Élan" in typed(client, "elan")
    assert "Boulangerie" not in typed(client, "boulangerie")
    assert "Paquet" not in typed(client, "paquet")
    assert "FA-2026" not in typed(client, "fa20260042")
    assert "FA-2026" not in typed(client, "1234,50")
