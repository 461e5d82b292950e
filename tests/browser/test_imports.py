"""Imports and the journal in a browser: files dropped, looked at, applied, taken back."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from playwright.sync_api import Browser, Page
from tests import record
from tests.browser.live import (
    needs_browser,
    opened,
    opened_browser,
    served,
    signed_in,
    violations,
    wrongs,
)
from tests.services.people import opened as opened_company
from tests.services.people import user
from tests.storage.opened import LUMIERE

from quittance.storage.models import User

pytestmark = needs_browser
UNKNOWN = (
    "Qui;Libellé;Pièce de vente;Quand;Avant le;Combien\n"
    "C001;Ets Morel;V-1;05/01/2026;04/02/2026;1 200,00\n"
    "C002;Brunel SA;V-2;06/01/2026;05/02/2026;99,90\n"
)


@dataclass
class Place:
    browser: Browser
    address: str
    owner: User

    def page(self, path: str = "", **look: Any) -> Page:
        """A page of the owner."""
        return opened(
            self.browser, self.address, signed_in(self.owner), path=f"/c/lumiere/{path}", **look
        )


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with record.fresh_database():
        with transaction.atomic():
            owner = user("ann@x.example", name="Ann Morel")
            opened_company("lumiere", owner)
        with served() as address, opened_browser() as browser:
            yield Place(browser, address, owner)


def work() -> None:
    """What waits is done by a worker of its own, as on a real machine."""
    name = str(connection.settings_dict["NAME"])
    subprocess.run(
        [sys.executable, "-m", "quittance", "worker", "--once"], check=True,
        env={**os.environ, "QUITTANCE_DATABASE": name}, timeout=60,
    )  # fmt: skip


def dropped(page: Page, *files: Path) -> None:
    """Choose files and send them; the page of the import follows."""
    page.locator("input[type=file]").set_input_files([str(file) for file in files])
    page.get_by_role("button", name="Lire ces fichiers").or_(
        page.get_by_role("button", name="Read these files")
    ).click()
    page.wait_for_url("**/imports/*/")


def looked_at(page: Page, name: str) -> None:
    """Kept as a picture where the session wants pictures, and examined."""
    for _ in range(2):  # nothing hides under the bars; a table grows with the window
        high = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": page.viewport_size["width"], "height": high + 120})
    folder = os.environ.get("QUITTANCE_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    assert violations(page) == []
    assert wrongs(page) == []


def test_files_are_dropped_looked_at_applied_and_taken_back(place: Place) -> None:
    page = place.page("imports/")
    looked_at(page, "imports-empty")
    dropped(page, *sorted(LUMIERE.glob("*FEC*.txt")), LUMIERE / "conditions.csv")
    page.get_by_text("En attente d'un processus libre").wait_for()
    looked_at(page, "import-waiting")
    work()
    page.get_by_role("heading", name="Ce qui changera").wait_for()  # the page asks by itself
    looked_at(page, "import-ready")
    page.get_by_role("button", name="Appliquer").click()
    work()
    page.get_by_role("heading", name="Ce qui a changé").wait_for()
    looked_at(page, "import-applied")
    page.get_by_role("button", name="Annuler cet import").click()
    page.get_by_role("button", name="Annuler l’import").click()
    work()
    page.get_by_text("annulé", exact=True).wait_for()
    looked_at(page, "import-undone")


def test_a_list_is_mapped_with_the_keyboard_alone(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(UNKNOWN, encoding="utf-8")
    page = place.page("imports/")
    dropped(page, path)
    work()
    page.get_by_text("Dites quelle colonne est laquelle ; les autres").wait_for()
    looked_at(page, "import-columns")
    for heading, field in {"Qui": "customer", "Pièce de vente": "document", "Quand": "issue_date",
                           "Avant le": "due_date", "Combien": "amount"}.items():  # fmt: skip
        page.get_by_label(f"Ce que contient la colonne {heading}").select_option(field)
    page.get_by_role("button", name="Lire avec ces colonnes").press("Enter")
    work()
    page.get_by_role("heading", name="Ce qui changera").wait_for()
    assert page.get_by_text("1 299,90").count()


def test_everything_works_without_a_script(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "factures.csv"
    path.write_text("client;nom;facture;date;échéance;montant\nC9;Nu;N1;05/01/2026;;7,00\n")
    page = place.page("imports/", scripted=False)
    dropped(page, path)
    work()
    page.get_by_role("link", name="Actualiser").click()
    page.get_by_role("button", name="Appliquer").click()
    work()
    page.get_by_role("link", name="Actualiser").click()
    assert page.get_by_role("heading", name="Ce qui a changé").count() == 1
