from pathlib import Path

import pytest
from django.utils.timezone import localtime
from tests import record
from tests.cli.commands import run

record.ready()

from quittance.storage.access import every_company  # noqa: E402
from quittance.storage.models import Import  # noqa: E402
from quittance.storage.scope import seeing  # noqa: E402

pytestmark = pytest.mark.usefixtures("fresh_db")
HEAD = "client;nom;facture;date;échéance;montant\n"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    run("company", "open", "alpha", "Alpha SA", "--owner", "ana@exemple.fr")
    path = tmp_path / "factures.csv"
    path.write_text(HEAD + "C1;Dupont;F1;05/01/2026;04/02/2026;100,00\n", encoding="utf-8")
    return path


def test_files_are_imported_after_a_look(listed: Path) -> None:
    looked = run("import", listed, "--lang", "en")  # nobody answers: nothing is applied
    assert "New : invoice × 1, €100.00" in looked.stdout
    assert looked.exit_code == 1
    assert "Import 1 waits: quittance imports apply 1" in looked.stdout
    done = run("import", listed, "--yes", "--lang", "en")
    assert done.exit_code == 0
    assert "Import 1, which waited, is taken up." in done.stdout
    assert "Import 1 applied." in done.stdout
    again = run("import", listed, "--yes", "--lang", "en")
    assert (again.exit_code, "Already given: factures.csv (import 1, applied" in again.stdout) == (
        0,
        True,
    )


def test_a_file_that_waits_is_not_silently_left_out_of_the_next_import(listed: Path) -> None:
    run("import", listed)
    other = listed.with_name("autres.csv")
    other.write_text(HEAD + "C2;Beta;F2;05/01/2026;04/02/2026;50,00\n", encoding="utf-8")
    refused = run("import", other, listed, "--yes", "--lang", "en")
    assert refused.exit_code == 2
    assert "Nothing is imported: factures.csv (import 1" in refused.stdout
    assert "autres.csv" not in run("imports", "list").stdout
    run("imports", "discard", 1)
    assert run("import", other, listed, "--yes").exit_code == 0


def test_an_import_is_listed_applied_later_and_undone(listed: Path) -> None:
    run("import", listed)
    assert " à appliquer  factures.csv" in run("imports", "list").stdout
    assert run("imports", "apply", 1, "--yes").exit_code == 0
    told = run("imports", "list", "--lang", "en").stdout
    assert " applied  factures.csv" in told
    with seeing(every_company()[0].pk):
        here = localtime(Import.objects.get().received_at)
    assert f"{here:%Y-%m-%d %H:%M}" in told
    looked = run("imports", "undo", 1, "--lang", "en")  # nobody answers
    assert "Vanished : invoice × 1, €100.00" in looked.stdout
    assert "Customers' balance: €100.00 → 0" in looked.stdout
    assert "Import 1 stays applied." in looked.stdout
    assert "annulé" in run("imports", "undo", 1, "--yes").stdout
    refused = run("imports", "undo", 1, "--lang", "en")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("Import 1 ")


def test_a_file_that_nothing_reads_is_refused_with_its_problem(listed: Path) -> None:
    other = listed.with_name("photo.csv")
    other.write_bytes(b"%PDF-1.7 nothing here")
    refused = run("import", other, "--yes")
    assert refused.exit_code == 2
    assert "PDF" in refused.stdout
    absent = run("import", listed.with_name("absent.csv"), "--lang", "en")
    assert (absent.exit_code, "cannot be read" in absent.stderr) == (2, True)


def test_a_list_of_customers_is_told_field_by_field(listed: Path) -> None:
    run("import", listed, "--yes")
    clients = listed.with_name("clients.csv")
    clients.write_text(
        "client;siren;commercial;contact;e-mail\nC1;732829320;Zoé;Anne;anne@x.example\n", "utf-8"
    )
    done = run("import", clients, "--yes", "--lang", "en")
    assert done.exit_code == 0
    for line in (
        "Customers: 0 new, 1 changed",
        "  C1 · Dupont: SIREN: nothing → 732829320",
        "Contacts: 1 new, 0 changed, 0 removed",
    ):
        assert line in done.stdout.splitlines()
    assert "  clients.csv:2: Salesperson 'Zoé': 0 member(s) of the company" in done.stdout
