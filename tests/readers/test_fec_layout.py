"""The heading of a FEC: separator, names of columns, and how lines are cut."""

import pytest
from tests.readers import fecs

from quittance.core.problems import UnusableInput
from quittance.readers.fec_layout import COLUMNS, fields, layout_of, recognised
from quittance.readers.text import decoded


def layout(content: bytes) -> tuple[str, tuple[str, ...], list[str]]:
    found, problems = layout_of(decoded(content), "a.txt")
    return found.separator, found.names, problems["code"].to_list()


@pytest.mark.parametrize("separator", ["\t", "|", ";", ","])
def test_the_separator_is_read_off_the_heading(separator: str) -> None:
    content = fecs.written([], separator=separator)
    assert layout(content) == (separator, COLUMNS, [])


@pytest.mark.parametrize(
    "written", [str.upper, str.lower, lambda name: f" {name} ", lambda name: f'"{name}"']
)
def test_a_heading_may_be_written_in_any_case_padded_or_quoted(written: object) -> None:
    heading = "|".join(written(name) for name in COLUMNS)  # type: ignore[operator]
    assert layout(f"{heading}\n".encode()) == ("|", COLUMNS, [])


@pytest.mark.parametrize(
    ("found", "name"),
    [
        ("MontantDevise", "Montantdevise"),
        ("EcritureLibelle", "EcritureLib"),
        ("Ecriture_Num", "EcritureNum"),
        ("Compte Num", "CompteNum"),
        ("CompteAuxNum", "CompAuxNum"),
        ("DateLettrage", None),
        ("Solde", None),
    ],
)
def test_misspelled_headings_are_recognised_and_strangers_are_not(
    found: str, name: str | None
) -> None:
    assert recognised([found]) == ({found: name} if name else {})


def test_a_column_is_recognised_once() -> None:
    assert recognised(["Debit", "Débit", "DEBIT"]) == {"Debit": "Debit"}


def test_a_misspelling_is_told() -> None:
    heading = "\t".join(COLUMNS).replace("EcritureLib", "EcritureLibelle")
    assert layout(f"{heading}\n".encode())[2] == ["fec-header-spelling"]


def test_blank_lines_may_stand_above_the_heading() -> None:
    found, _ = layout_of(decoded(b"\n\n" + fecs.fec()), "a.txt")
    assert found.heading_line == 3
    table, _, _ = fields(decoded(b"\n\n" + fecs.fec()), found, file="a.txt")
    assert table["line"].to_list() == [4, 5, 6, 7, 8, 9, 10]


def test_four_names_are_needed_to_be_a_heading() -> None:
    with pytest.raises(UnusableInput, match="does not hold the column names"):
        layout(b"Debit;Credit;Solde\n")


def test_quoted_fields_lose_their_quotes_and_doubled_ones_become_one() -> None:
    lines = fecs.lines(fecs.SALE_AND_PAYMENT)
    lines[0]["EcritureLib"] = '""Lampe"" bleue'
    rows = [{name: f'"{cell}"' for name, cell in line.items()} for line in lines]
    quoted = fecs.written(rows).replace(b"JournalCode", b'"JournalCode"', 1)
    found, _ = layout_of(decoded(quoted), "a.txt")
    table, _, _ = fields(decoded(quoted), found, file="a.txt")
    assert table["EcritureLib"][0] == '"Lampe" bleue'
    assert table["CompteNum"][0] == "411000"


def test_columns_that_are_not_there_are_empty() -> None:
    columns = [name for name in COLUMNS if name != "EcritureLet"]
    content = fecs.written(fecs.lines(fecs.SALE_AND_PAYMENT), columns=columns)
    found, _ = layout_of(decoded(content), "a.txt")
    table, _, count = fields(decoded(content), found, file="a.txt")
    assert set(table["EcritureLet"]) == {""}
    assert count == 7
