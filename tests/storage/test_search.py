"""What the search of everything finds, on a real record."""

from datetime import UTC, datetime

import pytest
from tests.services.given import AT, company_with_books, customer
from tests.services.people import BY, joined

from quittance.services.contacts import add_contact, change_contact, remove_contact
from quittance.services.customers import change_customer
from quittance.storage.access import enter_company, visible_codes
from quittance.storage.book import Books, load_books
from quittance.storage.models import Company, Contact
from quittance.storage.search import (
    amounts_found,
    contact_text,
    contacts_found,
    customers_found,
    documents_found,
)

pytestmark = pytest.mark.usefixtures("db")
ROWS = (
    "C1;Élan Événements;FA-2026-0041;05/01/2026;04/02/2026;100,00",
    "C2;Boulangerie Martin;FA-2026-0141;06/01/2026;05/02/2026;1234,50",
    "C3;Œnothèque Perrache;AV 41;07/01/2026;06/02/2026;-300,00",
)


def books(company: Company) -> Books:
    return load_books([company])


def names(company: Company, text: str) -> list[str]:
    return customers_found(books(company), text, largest=5)["name"].to_list()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("elan", "Élan Événements"),
        ("ÉVÉNEMENTS", "Élan Événements"),
        ("boulangrie", "Boulangerie Martin"),
        ("oenotheque", "Œnothèque Perrache"),
        ("Œnoteque", "Œnothèque Perrache"),
        ("c2", "Boulangerie Martin"),
        ("martin boulangerie", "Boulangerie Martin"),
    ],
)
def test_customers_are_found_with_typos_and_without_accents(text: str, name: str) -> None:
    assert names(company_with_books("essai", *ROWS), text) == [name]


def test_an_identifier_is_found_as_soon_as_it_is_set() -> None:
    company = company_with_books("essai", *ROWS)
    assert names(company, "732 829 320") == []
    change_customer(
        company.pk, customer("C2", company).pk, changes={"siret": "732 829 320 00074"},
        version=1, by=BY, at=AT,
    )  # fmt: skip
    assert names(company, "732 829 320") == ["Boulangerie Martin"]
    assert names(company, "73282932000074") == ["Boulangerie Martin"]


def test_documents_are_found_by_their_end_their_beginning_or_inside() -> None:
    company = company_with_books("essai", *ROWS)

    def documents(text: str) -> list[str]:
        return documents_found(books(company), text, largest=5)["document"].to_list()

    assert documents("fa-2026-0041") == ["FA-2026-0041"]
    assert documents("20260141") == ["FA-2026-0141"]
    assert documents("AV41") == ["AV 41"]
    assert documents("2026") == ["FA-2026-0141", "FA-2026-0041"]  # the newer first
    assert documents("0041") == ["FA-2026-0041"]
    assert documents("FA-2026-041") == ["FA-2026-0041"]  # but for its zeros
    assert documents("41") == []  # too short to mean anything
    assert documents("martin") == []


def test_documents_come_with_who_owes_them() -> None:
    company = company_with_books("essai", *ROWS)
    row = documents_found(books(company), "fa-2026-0041", largest=5).row(0, named=True)
    assert (row["name"], row["customer_id"]) == ("Élan Événements", customer("C1", company).pk)


def test_an_amount_finds_the_items_that_have_it_whatever_their_sign() -> None:
    company = company_with_books("essai", *ROWS)
    assert amounts_found(books(company), 1_234_500, largest=5)["document"].to_list() == [
        "FA-2026-0141"
    ]
    assert amounts_found(books(company), 300_000, largest=5)["document"].to_list() == ["AV 41"]
    assert amounts_found(books(company), 0, largest=5).is_empty()


def test_contacts_are_found_by_name_mail_and_telephone_and_no_more_when_removed() -> None:
    company = company_with_books("essai", *ROWS)
    entered = {"name": "Zoé Paquet", "email": "zoe@martin.example", "phone": "01 42 68 53 00"}
    contact = add_contact(company.pk, customer("C2", company).pk, entered=entered, by=BY, at=AT)

    def found(text: str) -> list[str]:
        return contacts_found(books(company), text, largest=5)["contact"].to_list()

    assert found("zoe paqet") == ["Zoé Paquet"]
    assert found("0142685300") == found("+33 1 42 68 53 00") == ["Zoé Paquet"]
    assert found("martin.example") == ["Zoé Paquet"]
    changed = change_contact(
        company.pk, contact.pk, entered={"name": "Léa Roy"}, version=1, by=BY, at=AT
    )
    assert (found("paquet"), found("lea roy")) == ([], ["Léa Roy"])
    remove_contact(company.pk, changed.pk, by=BY, at=AT)
    assert found("lea roy") == []


def test_a_restricted_user_finds_only_the_portfolio() -> None:
    company = company_with_books("essai", *ROWS)
    ines = joined(company, "collector", "own")
    mine, other = customer("C1", company), customer("C2", company)
    mine.collector = ines
    mine.save()
    for one in (*[other] * 6, mine):  # the others' would fill the list first
        Contact.objects.create(company=company, customer=one, name="Léa Roy")
    access = enter_company(ines, company.slug)
    seen = load_books(access.companies, codes=visible_codes(access))
    assert customers_found(seen, "martin", largest=5).is_empty()
    assert customers_found(seen, "elan", largest=5)["name"].to_list() == ["Élan Événements"]
    assert contacts_found(seen, "lea", largest=5)["customer_id"].to_list() == [mine.pk]
    assert documents_found(seen, "FA-2026", largest=5)["document"].to_list() == ["FA-2026-0041"]
    assert amounts_found(seen, 1_234_500, largest=5).is_empty()


def test_several_companies_are_searched_together() -> None:
    one, other = company_with_books("un", *ROWS), company_with_books("deux", *ROWS[:1])
    from quittance.storage.scope import see_companies

    see_companies([one.pk, other.pk])
    both = load_books([one, other])
    found = customers_found(both, "elan", largest=5)
    assert sorted(found["company_id"]) == sorted([one.pk, other.pk])
    assert datetime(2026, 10, 1, tzinfo=UTC) < AT


def test_a_telephone_is_dialled_from_home_and_from_abroad() -> None:
    assert (
        contact_text("Zoé", "", email="", phone="+33123456789;ext=12")
        == "zoe 33123456789 0123456789"
    )
    assert contact_text("Zoé", "", email="", phone="+3225551212") == "zoe 3225551212"
