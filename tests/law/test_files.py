"""A file at fault is refused in words that name the file, the line and the row."""

from datetime import date

import pytest

from quittance.law.files import LawFileError, document_of, head_day, rows_of, text_of
from quittance.law.shapes import LEGAL_INTEREST

HEAD = """\
defaults:
  unit: percent a year
  act: ""
  reference: C. mon. fin. art. L313-2
  link: https://www.legifrance.gouv.fr/
  source: Journal officiel
  checked_on: 2026-11-22
  verified: true
  grade: A
rows:
"""
FIRST = """\
  - period: "2026-S1"
    valid_from: 2026-01-01
    valid_until: 2026-07-01
    private_creditor: "6.67"
    other_cases: "2.62"
"""
SECOND = FIRST.replace("2026-07-01", "2027-01-01").replace("2026-01-01", "2026-07-01")
SECOND = SECOND.replace("2026-S1", "2026-S2")
GOOD = HEAD + FIRST + SECOND


def test_a_row_has_the_defaults_of_its_file_and_may_override_them() -> None:
    content = GOOD + "    source: juriblio.fr\n    grade: B\n"
    first, second = rows_of(LEGAL_INTEREST, content)
    assert (first["source"], first["grade"]) == ("Journal officiel", "A")
    assert (second["source"], second["grade"]) == ("juriblio.fr", "B")
    assert (second["other_cases"], second["valid_until"]) == (26_200, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        # a field missing, empty, unknown, written twice
        ("  unit: percent a year\n", "", "10 (row 2026-S1): the field 'unit' is missing"),
        ("  source: Journal officiel\n", "  source:\n", "the field 'source' is missing"),
        ("  source: Journal officiel\n", '  source: " "\n', "source: it is empty"),
        ("    other_cases: ", "    othr_cases: ", "the field 'othr_cases' is unknown"),
        ('"6.67"\n', '"6.67"\n    period: "2026"\n', "15: the field 'period' is written twice"),
        # a value that has no exact reading
        ('"6.67"', "6.67", "law/fr/legal_interest.yaml:14: write 6.67 in quotes"),
        ('"6.67"', '"6,67"', "private_creditor: '6,67' is not a number such as 2.40"),
        ("verified: true", "verified: yes", "8: write yes in quotes"),
        ("verified: true", 'verified: "true"', "verified: 'true' is neither true nor false"),
        ("valid_from: 2026-01-01", "valid_from: 2026-02-30", "12: day is out of range"),
        ("valid_from: 2026-01-01", 'valid_from: "2026-01-01"', "valid_from: '2026-01-01' is not"),
        ("link: https:", "link: http:", "link: 'http://www.legifrance.gouv.fr/' is not an https"),
        ("grade: A", "grade: D", "grade: 'D' is none of A, B, C"),
        # fields that contradict one another
        ("verified: true", "verified: false", "grade A or B is verified: true"),
        ("grade: A", "grade: C", "grade C (own knowledge) verified: false"),
        ("valid_until: 2026-07-01", "valid_until: 2025-07-01", "valid_until is not after"),
        # a gap, an overlap
        (
            "valid_until: 2026-07-01",
            "valid_until: 2026-06-30",
            "law/fr/legal_interest.yaml:16 (row 2026-S2): no row holds from 2026-06-30 to "
            "2026-07-01",
        ),
        (
            "valid_until: 2026-07-01",
            "valid_until: 2026-07-02",
            "16 (row 2026-S2): it begins on 2026-07-01, when the row before it still holds "
            "(until 2026-07-02)",
        ),
        # not the file it should be
        ("rows:", "lines:", "law/fr/legal_interest.yaml: 'rows' is missing"),
        ("defaults:\n", "defaults: none\nothers:\n", "'defaults' is not a list of fields"),
        ("defaults:", "defaults: [", "law/fr/legal_interest.yaml: while parsing"),
    ],
)
def test_a_fault_is_refused_and_located(old: str, new: str, fault: str) -> None:
    content = GOOD.replace(old, new, 1)
    assert content != GOOD
    with pytest.raises(LawFileError) as refusal:
        rows_of(LEGAL_INTEREST, content)
    assert fault in str(refusal.value)
    assert str(refusal.value).startswith("law/fr/legal_interest.yaml")


def test_an_open_row_followed_by_another_overlaps_it() -> None:
    content = HEAD + FIRST.replace("    valid_until: 2026-07-01\n", "") + SECOND
    with pytest.raises(LawFileError, match="'valid_until' is missing"):
        rows_of(LEGAL_INTEREST, content)


def test_every_row_at_fault_is_named() -> None:
    with pytest.raises(LawFileError) as refusal:
        rows_of(LEGAL_INTEREST, GOOD.replace('"2.62"', '"2,62"'))
    assert [line.split(" ")[0] for line in str(refusal.value).splitlines()] == [
        "law/fr/legal_interest.yaml:11",
        "law/fr/legal_interest.yaml:16",
    ]


def test_the_first_word_of_yaml_for_no_does_not_become_a_flag() -> None:
    with pytest.raises(LawFileError, match=r"x\.yaml:1: write no in quotes"):
        document_of("x.yaml", "end_of_month: no\n")


@pytest.mark.parametrize("content", ["", "- 1\n", "just words\n"])
def test_a_file_without_fields_is_refused(content: str) -> None:
    with pytest.raises(LawFileError, match="holds no fields"):
        document_of("x.yaml", content)


def test_a_day_at_the_head_of_a_file_must_be_there() -> None:
    assert head_day("x.yaml", "complete_until", content="complete_until: 2026-10-27") == date(
        2026, 10, 27
    )
    with pytest.raises(LawFileError, match=r"x\.yaml: 'complete_until' is missing"):
        head_day("x.yaml", "complete_until", content="rows: []")


def test_the_files_are_in_the_package() -> None:
    assert "complete_until: 2026-10-27" in text_of("eu/ecb_refinancing_rate.yaml")
