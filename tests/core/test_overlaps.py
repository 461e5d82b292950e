"""Files that overlap, as functions of rows; the life cases are in test_sources.py."""

from collections.abc import Sequence

import polars as pl
import pytest
from tests.core.entries import entries
from tests.tables import frame

from quittance.core.ledger import receivables
from quittance.core.overlaps import (
    NO_FILES,
    absent_rows,
    entries_once,
    entry_natural,
    in_force,
    known_files,
    spans,
)
from quittance.core.problems import sentences
from quittance.core.schema import FILES, SchemaError

HEAD = "file   journal  entry  date        account  customer  piece  debit  credit\n"
JANUARY = (
    HEAD
    + """
1.txt  VE       1      2026-01-31  411000   C1        FA-1   10.00  0
1.txt  VE       2      2026-01-31  411000   C1        FA-2   20.00  0
"""
)
AGAIN = JANUARY.replace(HEAD, "").replace("1.txt", "2.txt")


def files(*given: tuple[str, int] | tuple[str, int, bool]) -> pl.DataFrame:
    """`FILES` of names, batches and whether each replaces what is older."""
    rows = [(one[0], one[1], place, one[2:] == (True,)) for place, one in enumerate(given)]
    return pl.DataFrame(rows, dict(FILES), orient="row")


def amounts(text: str, known: pl.DataFrame = NO_FILES) -> list[int]:
    return sorted(entries_once(entries(text), known).rows["debit_minor"])


def told(text: str, known: pl.DataFrame = NO_FILES) -> list[str]:
    return sentences(entries_once(entries(text), known).problems, "en")


def test_one_file_is_left_alone() -> None:
    lines = entries(JANUARY)
    assert entries_once(lines, NO_FILES).rows is lines


def test_the_export_that_goes_further_is_the_newer_one() -> None:
    further = AGAIN.replace("10.00", "11.00") + (
        "2.txt  VE  3  2026-02-01  411000  C1  FA-3  30.00  0\n"
    )
    for known in (files(("1.txt", 0), ("2.txt", 1)), files(("2.txt", 0), ("1.txt", 1))):
        assert amounts(JANUARY + further, known) == [1100, 2000, 3000]


def test_then_the_one_that_has_more_lines() -> None:
    longer = AGAIN.replace("10.00", "11.00") + (
        "2.txt  VE  3  2026-01-30  411000  C1  FA-3  30.00  0\n"
    )
    for known in (files(("1.txt", 0), ("2.txt", 1)), files(("2.txt", 0), ("1.txt", 1))):
        assert amounts(JANUARY + longer, known) == [1100, 2000, 3000]


@pytest.mark.parametrize(
    "order",
    [
        [("1.txt", 0), ("2.txt", 1)],
        [("2.txt", 1), ("1.txt", 0)],
        [("1.txt", 0), ("2.txt", 0)],
    ],
)
def test_then_the_one_that_was_given_later(order: Sequence[tuple[str, int]]) -> None:
    text = JANUARY + AGAIN.replace("10.00", "11.00")
    assert amounts(text, files(*order)) == [1100, 2000]
    first_last = [("2.txt", 0), ("1.txt", 0)]
    assert amounts(text, files(*first_last)) == [1000, 2000]


def test_the_name_of_a_file_decides_nothing() -> None:
    text = JANUARY + AGAIN.replace("10.00", "11.00")
    swapped = text.replace("1.txt", "x.txt").replace("2.txt", "1.txt").replace("x.txt", "2.txt")
    assert amounts(swapped, files(("2.txt", 0), ("1.txt", 1))) == [1100, 2000]


def test_within_one_import_repetitions_and_contradictions_are_told() -> None:
    text = JANUARY + AGAIN.replace("10.00", "11.00")
    twice, conflict = told(text, files(("1.txt", 0), ("2.txt", 0)))
    assert twice.startswith("1.txt: entries already present in another file: 1.")
    assert conflict.startswith("1.txt:2: journal VE, entry 1 of 2026-01-31: its content differs")


def test_a_later_import_corrects_without_a_problem() -> None:
    text = JANUARY + AGAIN.replace("10.00", "11.00")
    assert told(text, files(("1.txt", 0), ("2.txt", 1))) == []


def test_an_older_export_given_later_does_not_correct_and_says_so() -> None:
    longer = AGAIN.replace("10.00", "11.00") + (
        "2.txt  VE  3  2026-01-30  411000  C1  FA-3  30.00  0\n"
    )
    (conflict,) = told(JANUARY + longer, files(("2.txt", 0), ("1.txt", 1)))
    assert "its content differs in 2.txt" in conflict


def test_a_file_that_replaces_takes_away_what_it_does_not_hold() -> None:
    text = (
        JANUARY.replace(
            "2026-01-31  411000   C1        FA-1", "2026-01-10  411000   C1        FA-1"
        )
        + """
1.txt  BQ       3      2026-01-15  512000   -         R      1.00   0
1.txt  VE       4      2026-02-28  411000   C1        FA-4   4.00   0
2.txt  VE       9      2026-01-01  411000   C1        FA-9   9.00   0
2.txt  VE       2      2026-01-31  411000   C1        FA-2   21.00  0
"""
    )
    replaced = files(("1.txt", 0), ("2.txt", 1, True))
    kept = in_force(entries(text), replaced, day="date").sort("debit_minor")
    assert kept.select("journal", "entry").rows() == [
        ("BQ", "3"),
        ("VE", "4"),
        ("VE", "9"),
        ("VE", "2"),
    ]
    # another journal and a later day stay; what it holds is as it says, even if the other is longer
    assert amounts(text, replaced) == [100, 400, 900, 2100]
    assert amounts(text, files(("1.txt", 0), ("2.txt", 1))) == [100, 400, 900, 1000, 2000]
    assert amounts(text, files(("1.txt", 1), ("2.txt", 1, True))) == [100, 400, 900, 1000, 2000]


def test_the_period_of_a_file_is_that_of_its_lines() -> None:
    rows = frame(
        "file  day_date\na  2026-01-05\na  2026-03-01\n", {"file": pl.String, "day_date": pl.Date}
    )
    (span,) = spans(rows, files(("a", 0), ("empty", 0)), day="day_date")
    assert (span.file, str(span.first), str(span.last), span.journals) == (
        "a", "2026-01-05", "2026-03-01", None,
    )  # fmt: skip


def test_a_file_that_nobody_told_of_was_given_first() -> None:
    known = known_files(entries(JANUARY + AGAIN), files(("2.txt", 3)), day="date")
    assert known.select("file", "batch", "replaces").rows() == [
        ("1.txt", 0, False), ("2.txt", 3, False),
    ]  # fmt: skip


def test_what_is_covered_and_absent() -> None:
    text = JANUARY + "2.txt  VE  2  2026-01-31  411000  C1  FA-2  20.00  0\n"
    rows = entries(text).with_columns(natural=entry_natural())
    found = absent_rows(rows, files(("1.txt", 0), ("2.txt", 1)), batch=1, day="date")
    assert found.select("piece", "covering").rows() == [("FA-1", "2.txt")]
    assert absent_rows(rows, files(("1.txt", 1), ("2.txt", 1)), batch=1, day="date").is_empty()


def test_two_files_alike_count_once_whatever_they_hold() -> None:
    one, two = receivables(entries(JANUARY)), receivables(entries(JANUARY + AGAIN))
    assert one.items.equals(two.items)


def test_only_entries_overlap() -> None:
    with pytest.raises(SchemaError, match="entries_once"):
        entries_once(pl.DataFrame({"file": ["a"]}), NO_FILES)
