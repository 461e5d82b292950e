"""A company comes: sign-in, screens that say what to do, its ledger, its first day, its undoing."""

import pytest
from django.test import Client
from tests.cli.commands import LUMIERE, asked
from tests.services.people import PASSWORD, actions, opened, user
from tests.storage.opened import lumiere
from tests.web.stories.acts import HOME, figure, given, pressed, worked
from tests.web.views.pages import text

from quittance.core.money import money_text
from quittance.storage.models import Company, LedgerItem
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")
DAY = "as_of=2026-09-30"


def comes() -> tuple[Client, Company]:
    """An owner with a password, at the door; the company has nothing."""
    company = opened("lumiere", user("ines@x.example", name="Inès Morel"))
    return Client(SERVER_NAME="localhost"), company


def plain(amount_minor: int) -> str:
    """An amount as a page shows it, its spaces plain."""
    return money_text(amount_minor, "EUR", lang="fr").replace("\xa0", " ").replace("\u202f", " ")


def test_signs_in_gives_the_ledger_sees_the_figures_of_the_command_line_takes_it_back() -> None:
    client, company = comes()

    # At the door, any screen leads to the sign-in and back to it.
    asked_for = f"{HOME}aging/"
    door = client.get(asked_for).headers["Location"]
    assert door == f"/account/login/?next={asked_for}"
    said = {"login": "ines@x.example", "password": PASSWORD, "next": asked_for}
    assert pressed(client, "/account/login/", **said) == asked_for

    # Every screen without books says what to do.
    nothing_yet(client)
    assert "Rien de tel" in text(client, f"{HOME}search?q=bellecour")
    assert "Aucun import pour l'instant" in text(client, f"{HOME}imports/")

    # The ledgers are dropped; the preview says what would change, and nothing has.
    page = given(client, company, *lumiere())
    preview = text(client, page)
    for told in ("Ce qui changera", "47 nouveaux", "834 670,70", "FEC · écritures comptables"):
        assert told in preview, told
    assert not LedgerItem.objects.exists()
    nothing_yet(client)

    # Applied, the first screen of the day has the figures of the command line, to the cent.
    pressed(client, f"{page}apply")
    worked(company)
    the_same_as_the_command_line(client)

    # Second thoughts: taken back whole, and the journal tells all of it.
    pressed(client, f"{page}undo")
    worked(company)
    nothing_yet(client)
    told = ["company.opened", "file.received", "import.applied", "import.undone"]
    assert actions(company) == told
    assert "Le journal tient" in text(client, f"{HOME}journal/proof")


def nothing_yet(client: Client) -> None:
    """Each empty screen says so and leads to the remedy."""
    for path, told in {
        "": "Importez les livres de la société",
        "aging/": "Aucun compte client à cette date",
        "invoices/": "importez vos livres",
    }.items():
        assert told in text(client, HOME + path), path


def the_same_as_the_command_line(client: Client) -> None:
    """Dashboard, aged balance and trends against `quittance aging` and `kpis` of the same files."""
    see_companies([])
    rows = asked("aging", LUMIERE, "--as-of", "2026-09-30")["rows"]
    late = [name for name in rows[0] if name.startswith("days_")]
    overdue = sum(row[name] for row in rows for name in late)
    for label, amount in {
        "Comptes clients": sum(row["balance_minor"] for row in rows),
        "Échu": overdue,
        "Non affecté": sum(row["unallocated_minor"] for row in rows),
    }.items():
        assert figure(client, f"{HOME}?{DAY}", label) == plain(amount), label
    page = text(client, f"{HOME}aging/?{DAY}")
    for row in rows[:20]:
        assert plain(row["balance_minor"]).removesuffix(" €") in page, row
    trends = text(client, f"{HOME}trends/?{DAY}")
    dso = asked("kpis", LUMIERE, "--as-of", "2026-09-30")["dso_count_back"]
    assert f"{dso:.1f} j".replace(".", ",") in trends
