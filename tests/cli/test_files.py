"""The files named on the command line: each read once, folders opened, columns declared."""

from pathlib import Path

import pytest
from tests.cli.commands import BOOKS, listed, written

from quittance.cli.files import read_all
from quittance.core.problems import UnusableInput, sentences

INVOICES = "Client;Facture;Date;Montant\nC1;FA-1;31/01/2026;12,00\n"
PAYMENTS = "Facture;Date de règlement;Versement\nFA-1;15/02/2026;5,00\n"


def read(*paths: Path, **declared: str) -> tuple[list[str], list[str]]:
    readings, problems = read_all(paths, declared)
    return [f"{one.kind} of {one.facts['file']}" for one in readings], sentences(problems, "en")


def refusal(*paths: Path, **declared: str) -> str:
    with pytest.raises(UnusableInput) as refused:
        read_all(paths, declared)
    return "\n".join(sentences(refused.value.problems, "en"))


def test_files_are_read_in_the_order_given(tmp_path: Path) -> None:
    one, other = written(tmp_path, name="b.txt"), listed(tmp_path, INVOICES, "a.csv")
    assert read(one, other) == (["entries of b.txt", "invoices of a.csv"], [])


def test_a_folder_is_opened_and_what_it_holds_besides_is_told(tmp_path: Path) -> None:
    written(tmp_path, name="b.txt")
    listed(tmp_path, INVOICES, "a.csv")
    listed(tmp_path, "Bonjour\n", "notes.txt")
    listed(tmp_path, "not even looked at", "photo.jpg")
    (tmp_path / "below").mkdir()
    kinds, told = read(tmp_path)
    assert kinds == ["invoices of a.csv", "entries of b.txt"]
    assert told == [
        "notes.txt: file of the folder not recognised, left out. Read are: FEC, CSV and XLSX "
        "lists; by --rates, the rates of the ECB. Name it alone to learn why."
    ]


def test_an_export_of_a_folder_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """It is not some other file: what it holds is missing from the figures."""
    written(tmp_path, name="b.txt")
    listed(tmp_path, "Client;Facture;Date;Montant;Total\nC1;F;31/01/2026;1;2\n", "a.csv")
    (told,) = read(tmp_path)[1]
    assert told.startswith("a.csv: several columns for amount: Montant, Total")


def test_a_file_that_is_named_must_be_readable(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.csv").startswith(f"{tmp_path / 'a.csv'}: no such file")
    notes = listed(tmp_path, "Bonjour\n", "notes.txt")
    assert "format not recognised" in refusal(notes)


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = written(tmp_path)
    kinds, told = read(path, path)
    assert kinds == ["entries of ventes.txt"]
    assert len(told) == 1
    copy = written(tmp_path, name="copie.txt")
    kinds, told = read(path, copy)
    assert kinds == ["entries of ventes.txt"]
    assert told[0].startswith("copie.txt: same content as ventes.txt, read once.")


def test_a_folder_and_a_file_of_it_are_read_once(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert read(path, tmp_path)[0] == ["entries of ventes.txt"]


def test_two_files_of_one_name_are_told_apart_by_their_folder(tmp_path: Path) -> None:
    (tmp_path / "2025").mkdir()
    (tmp_path / "2026").mkdir()
    one = written(tmp_path / "2025")
    other = written(tmp_path / "2026", BOOKS.replace("2026", "2025"))
    kinds, _ = read(one, other)
    assert kinds == [f"entries of {one}", f"entries of {other}"]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert read(tmp_path) == ([], [])


# Declared columns


def test_a_declared_column_goes_to_the_list_that_has_it(tmp_path: Path) -> None:
    """Two lists, and only the payments have a column to declare."""
    one, other = listed(tmp_path, INVOICES), listed(tmp_path, PAYMENTS, "reglements.csv")
    kinds, told = read(one, other, amount="Versement")
    assert kinds == ["invoices of factures.csv", "payments of reglements.csv"]
    assert told == []


def test_a_declared_column_also_reaches_into_a_folder(tmp_path: Path) -> None:
    listed(tmp_path, PAYMENTS, "reglements.csv")
    assert read(tmp_path, amount="Versement")[0] == ["payments of reglements.csv"]


def test_a_declared_column_that_no_list_has_is_refused(tmp_path: Path) -> None:
    one, other = (
        listed(tmp_path, INVOICES),
        listed(tmp_path, INVOICES + "C2;F;31/01/2026;1\n", "b.csv"),
    )
    assert refusal(one, other, amount="Versement") == (
        "factures.csv, b.csv: --map amount=Versement: no such column; columns found: Client, "
        "Facture, Date, Montant · Client, Facture, Date, Montant. The column is named as in the "
        "file. Mend the name of the column."
    )


def test_a_wrong_column_is_told_before_what_follows_from_it(tmp_path: Path) -> None:
    path = listed(tmp_path, PAYMENTS, "reglements.csv")
    assert "--map amount=Versements: no such column" in refusal(path, amount="Versements")


def test_a_fec_has_no_column_to_declare(tmp_path: Path) -> None:
    assert "--map amount=Debit: no such column" in refusal(written(tmp_path), amount="Debit")
