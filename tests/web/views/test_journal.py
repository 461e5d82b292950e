"""The screens of the journal."""

import json
import re

import pytest
from django.test import Client
from tests.services.people import BY, NOW, joined
from tests.storage.opened import imported, invoices
from tests.web.views.pages import browser, owned, text

from quittance.core.chain import event_of, walk
from quittance.services.journal import Subject, journal
from quittance.storage.models import Company, Customer, Event
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def place() -> tuple[Client, Company]:
    client, company = owned()
    see_companies([company.pk])
    imported(company, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;1 100,00")])
    return client, company


def test_the_events_are_listed_and_filtered(place: tuple[Client, Company]) -> None:
    client, _ = place
    page = text(client, "/c/lumiere/journal/")
    assert "import appliqué" in page
    assert "société ouverte" in page
    one = text(client, "/c/lumiere/journal/?action=import.applied")
    assert "1 ligne" in one
    assert "Aucun événement" in text(client, "/c/lumiere/journal/?from=2030-01-01")
    assert "3 lignes" in text(client, "/c/lumiere/journal/?from=2026-10-01&to=2026-10-01")
    assert "Aucun événement" in text(client, "/c/lumiere/journal/?customer_id=999")
    assert client.get("/c/lumiere/journal/?from=never&customer_id=x").status_code == 200


def test_one_event_shows_what_it_changed_and_its_place_in_the_chain(
    place: tuple[Client, Company],
) -> None:
    client, company = place
    see_companies([company.pk])
    event = Event.objects.get(action="import.applied")
    page = text(client, f"/c/lumiere/journal/{event.position}/")
    for said in (
        event.hash,
        event.previous_hash,
        "Solde · EUR",
        "1 100,00 €",
        "factures.csv",
        "Nouveau · facture",
    ):
        assert said in page
    assert client.get("/c/lumiere/journal/99/").status_code == 404


def test_the_proof_gives_the_hash_to_note_and_takes_one_noted(
    place: tuple[Client, Company],
) -> None:
    client, company = place
    see_companies([company.pk])
    head = Event.objects.latest("position").hash
    page = text(client, "/c/lumiere/journal/proof")
    assert "Le journal tient" in page
    assert head in page
    assert "Le journal tient" in text(client, f"/c/lumiere/journal/proof?head={head}")
    assert "manquent à la fin" in text(client, f"/c/lumiere/journal/proof?head={'0' * 64}")


def test_the_export_is_verified_elsewhere(place: tuple[Client, Company]) -> None:
    client, _ = place
    answer = client.get("/c/lumiere/journal/export")
    assert answer.headers["Content-Disposition"].endswith('.jsonl"')
    lines = answer.content.decode().splitlines()
    assert [json.loads(line)["position"] for line in lines] == [1, 2, 3]
    assert walk(map(event_of, lines)).breaks == ()
    assert client.get("/c/lumiere/journal/?format=csv").content.decode().count("\n") == 4


def test_the_journal_of_another_company_is_not_there(place: tuple[Client, Company]) -> None:
    stranger, _ = owned("autre")
    for path in ("", "proof", "export", "1/"):
        assert stranger.get(f"/c/lumiere/journal/{path}").status_code == 404
    assert "factures.csv" not in text(stranger, "/c/autre/journal/")


def test_a_change_in_number_and_a_matching_are_undone_from_their_event() -> None:
    client, company = owned()
    see_companies([company.pk])
    imported(company, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;1 100,00")])
    alpha = Customer.objects.get(company=company)
    client.post(
        "/c/lumiere/customers/change",
        {
            "chosen": [alpha.pk],
            "field": "segment",
            "value": "grands comptes",
            "segment": "grands comptes",
        },
    )
    see_companies([company.pk])
    event = Event.objects.latest("position")
    assert event.action == "customer.changed_together"
    path = f"/c/lumiere/journal/{event.position}/"
    page = text(client, path)
    assert "C1 · Alpha · Segment" in page
    asked = re.search(r'action="([^"]+/undo/[^"]*)"', page)
    assert asked
    assert client.post(asked[1], headers={"Referer": path}).status_code == 302
    see_companies([company.pk])
    assert Customer.objects.get(pk=alpha.pk).segment == ""
    assert "/undo/" not in text(client, f"/c/lumiere/journal/{event.position + 1}/")


def test_who_may_not_undo_is_not_offered_it(place: tuple[Client, Company]) -> None:
    _, company = place
    event = journal(
        company.pk, "allocation.undone", by=BY, at=NOW, subject=Subject("customer"),
        before={"allocations": []},
    )  # fmt: skip
    path = f"/c/lumiere/journal/{event.position}/"
    assert f"payments/restore/{event.pk}/" in text(browser(joined(company, "credit_manager")), path)
    assert "payments/restore" not in text(browser(joined(company, "auditor")), path)
