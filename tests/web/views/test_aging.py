import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from tests.storage.opened import AT, imported, invoices, lumiere
from tests.web.views.pages import owned, text

from quittance.storage.models import Customer
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")
DAY = "as_of=2026-09-30"


def test_the_screen_shows_what_the_command_line_prints() -> None:
    client, company = owned()
    imported(company, lumiere())
    page = text(client, f"/c/lumiere/aging/?{DAY}")
    from datetime import date

    from quittance.core.aging import aging
    from quittance.core.money import money_text
    from quittance.storage.book import load_books

    see_companies([company.pk])
    rows = aging(load_books([company]).book, date(2026, 9, 30))
    total = money_text(int(rows["balance_minor"].sum()), "EUR", lang="fr")
    assert total.replace("\xa0", " ").replace("\u202f", " ").removesuffix(" €") in page
    assert str(rows["name"][0]) in page


def test_it_is_summed_by_portfolio_and_opens_onto_it() -> None:
    client, company = owned()
    imported(company, lumiere())
    see_companies([company.pk])
    first, *_ = Customer.objects.order_by("pk")
    Customer.objects.exclude(pk=first.pk).update(segment="")
    Customer.objects.filter(pk=first.pk).update(segment="grands comptes")
    from quittance.storage import book

    book.shelf.clear()
    page = text(client, f"/c/lumiere/aging/?by=segment&{DAY}")
    assert "grands comptes" in page
    assert "(aucun)" in page
    inside = text(client, f"/c/lumiere/aging/?segment=grands+comptes&{DAY}")
    assert first.name.split()[0] in inside


def test_bucket_edges_and_files_follow_the_address() -> None:
    client, company = owned()
    imported(company, lumiere())
    assert "1–15 j" in text(client, f"/c/lumiere/aging/?buckets=15,45&{DAY}")
    assert "1–30 j" in text(client, f"/c/lumiere/aging/?buckets=45,15&{DAY}")
    answer = client.get(f"/c/lumiere/aging/?format=csv&{DAY}")
    assert answer.headers["Content-Type"].startswith("text/csv")


def test_a_row_opens_onto_the_items_that_make_it() -> None:
    client, company = owned()
    imported(company, lumiere())
    see_companies([company.pk])
    one = Customer.objects.order_by("pk").first()
    assert one is not None
    assert one.name in text(client, f"/c/lumiere/aging/{one.pk}/?{DAY}")
    assert client.get("/c/lumiere/aging/999999/").status_code == 404


def test_what_was_known_on_a_day_is_another_view() -> None:
    client, company = owned()
    imported(company, lumiere())
    page = text(client, f"/c/lumiere/aging/?known=2020-01-01&{DAY}")
    assert "Tel qu'on le savait le" in page
    assert "Aucun compte client à cette date" in page


def bare(client: Client, path: str) -> str:
    """A part of a page, as it is read."""
    return text(client, f"/c/lumiere/aging/rows/?{DAY}&{path}")


def test_a_row_opens_in_place_onto_its_customers_and_these_onto_their_items() -> None:
    client, company = owned()
    imported(company, lumiere())
    see_companies([company.pk])
    first, *_ = Customer.objects.order_by("pk")
    Customer.objects.filter(pk=first.pk).update(segment="grands comptes")
    from quittance.storage import book

    book.shelf.clear()
    page = text(client, f"/c/lumiere/aging/?by=segment&{DAY}")
    (more,) = re.findall(r'data-more="[^"]*/rows/\?([^"]*of=grands[^"]*)"', page)
    customers = bare(client, unescape(more).replace(f"{DAY}&", ""))
    assert first.name in customers
    assert customers.count("<tr") == 1
    assert 'data-level="1"' in customers
    (deeper,) = re.findall(r'data-more="[^"]*/rows/\?([^"]*)"', customers)
    items = bare(client, unescape(deeper))
    assert 'data-level="2"' in items
    assert "/invoices/" in items
    columns = page.split("<thead")[1].split("</thead>")[0].count("<th scope")
    assert items.count("</th>") + items.count("</td>") == columns * items.count("<tr")


def test_many_rows_lead_to_the_screen_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    from quittance.web.views import aging as views

    monkeypatch.setattr(views, "SHOWN_BELOW", 2)
    client, company = owned()
    imported(company, lumiere())
    rows = bare(client, "by=currency&of=EUR")
    assert rows.count("<tr") == 3
    assert "lignes" in rows
    assert client.get("/c/lumiere/aging/rows/?customer=99999999").status_code == 404
    assert client.get("/c/lumiere/aging/rows/?customer=x").status_code == 404


def test_several_currencies_have_a_total_with_its_rates() -> None:
    client, company = owned()
    head = b"client;nom;facture;date;montant;devise\n"
    dollars = ("dollars.csv", head + b"C1;Alpha;F9;05/01/2026;100,00;USD\n")
    imported(company, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00"), dollars])
    page = text(client, f"/c/lumiere/aging/?{DAY}")
    assert "Il manque le cours USD" in page
    rates = ("eurofxref-hist.csv", b"Date,USD\n2026-09-30,1.2500\n2026-09-29,1.2400\n")
    imported(company, [rates], at=AT + timedelta(days=1))
    page = text(client, f"/c/lumiere/aging/?{DAY}")
    assert "180,00 €" in page
    assert "1 EUR = 1,25 USD" in page
