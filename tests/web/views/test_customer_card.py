"""A customer's card: what each part shows, on which day, with what was known."""

import pytest
from django.test import Client
from tests.services.given import AT, LATER, customer
from tests.services.people import BY, joined
from tests.storage.opened import imported, invoices
from tests.web.views.pages import browser, owned, text

from quittance.services.contacts import add_contact
from quittance.services.customers import change_customer
from quittance.services.notes import write_note
from quittance.storage.models import Company, Customer
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")
ROWS = (
    "C1;Élan Événements;F1;05/01/2026;04/02/2026;1000,00",
    "C1;Élan Événements;F2;06/02/2026;08/03/2026;500,00",
    "C2;Boulangerie Martin;F3;06/01/2026;05/02/2026;200,00",
)
PAYMENTS = "client;facture;date de règlement;montant\nC1;F1;24/02/2026;400,00\n"
DAY = "as_of=2026-03-31"


def given() -> tuple[Client, Company, str]:
    client, company = owned()
    see_companies([company.pk])
    imported(company, [invoices(*ROWS), ("reglements.csv", PAYMENTS.encode())], at=AT)
    return client, company, f"/c/lumiere/customers/{customer('C1', company).pk}/"


def test_the_card_opens_on_what_is_owed_and_each_figure_leads_to_its_rows() -> None:
    client, _, path = given()
    page = text(client, f"{path}?{DAY}")
    for told in ("1 100,00 €", "55 jours de retard", "20 j", "F2", "Solde et échu à chaque fin"):
        assert told in page, told
    for part in ("account", "behaviour", "charges", "history", "documents"):
        assert f'href="{path}{part}?{DAY}"' in page
    assert "Σ débits − Σ crédits" in page
    assert "F3" not in page


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("account", ("F1", "règlement", "Solde progressif", "1 100,00")),
        ("behaviour", ("Retard de chaque règlement", "<circle", "16–30 j", "F1")),
        ("charges", ("40,00", "12,15 %", "L441-10 II", "L110-4", "04/02/2031")),
        ("history", ("Facture F1", "Règlement F1", "Factures et avoirs")),
        ("documents", ("factures.csv", "reglements.csv")),
    ],
)
def test_each_part_shows_its_rows(part: str, told: tuple[str, ...]) -> None:
    client, _, path = given()
    page = text(client, f"{path}{part}?{DAY}")
    assert [one for one in told if one not in page] == []


def test_the_computation_of_a_charge_is_one_click_away() -> None:
    client, _, path = given()
    page = text(client, f"{path}charges?{DAY}")
    assert "segments.q=F1#table-segments" in page
    narrowed = text(client, f"{path}charges?{DAY}&segments.q=F2")
    segments = narrowed.split('id="table-segments"')[1].split('id="table-lapsing"')[0]
    assert "F2" in segments
    assert ">F1<" not in segments


@pytest.mark.parametrize(
    ("part", "table", "told"),
    [
        ("", "open", "F2"), ("account", "account", "400,00"), ("behaviour", "settled", "F1"),
        ("charges", "due", "F1"), ("charges", "segments", "L441-10"),
        ("charges", "lapsing", "L110-4"),
    ],
)  # fmt: skip
def test_every_table_is_a_file_too(part: str, table: str, told: str) -> None:
    client, company, path = given()
    asked = f"{path}{part}?{DAY}&format=csv&table={table}"
    answer = client.get(asked)
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert told in answer.content.decode()
    sales = browser(joined(company, "sales"))
    assert sales.get(asked).headers["Content-Type"].startswith("text/html")


def test_what_was_known_on_a_day_is_shown_as_it_was_and_cannot_be_changed() -> None:
    client, company, path = given()
    later = invoices("C1;Élan Événements;F1;05/01/2026;04/02/2026;1500,00", name="b.csv")
    imported(company, [later], at=LATER)
    assert "1 600,00 €" in text(client, f"{path}?{DAY}")
    page = text(client, f"{path}?{DAY}&known=2026-10-01")
    assert "1 100,00 €" in page
    assert "Voici ce que le dossier savait" in page
    assert "Modifier" not in page
    assert "Écrire une note" not in page
    assert "1 600,00 €" in text(client, f"{path}?{DAY}&known=2026-10-02")
    before = text(client, f"{path}?known=2025-01-01")
    assert "Rien n'était connu" in before
    for part in ("account", "behaviour", "charges", "history", "documents"):
        assert client.get(f"{path}{part}?known=2026-10-01").status_code == 200


def test_what_was_written_later_is_not_in_what_was_known() -> None:
    client, company, path = given()
    one = customer("C1", company)
    late = {"by": BY, "at": LATER}
    write_note(company.pk, one.pk, text="Su le premier.", by=BY, at=AT)
    write_note(company.pk, one.pk, text="Su le deux.", **late)  # type: ignore[arg-type]
    add_contact(company.pk, one.pk, entered={"name": "Zoé Tardive"}, **late)  # type: ignore[arg-type]
    changes = {"siren": "732829320", "segment": "Tardif"}
    change_customer(company.pk, one.pk, changes=changes, version=one.version, **late)  # type: ignore[arg-type]
    page = text(client, f"{path}?known=2026-10-01")
    assert "Su le premier." in page
    for said in ("Su le deux.", "Zoé Tardive", "732 829 320", "Tardif", "Tel qu'on le savait"):
        assert said not in page, said
    assert "Aucun contact n'était connu." in page
    assert page.count('data-tone="warning"') + page.count('data-tone="info"') == 1
    later = text(client, f"{path}?known=2026-10-02")
    for said in ("Su le deux.", "Zoé Tardive", "732 829 320", "Tardif"):
        assert said in later, said


def test_due_dates_of_the_past_follow_the_terms_of_then() -> None:
    client, company = owned()
    see_companies([company.pk])
    imported(company, [invoices("C1;Élan;F1;05/01/2026;;100,00")])
    one = customer("C1", company)
    change_customer(company.pk, one.pk, changes={"terms": "60"}, version=1, by=BY, at=LATER)
    path = f"/c/lumiere/customers/{one.pk}/?{DAY}"
    assert "04/02/2026" in text(client, f"{path}&known=2026-10-01")
    assert "06/03/2026" in text(client, f"{path}&known=2026-10-02")


def test_what_an_import_may_have_changed_since_is_not_shown_and_the_page_says_so() -> None:
    client, company, path = given()
    told = "client;nom;siren;segment\nC1;Élan Événements;732829320;Salons\n"
    imported(company, [("clients.csv", told.encode())], at=LATER)
    page = text(client, f"{path}?known=2026-10-01")
    assert "Un import a pu changer depuis, et n'est donc pas montré : Nom, " in page
    assert "732 829 320" not in page
    assert "Salons" not in page
    assert "Salons" in text(client, f"{path}?known=2026-10-02")


def test_before_anything_was_known_the_page_says_so() -> None:
    client, _company, path = given()
    page = text(client, f"{path}?known=2025-01-01")
    assert "Il ne savait encore rien de ce client." in page
    assert "Aucune facture ni aucun règlement de ce client n'était enregistré" in page
    assert "soldées" not in page


def test_terms_decide_of_due_dates_at_once() -> None:
    client, company = owned()
    see_companies([company.pk])
    imported(company, [invoices("C1;Élan;F1;05/01/2026;;100,00")])
    one = customer("C1", company)
    path = f"/c/lumiere/customers/{one.pk}/?{DAY}"
    assert "04/02/2026" in text(client, path)
    change_customer(company.pk, one.pk, changes={"terms": "60"}, version=1, by=BY, at=AT)
    assert "06/03/2026" in text(client, path)


def test_who_is_kept_to_own_customers_opens_those_alone() -> None:
    _, company, path = given()
    zoe = joined(company, "sales", "own")
    client = browser(zoe)
    assert client.get(path).status_code == 404
    Customer.objects.filter(code="C1").update(salesperson=zoe)
    page = text(client, path)
    assert "Élan Événements" in page
    assert "Modifier" not in page  # a salesperson reads and comments
    assert "Écrire une note" in page


def test_a_card_is_of_one_company() -> None:
    client, _, path = given()
    assert client.get(path.replace("/c/lumiere/", "/c/autre/")).status_code == 404
    assert client.get("/c/lumiere/customers/999999999/").status_code == 404


def test_the_card_is_said_in_english_too() -> None:
    client, _, path = given()
    client.cookies["language"] = "en"
    for part, told in (("", "Open items"), ("behaviour", "Mean delay"),
                       ("charges", "Limitation"), ("history", "Invoice F1")):  # fmt: skip
        assert told in text(client, f"{path}{part}?{DAY}"), part
