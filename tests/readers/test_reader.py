"""What every reader takes and gives."""

import inspect

import polars as pl
import pytest
from tests.readers import fecs

from quittance.core.problems import no_problems, set_aside
from quittance.readers import ecb_rates, fec, registry, tabular
from quittance.readers.reader import Reading, Source

LIST = b"Client;Facture;Date;Montant\nC1;F1;31/01/2025;12,00\nC2;F2;31/01/2025;abc\n"
RATES = b"Date,USD,JPY,\n2024-06-28,1.0705,N/A,\n2024-06-27,zero,171.86,\n"
READERS = (ecb_rates, fec, tabular)


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_says_its_format_and_has_the_same_two_verbs(reader: object) -> None:
    assert len(inspect.getdoc(reader) or "") > 200
    assert list(inspect.signature(reader.identify).parameters) == ["source"]  # type: ignore[attr-defined]
    assert next(iter(inspect.signature(reader.read).parameters)) == "source"  # type: ignore[attr-defined]


@pytest.mark.parametrize("content", [fecs.fec(), LIST, RATES])
def test_a_reading_accounts_for_every_line_and_names_its_file(content: bytes) -> None:
    reading = registry.read(Source("a.txt", content))
    assert reading.rows.height + set_aside(reading.problems) == reading.lines
    assert reading.facts["file"] == "a.txt"
    assert set(reading.rows["file"]) == {"a.txt"}


def test_a_reading_has_no_problem_unless_told() -> None:
    reading = Reading("CSV", "invoices", pl.DataFrame(), 0)
    assert reading.problems.equals(no_problems())
    assert reading.facts == {}
