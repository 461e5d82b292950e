"""Books that stop long before the day of the view: said, and never taken for the present."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.services.people import BY, NOW, joined, opened
from tests.storage.opened import imported, invoices
from tests.web.views.pages import browser, owned, text

from quittance import clock
from quittance.services.companies import form_group
from quittance.storage.models import Company, User

pytestmark = pytest.mark.usefixtures("db")
LAST, TODAY = date(2026, 9, 1), date(2026, 11, 24)
SCREENS = ("", "aging/", "customers/", "invoices/", "payments/")
STOP = "Les livres s'arrêtent au 01/09/2026 : importez-en la suite."


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def owner() -> Client:
    found, company = owned()
    listed(company, LAST)
    return found


def listed(company: Company, day: date) -> None:
    due = day + timedelta(days=30)
    imported(company, [invoices(f"C1;Élan SAS;F1;{day};{due};1200,00")])


def test_what_fell_due_since_the_books_stopped_is_overdue_today(owner: Client) -> None:
    page = text(owner, "/c/lumiere/")
    assert 'name="as_of" value="2026-11-24"' in page
    assert "1 200,00 €" in page.split("Échu")[1][:200]
    asked = text(owner, "/c/lumiere/?as_of=2026-09-01")
    assert "1 200,00 €" not in asked.split("Échu")[1][:200]


def test_each_screen_with_figures_says_where_the_books_stop(owner: Client) -> None:
    for screen in SCREENS:
        page = text(owner, f"/c/lumiere/{screen}?sort=name")
        assert STOP in page, screen
        assert '<a href="?sort=name&amp;as_of=2026-09-01">Voir au' in page
        assert STOP not in text(owner, f"/c/lumiere/{screen}?as_of=2026-10-02"), screen
        assert STOP in text(owner, f"/c/lumiere/{screen}?as_of=2026-10-03"), screen
    assert STOP not in text(owner, "/c/lumiere/law/")
    assert "s'arrêtent" not in text(owner, "/c/lumiere/?known=2026-11-24")


def test_the_day_of_the_view_has_its_label_in_sight(owner: Client) -> None:
    assert '<label for="as-of">Situation au</label>' in text(owner, "/c/lumiere/")


def test_books_that_go_on_say_nothing(db: None) -> None:
    client, company = owned()
    assert "s'arrêtent" not in text(client, "/c/lumiere/")  # no books at all
    listed(company, TODAY - timedelta(days=31))
    assert "s'arrêtent" not in text(client, "/c/lumiere/")


def test_who_may_not_import_is_not_told_to(owner: Client) -> None:
    auditor = joined(Company.objects.get(slug="lumiere"), "auditor")
    assert "01/09/2026 : la suite n'est pas importée." in text(browser(auditor), "/c/lumiere/")


def test_a_group_names_the_company_whose_books_stop_first(owner: Client) -> None:
    first = Company.objects.get(slug="lumiere")
    second = opened("ombre", User.objects.get(email="owner@lumiere.example"))
    listed(second, TODAY)
    form_group("ensemble", "Ensemble", companies=[first.pk, second.pk], by=BY, now=NOW)
    page = text(owner, "/g/ensemble/")
    assert f"Les livres de {first.name} s'arrêtent au 01/09/2026" in page
    assert "s'arrêtent" not in text(owner, "/c/ombre/")
