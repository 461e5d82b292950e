"""Facts and notes of a customer's card."""

import pytest
from tests.services.given import AT, company_with_books, customer
from tests.services.people import BY, joined

from quittance.services.customers import change_customer
from quittance.services.journal import Actor
from quittance.services.notes import write_note
from quittance.web.customer_parts import facts_of, grouped, notes_shown

pytestmark = pytest.mark.usefixtures("db")


def test_what_is_known_is_told_what_is_not_is_named() -> None:
    company = company_with_books()
    change_customer(
        company.pk, customer("C1", company).pk,
        changes={"siren": "732829320", "language": "en", "kind": "public"},
        version=1, by=BY, at=AT,
    )  # fmt: skip
    facts = facts_of(customer("C1", company), "fr")
    known = {one.label: (one.value.replace("\xa0", " "), one.is_held)
             for one in facts["identity"].known}  # fmt: skip
    assert known == {
        "Nom": ("Élan Événements", False), "Nature": ("organisme public", True),
        "SIREN": ("732 829 320", True), "Pays": ("FR", False), "Langue": ("anglais", True),
    }  # fmt: skip
    assert facts["identity"].unknown == ("SIRET", "N° de TVA", "IBAN")
    told = (("kind", "Nature"), ("siren", "SIREN"), ("language", "Langue"))
    assert facts["identity"].held == told  # what an import would tell otherwise


def test_terms_of_the_company_stand_where_the_customer_has_none() -> None:
    company = company_with_books()
    follow = facts_of(customer("C1", company), "en")["follow"]
    (known,) = [(one.label, one.value) for one in follow.known]
    assert known == ("Terms", "30 days (the company's)")
    assert follow.held == ()
    assert follow.unknown == ("Collector", "Salesperson", "Segment", "Group")


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("siren", "732829320", "732 829 320"),
        ("siret", "73282932000074", "732 829 320 00074"),
        ("iban", "FR7630006000011234567890189", "FR76 3000 6000 0112 3456 7890 189"),
        ("vat", "FR44732829320", "FR44732829320"),
    ],
)
def test_identifiers_are_set_in_groups(name: str, text: str, shown: str) -> None:
    assert grouped(name, text).replace("\xa0", " ") == shown


def test_notes_say_who_wrote_and_whom_they_call_on() -> None:
    company = company_with_books()
    ines = joined(company, "collector")
    me = Actor("Inès", "test", ines.pk)
    pk = customer("C1", company).pk
    write_note(company.pk, pk, text="Vu avec @Camille Morel", by=me, at=AT)
    (note,) = notes_shown(customer("C1", company))
    assert (note.author, note.author_id, note.called) == (
        "collector all", ines.pk, ("Camille Morel",),
    )  # fmt: skip
