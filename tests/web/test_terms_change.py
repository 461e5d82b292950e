"""Other terms: their effect is shown before they are kept, and they leave older invoices alone."""

from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client
from tests.services.given import AT, customer
from tests.services.people import BY
from tests.storage.opened import imported, invoices
from tests.web.views.pages import owned, text

from quittance import clock
from quittance.services.customers import change_customer, change_customers, undo_change
from quittance.storage.book import load_books
from quittance.storage.models import Company, Event
from quittance.storage.scope import see_companies
from quittance.web.terms_change import sign_of, start_in

pytestmark = pytest.mark.usefixtures("db")
LIST = "/c/lumiere/customers/"
TODAY = date(2026, 6, 1)
EFFECT = "Échu au 01/06/2026 : 1 200,00 € → 0,00 €"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def given() -> tuple[Client, Company, str]:
    client, company = owned()
    see_companies([company.pk])
    rows = ("C1;Élan;F1;05/01/2026;;1200,00", "C1;Élan;F2;10/06/2026;;300,00")
    imported(company, [invoices(*rows, "C2;Bo;F3;05/01/2026;04/02/2026;9,00")])
    return client, company, f"{LIST}{customer('C1', company).pk}/"


def plain(content: bytes) -> str:
    page = content.decode().replace("\xa0", " ").replace("\u202f", " ")
    return page.replace("’", "'").replace("&#x27;", "'")


def due(company: Company) -> dict[str, date]:
    found = load_books([company]).book.items.select("document", "due_date")
    return dict(found.iter_rows())


def test_a_card_shows_the_effect_first_and_keeps_the_terms_when_sent_again() -> None:
    client, company, path = given()
    sent = {"part": "follow", "version": 1, "terms": "170"}
    page = plain(client.post(f"{path}change", sent).content)
    assert "2 facture(s) changeraient d'échéance" in page
    assert EFFECT in page
    assert 'name="seen" value="170|"' in page
    assert customer("C1", company).terms == ""
    assert client.post(f"{path}change", {**sent, "terms": "160", "seen": "170|"}).status_code == 200
    assert customer("C1", company).terms == ""  # what was seen was of other terms
    assert client.post(f"{path}change", {**sent, "seen": "170|"}).status_code == 302
    assert customer("C1", company).terms == "170"


def test_later_terms_leave_the_invoices_issued_before_alone() -> None:
    client, company, path = given()
    one = customer("C1", company)
    change_customer(company.pk, one.pk, changes={"terms": "20"}, version=1, by=BY, at=AT)
    assert 'name="terms_from" value="2026-06-01"' in text(client, f"{path}?edit=follow")
    sent = {"part": "follow", "version": 2, "terms": "60", "terms_from": "2026-06-01",
            "seen": "60|2026-06-01"}  # fmt: skip
    assert client.post(f"{path}change", sent).status_code == 302
    assert customer("C1", company).terms == "20 THEN 60 FROM 2026-06-01"
    assert due(company)["F1"] == date(2026, 1, 25)
    assert due(company)["F2"] == date(2026, 8, 9)
    told = "20 jours, puis 60 jours pour ce qui est émis à compter du 01/06/2026"
    assert told in text(client, path)
    assert told in text(client, f"{path}history")


def test_many_customers_have_the_effect_shown_first_too() -> None:
    client, company, _ = given()
    ids = [customer(code, company).pk for code in ("C1", "C2")]
    sent = {"chosen": ids, "terms": "170", "terms_from": "", "next": LIST}
    page = plain(client.post(f"{LIST}change", sent).content)
    assert "Avant de changer les conditions" in page
    assert "Échu au 01/06/2026 : 1 209,00 € → 9,00 €" in page
    assert "2 clients sont concernés." in page
    assert f'name="chosen" value="{ids[1]}"' in page
    assert customer("C1", company).terms == ""
    assert client.post(f"{LIST}change", {**sent, "seen": "170|"}).status_code == 302
    assert customer("C1", company).terms == customer("C2", company).terms == "170"


def test_each_of_many_keeps_its_own_past_and_it_is_undone_whole() -> None:
    _client, company, _ = given()
    first, second = (customer(code, company).pk for code in ("C1", "C2"))
    change_customer(company.pk, first, changes={"terms": "20"}, version=1, by=BY, at=AT)
    done = change_customers(
        company.pk, [first, second], changes={"terms": "60", "segment": "A"}, by=BY, at=AT,
        terms_from=TODAY,
    )  # fmt: skip
    told = [customer(code, company).terms for code in ("C1", "C2")]
    assert told == ["20 THEN 60 FROM 2026-06-01", "60"]  # the second had the company's: assumed
    event = Event.objects.get(pk=done.event.pk)  # type: ignore[union-attr]
    assert event.after["customers"][str(first)] == {"terms": told[0], "segment": "A"}
    assert undo_change(company.pk, event.pk, by=BY, at=AT).restored == 2
    assert [customer(code, company).terms for code in ("C1", "C2")] == ["20", ""]


def test_all_that_the_filters_leave_stay_so_until_it_is_done() -> None:
    client, company, _ = given()
    sent = {"all": "1", "terms": "170", "terms_from": "", "next": f"{LIST}?q=elan"}
    page = plain(client.post(f"{LIST}change", sent).content)
    assert 'name="all" value="1"' in page
    assert 'name="chosen"' not in page
    assert client.post(f"{LIST}change", {**sent, "seen": "170|"}).status_code == 302
    assert [customer(code, company).terms for code in ("C1", "C2")] == ["170", ""]


def test_terms_entered_with_their_days_are_taken_as_they_are() -> None:
    _client, company, _ = given()
    one = customer("C1", company)
    for version, terms in ((1, "20"), (2, "30 THEN 60 FROM 2026-03-01")):
        change_customer(
            company.pk, one.pk, changes={"terms": terms}, version=version, by=BY, at=AT,
            terms_from=TODAY,
        )  # fmt: skip
        assert customer("C1", company).terms == terms


def test_terms_that_move_nothing_are_kept_at_once() -> None:
    client, company, _ = given()
    path = f"{LIST}{customer('C2', company).pk}/"
    assert client.post(f"{path}change", {"part": "follow", "version": 1, "terms": "60"}).headers[
        "Location"
    ]
    assert customer("C2", company).terms == "60"


def test_the_day_and_what_was_seen_are_read_as_they_were_sent() -> None:
    assert start_in(QueryDict("terms_from=2026-06-01")) == TODAY
    assert start_in(QueryDict("terms_from=soon")) is None
    assert sign_of(" 45  EOM ", QueryDict("terms_from=2026-06-01")) == "45 EOM|2026-06-01"
