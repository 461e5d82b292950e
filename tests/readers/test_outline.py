"""A list before anybody said which column is which."""

import pytest
from tests.readers.workbooks import written

from quittance.readers.headings import HEADINGS
from quittance.readers.outline import NAMES, beginning, outline
from quittance.readers.reader import Source


def seen(content: bytes) -> tuple[tuple[str, ...], int] | None:
    found = outline(Source("a.csv", content))
    return None if found is None else (found.headings, len(found.lines))


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_columns_of_an_unknown_list_are_found_by_their_even_number(mark: str) -> None:
    rows = ["Qui,Quoi,Combien", *(f"C{n},F{n},{n}" for n in range(20))]
    content = "\n".join(row.replace(",", mark) for row in rows).encode()
    assert seen(content) == (("Qui", "Quoi", "Combien"), 8)


def test_a_decimal_comma_is_no_separator() -> None:
    assert seen(b"Qui;Combien\nC1;1,50\nC2;2,75\n") == (("Qui", "Combien"), 2)


def test_what_is_recognised_is_proposed() -> None:
    found = outline(Source("a.csv", b"Client;Quand;Montant\nC1;2026-01-05;10\n"))
    assert found is not None
    assert found.mapping == {"customer": "Client", "amount": "Montant"}


def test_a_title_above_an_unknown_heading_is_left_out() -> None:
    assert seen(b"Export du 05/01\nQui,Quoi\nC1,F1\nC2,F2\nC3,F3\nC4,F4\nC5,F5\nC6,F6\nC7,F7\n")


def test_a_workbook_has_an_outline_too() -> None:
    book = written([["Qui", "Quoi"], ["C1", "F1"]])
    assert seen(book) == (("Qui", "Quoi"), 1)


def test_what_has_no_columns_has_no_outline() -> None:
    assert seen(b"bonjour\ntout le monde\n") is None
    assert seen(b"PK\x03\x04 not a workbook") is None


def test_only_whole_lines_of_a_large_file_are_looked_at() -> None:
    content = b"a;b\n" + b"1;2\n" * 100_000
    assert beginning(content).endswith(b"\n")
    assert len(beginning(content)) <= 262_144


def test_every_field_has_a_name_in_both_languages() -> None:
    assert set(NAMES) == set(HEADINGS)
