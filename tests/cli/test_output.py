"""Where a report goes: a file written whole or not at all, problems told beside."""

import os
from pathlib import Path

import polars as pl
import pytest
import typer
from tests.cli.commands import run, written

from quittance.cli.options import Lang
from quittance.cli.output import MOST_TOLD, deliver, told, write_whole
from quittance.core.problems import no_problems, problem
from quittance.readers import fec_rules


def test_a_file_appears_only_when_it_is_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up leaves the old file as it was, and nothing beside it."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(b"new", path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    held = path.open("rb")
    write_whole(b"new", path)
    assert held.read() == b"old"  # a reader of the old file is not disturbed
    held.close()
    assert path.read_bytes() == b"new"


def test_a_written_file_has_the_rights_that_the_user_gives(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(b"x", tmp_path / "a.csv")
    finally:
        os.umask(before)
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o640


def test_what_cannot_be_written_is_refused_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(typer.Exit) as stop:
        deliver(b"x", tmp_path / "a.csv", lang=Lang.en)
    assert stop.value.exit_code == 2
    assert "a.csv: cannot be written (" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_errors_are_told_first_and_the_rest_is_counted() -> None:
    warning = problem(fec_rules.NEGATIVE, 1, "x", file="a.txt", line=1)
    errors = [problem(fec_rules.DATE, "x", file="a.txt", line=n) for n in range(2, 14)]
    lines = told(pl.concat([warning, *errors]), Lang.en).splitlines()
    assert len(lines) == MOST_TOLD + 1
    assert lines[0].startswith("a.txt:2: unreadable entry date")
    assert lines[-1] == "… and 3 more: quittance problems"
    assert told(warning, Lang.fr).startswith("a.txt:1: 1 ligne(s) avec un montant négatif")
    assert told(no_problems(), Lang.fr) == ""


def test_problems_are_told_beside_a_table_of_figures(tmp_path: Path) -> None:
    """A CSV has no room for them; a page of the terminal already shows them."""
    path = written(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"20260228", b"20260230"))
    assert "20260230" in run("aging", path, "--format", "csv").stderr
    page = run("aging", path)
    assert page.stderr == ""
    assert "20260230" in page.stdout
    assert page.exit_code == 1


def test_a_page_can_be_written_to_a_file(tmp_path: Path) -> None:
    run("aging", written(tmp_path), "-o", tmp_path / "a.txt")
    text = (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert text.startswith("Balance âgée\n")
    assert "\x1b" not in text
