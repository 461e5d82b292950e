"""`--convert-to` and `--rates` on the commands that sum several currencies."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from tests.cli.commands import asked, listed, run

INVOICES = """Client;Facture;Date;Échéance;Montant TTC;Devise
C1;F1;31/01/2026;02/03/2026;1 200,00;EUR
C2;F2;31/03/2026;30/04/2026;1 087,60;USD
"""
RATES = "Date,USD,JPY,\n2026-03-31,1.0876,163.40,\n2026-03-30,1.0900,163.20,\n"

XML = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<Cube><Cube time="2026-03-31"><Cube currency="USD" rate="1.0876"/></Cube></Cube>
</gesmes:Envelope>
"""


@pytest.fixture
def invoices(tmp_path: Path) -> Path:
    return listed(tmp_path, INVOICES)


@pytest.fixture
def rates(tmp_path: Path) -> Path:
    return listed(tmp_path, RATES, "eurofxref-hist.csv")


@pytest.mark.parametrize("command", ["aging", "open-items"])
def test_the_total_is_converted_at_the_rates_of_the_day(
    command: str, invoices: Path, rates: Path
) -> None:
    answer = asked(command, invoices, "--convert-to", "eur", "--rates", rates)
    assert answer["converted_total_minor"] == 220000
    assert [row["currency"] for row in answer["totals"]] == ["EUR", "USD"]
    (figure,) = answer["figures"]
    assert "31/03/2026 : 1 EUR = 1,0876 USD" in figure["formula"]
    earlier = asked(
        command, invoices, "--convert-to", "USD", "--rates", rates, "--as-of", "2026-03-30"
    )
    assert earlier["converted_total_minor"] == 130800


def test_without_the_option_nothing_is_converted(invoices: Path) -> None:
    assert asked("aging", invoices)["figures"] == []


def test_rates_may_be_in_several_files(invoices: Path, rates: Path, tmp_path: Path) -> None:
    other = listed(tmp_path, "Date, GBP, \n31 March 2026, 0.8512, \n", "eurofxref.csv")
    both = ("--rates", rates, "--rates", other, "--rates", rates)
    answer = asked("aging", invoices, "--convert-to", "GBP", *both)["converted_total_minor"]
    assert answer == 187264  # 2 200 EUR × 0.8512


@pytest.mark.parametrize("form", ["csv", "xml", "zip"])
def test_a_folder_of_rates_is_read_in_every_form_that_the_bank_gives(
    form: str, invoices: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "cours"
    folder.mkdir()
    listed(folder, '<?xml version="1.0"?><Document/>', "releve.xml")
    contents = {"csv": RATES.encode(), "xml": XML.encode(), "zip": zipped(RATES)}
    (folder / f"EUROFXREF.{form.upper()}").write_bytes(contents[form])
    result = run("aging", invoices, "--convert-to", "EUR", "--rates", folder, "--format", "json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["converted_total_minor"] == 220000
    assert "releve.xml: fichier du dossier non reconnu" in result.stderr


def test_a_folder_without_rates_is_refused(invoices: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cours"
    folder.mkdir()
    refused = run("aging", invoices, "--convert-to", "EUR", "--rates", folder, "--lang", "en")
    assert refused.exit_code == 2
    assert f"{folder}: not a file of exchange rates." in refused.stderr


def zipped(text: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("eurofxref-hist.csv", text)
    return content.getvalue()


def test_what_the_file_of_rates_holds_amiss_is_a_problem_of_the_report(
    invoices: Path, tmp_path: Path
) -> None:
    broken = listed(tmp_path, RATES.replace("163.20", "zero"), "cours.csv")
    result = run("aging", invoices, "--convert-to", "EUR", "--rates", broken, "--format", "json")
    assert result.exit_code == 1
    assert "cours.csv:3: cours JPY du 2026-03-30 illisible" in result.stderr


def test_a_missing_rate_is_refused_with_what_to_give(invoices: Path, rates: Path) -> None:
    result = run("aging", invoices, "--convert-to", "GBP", "--rates", rates, "--lang", "en")
    assert result.exit_code == 2
    assert result.stderr.startswith("The ECB rate of GBP is missing on 2026-03-31: no file")


@pytest.mark.parametrize(
    "options", [("--convert-to", "EUR"), ("--rates", "r.csv"), ("--convert-to", "euros")]
)
def test_one_option_without_the_other_is_refused(options: tuple[str, ...], invoices: Path) -> None:
    assert run("aging", invoices, *options).exit_code == 2


def test_only_files_of_rates_are_taken(invoices: Path) -> None:
    result = run("aging", invoices, "--convert-to", "EUR", "--rates", invoices, "--lang", "en")
    assert result.exit_code == 2
    assert "factures.csv: not a file of exchange rates." in result.stderr


def test_rates_among_the_books_are_told_and_left_out(invoices: Path, rates: Path) -> None:
    result = run("aging", invoices, rates, "--format", "json", "--lang", "en")
    assert result.exit_code == 0
    assert "eurofxref-hist.csv: a file of exchange rates, left out here." in result.stderr
    alone = run("aging", rates, "--lang", "en")
    assert alone.exit_code == 2
    assert "no movement on any customer's account" in alone.stderr
