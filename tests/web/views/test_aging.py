import pytest
from tests.storage.opened import imported, lumiere
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
