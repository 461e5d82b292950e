"""Amounts of an FEC that can be read in two ways are refused, never guessed."""

import pytest

from quittance.core.problems import set_aside
from quittance.readers.fec import read
from quittance.readers.reader import Source

HEAD = "JournalCode|EcritureNum|EcritureDate|CompteNum|PieceRef|Debit|Credit"


def of(debit: str, credit: str) -> Source:
    lines = [
        HEAD,
        f"VE|1|20260131|411DUPONT|FA1|{debit}|0,00",
        f"VE|1|20260131|707000|FA1|0,00|{credit}",
    ]
    return Source("a.txt", "\n".join(lines).encode())


@pytest.mark.parametrize("text", ["1.200", "12.500", "1.000"])
def test_a_point_before_three_digits_is_not_guessed(text: str) -> None:
    """Is it one euro twenty or twelve hundred euros? Both sides alike, it would even balance."""
    reading = read(of(text, text))
    assert reading.rows.is_empty()
    assert set_aside(reading.problems) == reading.lines == 2
    assert set(reading.problems["code"]) >= {"fec-amount"}


@pytest.mark.parametrize(
    ("text", "minor"), [("1.20", 120), ("1.234,50", 123_450), ("1,200", 120), ("1200.5", 120_050)]
)
def test_what_can_be_read_in_one_way_is_read(text: str, minor: int) -> None:
    assert read(of(text, text)).rows["debit_minor"].to_list() == [minor, 0]
