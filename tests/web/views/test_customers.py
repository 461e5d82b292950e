"""The list of customers: filters, views, changes in number, undo, files, groups, own customers."""

import re
from types import SimpleNamespace
from typing import cast

import pytest
from django.test import Client, RequestFactory
from django.utils.http import url_has_allowed_host_and_scheme
from tests.services.given import BOOKS, customer
from tests.services.people import BY, NOW, joined, opened, user
from tests.storage.opened import imported, invoices
from tests.web.views.pages import browser, owned, text

from quittance.services.companies import form_group
from quittance.services.notes import write_note
from quittance.storage.models import Company, Customer, Event, Membership, SavedView
from quittance.storage.scope import see_companies
from quittance.web.desk import Desk
from quittance.web.views.customers import safe

pytestmark = pytest.mark.usefixtures("db")
PATH = "/c/lumiere/customers/"
DAY = "?as_of=2026-02-28"


def given() -> tuple[Client, Company]:
    client, company = owned()
    see_companies([company.pk])
    imported(company, [invoices(*BOOKS)])
    return client, company


def rows(page: str) -> list[str]:
    """The names in the first column."""
    return re.findall(r'<th scope="row" class="freeze[^"]*"><a href="[^"]*">([^<]*)</a>', page)


def test_the_list_says_who_owes_what_most_overdue_first() -> None:
    client, _ = given()
    page = text(client, PATH + DAY)
    assert rows(page) == ["Ville de Villeurbanne", "Boulangerie Martin", "Élan Événements"]
    assert "600,00" in page  # the total
    assert "Définition des colonnes" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=martin", ["Boulangerie Martin"]),
        ("q=elan", ["Élan Événements"]),
        ("q=c3", ["Ville de Villeurbanne"]),
        ("q=200,00", ["Boulangerie Martin"]),
        ("q=zzz", []),
        ("kind=public", ["Ville de Villeurbanne"]),
        ("segment=Export", ["Boulangerie Martin"]),
        ("group=Holding", ["Élan Événements"]),
        ("collector_code=none", ["Ville de Villeurbanne", "Boulangerie Martin"]),
        ("situation=overdue&sort=name", ["Boulangerie Martin", "Élan Événements",
                                         "Ville de Villeurbanne"]),
        ("situation=settled", []),
        ("notes=with", ["Boulangerie Martin"]),
        ("kind=public&q=martin", []),
    ],
)  # fmt: skip
def test_filters_and_words_narrow_the_list(asked: str, found: list[str]) -> None:
    client, company = given()
    ines = joined(company, "collector")
    Customer.objects.filter(code="C3").update(kind="public")
    Customer.objects.filter(code="C2").update(segment="Export")
    one = customer("C1", company)
    one.collector = ines
    one.group = one.company.customergroup_set.create(name="Holding")
    one.save()
    write_note(company.pk, customer("C2", company).pk, text="x", by=BY, at=NOW)
    assert rows(text(client, f"{PATH}{DAY}&{asked}")) == found


def change(client: Client, *codes: str, company: Company, **posted: str) -> str:
    chosen = [customer(code, company).pk for code in codes]
    answer = client.post(
        f"{PATH}change", {"chosen": chosen, "next": f"{PATH}{DAY}", **posted}, follow=True
    )
    assert answer.status_code == 200
    return text_of(answer.content)


def text_of(content: bytes) -> str:
    return content.decode().replace("’", "'").replace("\xa0", " ").replace("&#x27;", "'")


def test_a_selection_is_changed_and_put_back_from_the_toast() -> None:
    client, company = given()
    ines = joined(company, "collector")
    page = change(client, "C1", "C2", company=company, collector=str(ines.pk), segment="Export")
    assert "2 clients modifiés." in page
    event = Event.objects.get(action="customer.changed_together")
    undo = f"{PATH}undo/{event.pk}"
    assert f'action="{undo}"' in page
    assert customer("C1", company).segment == "Export"
    answer = client.post(undo, headers={"Referer": f"http://localhost{PATH}{DAY}"}, follow=True)
    assert answer.redirect_chain == [(PATH + DAY, 302)]
    assert "2 clients rétablis." in text_of(answer.content)
    assert customer("C1", company).segment == ""
    again = client.post(undo, follow=True)
    assert "Ce changement est déjà annulé" in text_of(again.content)


def test_every_filtered_row_is_changed_with_one_box() -> None:
    client, _ = given()
    posted = {"all": "1", "next": f"{PATH}{DAY}&q=martin", "terms": "45 EOM"}
    client.post(f"{PATH}change", posted)
    assert list(Customer.objects.filter(terms="45 EOM").values_list("code", flat=True)) == ["C2"]
    client.post(f"{PATH}change", {**posted, "next": PATH + DAY})
    assert Customer.objects.filter(terms="45 EOM").count() == 3


def test_a_field_is_emptied_only_when_asked_to() -> None:
    client, company = given()
    ines = joined(company, "collector")
    change(
        client, "C1", company=company, collector=str(ines.pk), segment="A", group="G", terms="60"
    )
    change(client, "C1", company=company, segment="")
    one = customer("C1", company)
    assert (one.segment, str(one.group), one.terms, one.collector_id) == ("A", "G", "60", ines.pk)
    posted = {"chosen": [one.pk], "clear": ["segment", "group", "terms"], "collector": "none"}
    client.post(f"{PATH}change", posted)
    one = customer("C1", company)
    assert (one.segment, one.group, one.terms, one.collector) == ("", None, "", None)


def test_nothing_ticked_and_terms_that_cannot_be_read_are_told() -> None:
    client, company = given()
    assert "Rien à changer" in change(client, company=company, segment="A")
    assert "Rien à changer" in change(client, "C1", company=company)
    assert "illisibles" in change(client, "C1", company=company, terms="bientôt")
    assert "l'avaient déjà" in change(client, "C1", company=company, clear="terms")


def test_a_customer_of_elsewhere_is_not_changed() -> None:
    client, _ = given()
    elsewhere = opened("ailleurs")
    see_companies([elsewhere.pk])
    imported(elsewhere, [invoices(*BOOKS)])
    foreign = Customer.objects.filter(company=elsewhere, code="C1").get().pk
    answer = client.post(f"{PATH}change", {"chosen": [foreign], "segment": "A"})
    assert answer.status_code == 404


def test_whoever_sees_only_own_customers_changes_only_those() -> None:
    client, company = given()
    manager = joined(company, "credit_manager")
    Customer.objects.filter(code="C1").update(collector=manager)
    Membership.objects.filter(user=manager).update(scope="own")
    client = browser(manager)
    mine, other = customer("C1", company).pk, customer("C2", company).pk
    refused = client.post(f"{PATH}change", {"chosen": [mine, other], "segment": "A"})
    assert refused.status_code == 404
    assert client.post(f"{PATH}change", {"chosen": [mine], "segment": "A"}).status_code == 302
    assert [customer(code, company).segment for code in ("C1", "C2")] == ["A", ""]


def test_a_view_is_kept_under_a_name_shown_and_forgotten() -> None:
    client, company = given()
    asked = f"{PATH}{DAY}&kind=business&sort=-balance_minor"
    client.post(f"{PATH}views/keep", {"name": "Mes clés", "next": asked})
    view = SavedView.objects.get()
    assert view.query == "kind=business&sort=-balance_minor"
    page = text(client, f"{PATH}?{view.query}")
    assert 'href="?kind=business&amp;sort=-balance_minor" aria-current="true">Mes clés' in page
    assert 'aria-current="true">Mes clés' not in text(client, PATH)
    client.post(f"{PATH}views/drop", {"view": view.pk, "next": PATH})
    assert not SavedView.objects.exists()
    told = client.post(f"{PATH}views/keep", {"name": " ", "next": asked}, follow=True)
    assert "Une vue a un nom" in text_of(told.content)
    assert company.pk


def test_files_hold_every_row_and_every_column() -> None:
    client, _ = given()
    answer = client.get(f"{PATH}{DAY}&format=csv&q=martin")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len([line for line in lines if "Boulangerie Martin" in line]) == 1
    assert not [line for line in lines if "Villeurbanne" in line]
    assert "Situation" in lines[0]
    workbook = client.get(f"{PATH}{DAY}&format=xlsx")
    assert workbook.content.startswith(b"PK")


def test_who_sells_sees_own_customers_ticks_none_and_takes_no_file_away() -> None:
    _, company = given()
    zoe = joined(company, "sales", "own")
    Customer.objects.filter(code="C2").update(salesperson=zoe)
    client = browser(zoe)
    page = text(client, PATH + DAY)
    assert rows(page) == ["Boulangerie Martin"]
    assert 'name="chosen"' not in page
    assert "format=csv" not in page
    assert client.get(f"{PATH}{DAY}&format=csv").headers["Content-Type"].startswith("text/html")
    assert client.post(f"{PATH}change", {"segment": "A"}).status_code == 404


def test_companies_are_seen_together_each_customer_leading_home() -> None:
    owner = user("owner@two.example", name="Ann")
    one, other = opened("un", owner), opened("deux", owner)
    for company, row in ((one, BOOKS[0]), (other, BOOKS[1])):
        see_companies([company.pk])
        imported(company, [invoices(row)])
    form_group("ensemble", "Ensemble", companies=[one.pk, other.pk], by=BY, now=NOW)
    client = browser(owner)
    page = text(client, f"/g/ensemble/customers/{DAY}")
    assert rows(page) == ["Boulangerie Martin", "Élan Événements"]
    see_companies([other.pk])
    pk = Customer.objects.get(company=other).pk
    assert f'href="/c/deux/customers/{pk}/?as_of=2026-02-28"' in page
    assert rows(text(client, f"/g/ensemble/customers/{DAY}&company=Un")) == ["Élan Événements"]
    assert "Garder cette vue" not in page
    assert 'name="chosen"' not in page


def test_an_empty_company_says_how_customers_come() -> None:
    client, _ = owned()
    assert "les clients en naissent" in text(client, PATH)


def test_the_list_is_said_in_english_too() -> None:
    client, _ = given()
    client.cookies["language"] = "en"
    page = text(client, PATH + DAY)
    assert "Who owes what" in page
    assert "Past due" in page


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "///evil.example", "/a"])
def test_the_way_back_stays_here(path: str) -> None:
    request = RequestFactory().post("/", SERVER_NAME="localhost")
    desk = cast("Desk", SimpleNamespace(request=request, url=lambda name: f"/{name}"))
    back = safe(desk, f"http://localhost{path}")
    assert back in ("/evil.example", "/a")
    assert url_has_allowed_host_and_scheme(back, None)
    for elsewhere in ("http://localhost.evil.example/", "https://evil.example/", ""):
        assert safe(desk, elsewhere) == "/customers"
