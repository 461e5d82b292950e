import re
from html import unescape

import pytest
from tests.services.people import joined
from tests.storage.opened import imported, lumiere
from tests.web.views.pages import browser, owned, text

from quittance.storage.models import Membership

pytestmark = pytest.mark.usefixtures("db")
DAY = "?as_of=2026-09-30"


def test_a_company_without_books_is_told_what_to_do() -> None:
    client, _ = owned()
    assert "Importez les livres de la société" in text(client, "/c/lumiere/")


def test_who_may_not_import_is_not_led_there_and_who_has_no_customers_is_told() -> None:
    _, company = owned()
    page = text(browser(joined(company, "auditor")), "/c/lumiere/")
    assert "Les livres de la société ne sont pas encore là" in page
    assert "Importer des fichiers" not in page
    imported(company, lumiere())
    page = text(browser(joined(company, "collector", scope="own")), "/c/lumiere/")
    assert "Aucun client ne vous est confié" in page
    assert "Importez les livres" not in page


def test_every_figure_leads_to_its_rows() -> None:
    client, company = owned()
    imported(company, lumiere())
    pages = [client.get(f"/c/lumiere/{part}{DAY}").content.decode() for part in ("", "trends/")]
    labels = re.findall(r'<div class="label">(.*?)</div>', "".join(pages))
    hrefs = [re.search(r'href="([^"]+)"', one) for one in labels]
    assert len(labels) == 8
    assert all(hrefs)
    for one in hrefs:
        rows = text(client, unescape(one[1]) if one else "")
        assert "data-rows" in rows, one
        assert 'value="2026-09-30"' in rows


def test_the_day_begins_with_what_is_due_expected_and_whom_to_call() -> None:
    client, company = owned()
    imported(company, lumiere())
    page = text(client, f"/c/lumiere/{DAY}")
    for told in ("834 670,70", "À appeler d'abord", "Encaissements attendus", "Échu"):
        assert told in page, told
    trends = text(client, f"/c/lumiere/trends/{DAY}")
    assert "DSO (épuisement)" in trends
    assert "<svg" in trends


def test_what_changed_is_shown_until_it_is_seen() -> None:
    client, company = owned()
    imported(company, lumiere())
    other = browser(joined(company, "credit_manager"))
    page = text(other, "/c/lumiere/")
    assert "Import appliqué : 849217534FEC20251231.txt" in page
    assert "Société ouverte" in page
    read = re.findall(r'name="read" value="([^"]+)"', page)
    assert len(read) == 1
    assert other.post("/c/lumiere/seen/", {"read": ["x", "1:", "9:9" * 30]}).status_code == 302
    assert "Import appliqué" in text(other, "/c/lumiere/")
    assert other.post("/c/lumiere/seen/", {"read": read}).status_code == 302
    assert "Rien n'a changé." in text(other, "/c/lumiere/")
    assert Membership.objects.filter(last_seen_position__gt=0).count() == 1
    assert client.get("/c/lumiere/seen/").status_code == 404
