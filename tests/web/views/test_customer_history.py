"""The timeline of a card: everything, some kinds, page by page."""

import re

import pytest
from tests.services.given import AT, LATER, customer
from tests.services.people import BY
from tests.storage.opened import imported, invoices
from tests.web.views.pages import owned, text

from quittance.services.contacts import add_contact
from quittance.services.customers import change_customer, change_customers, undo_change
from quittance.services.notes import withdraw_note, write_note
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")
DAY = "as_of=2026-10-01"


def titles(page: str) -> list[str]:
    lines = re.findall(r'<div class="what"><span>(.*?)</span>', page, re.DOTALL)
    return [re.sub(r"<span.*|<[^>]+>", "", one).strip() for one in lines]


def test_everything_that_happened_is_told_newest_first_and_can_be_filtered() -> None:
    client, company = owned()
    see_companies([company.pk])
    imported(
        company, [invoices("C1;Élan;F1;05/01/2026;04/02/2026;100,00", "C2;B;F2;05/01/2026;;9")]
    )
    pk, other = customer("C1", company).pk, customer("C2", company).pk
    change_customer(company.pk, pk, changes={"terms": "45 EOM"}, version=1, by=BY, at=AT)
    done = change_customers(company.pk, [pk, other], changes={"segment": "A"}, by=BY, at=AT)
    assert done.event is not None
    undo_change(company.pk, done.event.pk, by=BY, at=AT)
    add_contact(company.pk, pk, entered={"name": "Zoé"}, by=BY, at=AT)
    kept = write_note(company.pk, pk, text="Promis vendredi.", by=BY, at=AT)
    gone = write_note(company.pk, pk, text="Se tromper.", by=BY, at=AT)
    withdraw_note(company.pk, gone.pk, by=BY, at=AT)
    path = f"/c/lumiere/customers/{pk}/history?{DAY}"
    page = text(client, path)
    assert titles(page) == [
        "Note retirée", "Note", "Note", "Contact ajouté", "Modification annulée",
        "Fiche modifiée avec d'autres", "Fiche modifiée", "Facture F1",
    ]  # fmt: skip
    assert "Conditions : rien → 45 EOM" in page
    assert "Segment : rien → A" in page
    assert "Segment : A → rien" in page
    assert "Promis vendredi." in page
    assert "Se tromper." not in page
    assert "F2" not in page
    assert titles(text(client, f"{path}&kind=invoices")) == ["Facture F1"]
    assert titles(text(client, f"{path}&kind=notes&kind=invoices"))[-1] == "Facture F1"
    assert kept.pk
    assert titles(text(client, f"{path}&kind=martian")) == titles(page)


def test_a_long_history_has_pages() -> None:
    client, company = owned()
    see_companies([company.pk])
    rows = [f"C1;Élan;F{n:03};{1 + n % 28:02}/01/2026;;1,00" for n in range(60)]
    imported(company, [invoices(*rows)])
    path = f"/c/lumiere/customers/{customer('C1', company).pk}/history?{DAY}"
    first, second = text(client, path), text(client, f"{path}&page=2")
    assert (len(titles(first)), len(titles(second))) == (50, 10)
    assert not set(titles(first)) & set(titles(second))
    assert "1–50 sur 60" in first


def test_what_people_did_after_the_books_stopped_is_told() -> None:
    client, company = owned()
    see_companies([company.pk])
    imported(company, [invoices("C1;Élan;F1;05/01/2026;04/02/2026;100,00")])
    pk = customer("C1", company).pk
    write_note(company.pk, pk, text="Appelé.", by=BY, at=AT)
    change_customer(company.pk, pk, changes={"segment": "A"}, version=1, by=BY, at=LATER)
    path = f"/c/lumiere/customers/{pk}/history"
    everything = ["Fiche modifiée", "Note", "Facture F1"]
    assert titles(text(client, path)) == everything
    assert titles(text(client, f"{path}?as_of=2026-01-05")) == everything
    assert titles(text(client, f"{path}?as_of=2026-01-04")) == everything[:2]
    assert titles(text(client, f"{path}?known=2026-10-01")) == everything[1:]
    assert titles(text(client, f"{path}?known=2026-09-30")) == []
