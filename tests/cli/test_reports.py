"""A command on books: bound to a day and to customers, refusals as sentences."""

from datetime import date
from pathlib import Path

import pytest
import typer
from tests.cli.commands import BOOKS, run, written

from quittance.cli.books import Settings, load
from quittance.cli.options import BooksRequest, books_request
from quittance.cli.reports import bound, settings_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path)


def bound_to(request: BooksRequest) -> tuple[int, date]:
    book, as_of = bound(load(request.paths, Settings()), request)
    return book.items.height, as_of


def test_the_day_is_the_one_asked_for_else_the_last_movements(path: Path) -> None:
    assert bound_to(books_request([path])) == (5, date(2026, 3, 31))
    assert bound_to(books_request([path], as_of="2026-01-01")) == (5, date(2026, 1, 1))


def test_the_day_of_what_was_known_is_its_own_last_movements(path: Path) -> None:
    assert bound_to(books_request([path], known_on="2026-02-20")) == (2, date(2026, 2, 15))
    both = books_request([path], known_on="2026-02-20", as_of="2026-12-31")
    assert bound_to(both) == (2, date(2026, 12, 31))


def test_nothing_known_yet_is_as_of_that_day(path: Path) -> None:
    assert bound_to(books_request([path], known_on="2025-12-31")) == (0, date(2025, 12, 31))


def test_customers_are_asked_for_by_code(path: Path) -> None:
    assert bound_to(books_request([path], customer=["C2"]))[0] == 1


def test_an_unknown_customer_is_refused(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as stop:
        bound_to(books_request([path], customer=["C2", "C8", "Brunel"]))
    assert stop.value.exit_code == 2
    assert "client inconnu : C8, Brunel." in capsys.readouterr().err


def test_a_request_says_how_files_are_read(path: Path) -> None:
    request = books_request([path], terms=["60"], columns=["amount=Total"])
    assert settings_of(request) == Settings(("60",), "books", {"amount": "Total"})


def test_a_refusal_is_in_the_language_asked_for(tmp_path: Path) -> None:
    broken = written(tmp_path, BOOKS.replace("411000", "401000"))
    assert "aucun mouvement" in run("aging", broken).stderr
    assert "no movement" in run("aging", broken, "--lang", "en").stderr


def test_a_refusal_of_many_faults_stays_short(tmp_path: Path) -> None:
    sales = [
        f"VE  {n}  20269931  411000  C1  F{n}  1,00  0,00" for n in range(200)
    ]  # fmt: skip
    head = "journal  entry  date  account  customer  piece  debit  credit"
    result = run("aging", written(tmp_path, "\n".join([head, *sales])), "--lang", "en")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert lines[0].startswith("ventes.txt: no movement")
    assert len(lines) == 11
    assert lines[-1] == "… and 193 more: quittance problems"  # 200 lines, 2 side dates, and why


def test_without_a_rate_of_interest_nothing_is_extrapolated(path: Path) -> None:
    """Books as of a half-year without a rate count no interest for it, and say so."""
    result = run("charges", "--amount", "10", "--due", "2026-12-01", "--on", "2027-02-01")
    assert result.exit_code == 2
    assert "2027-S1" in result.stderr
