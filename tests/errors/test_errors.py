"""Every bad input prints exactly what is expected, in French and in English."""

import io
import shlex
import zipfile

import pytest
from python_calamine import CalamineWorkbook
from tests.errors import make_docs
from tests.errors.make_docs import Case
from typer.testing import CliRunner

from quittance.cli.main import app

CASES = make_docs.cases()
AGAIN = ".venv/bin/python tests/errors/make_docs.py --expected, and read the difference"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_input_prints_what_is_expected(case: Case) -> None:
    assert make_docs.transcript(case) == case.expected.read_text(encoding="utf-8"), AGAIN


def test_the_page_of_errors_is_up_to_date() -> None:
    assert make_docs.page() == make_docs.PAGE.read_text(encoding="utf-8"), AGAIN


def test_every_sample_is_used_and_every_expectation_has_its_command() -> None:
    used = {path.name for case in CASES for path in case.files.values()}
    assert used == {path.name for path in make_docs.HERE.glob("*.sample")}
    expected = {path.stem for path in make_docs.HERE.glob("*.expected")}
    assert expected == {case.name for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_exit_code_says_how_bad_it_is(case: Case) -> None:
    """2: nothing came out on the standard output. 0 and 1: the rest still loads."""
    with make_docs.placed(case):
        result = CliRunner().invoke(app, shlex.split(case.command)[1:])
    assert result.exit_code in (0, 1, 2)
    assert bool(result.stdout) == (result.exit_code != 2)


def test_a_formula_stays_a_text_in_a_workbook() -> None:
    """In XLSX nothing is written before the name: the cell is a text, and no formula."""
    (case,) = (one for one in CASES if one.name == "list-formula")
    with make_docs.placed(case) as folder:
        CliRunner().invoke(app, ["aging", "factures.csv", "-o", "balance.xlsx"])
        content = (folder / "balance.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert any(b">=HYPERLINK(" in sheet for sheet in sheets)
    assert not any(b"<f>=HYPERLINK" in sheet or b"<f>HYPERLINK" in sheet for sheet in sheets)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    pages = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    cells = [cell for page in pages for row in page for cell in row]
    assert '=HYPERLINK("http://evil.example","Morel")' in cells
