"""Where fiscal years begin, whatever files the ledger came in."""

from datetime import date

import polars as pl
import pytest
from tests.core.entries import entries

from quittance.core.fiscal_years import (
    is_of_opening_journal,
    months_between,
    with_fiscal_years,
)

HEAD = "journal  entry  date        account  customer  piece  debit  credit\n"
YEAR = """
AN  1  2025-01-01  411000  C1  FA-0  30.00  0
AN  1  2025-01-01  101000  -   CAP   0      30.00
VE  2  2025-02-10  411000  C1  FA-1  50.00  0
VE  2  2025-02-10  706000  -   FA-1  0      50.00
BQ  3  2025-06-30  512000  -   R-1   30.00  0
BQ  3  2025-06-30  411000  C1  R-1   0      30.00
"""
NEXT = """
AN  1  2026-01-01  411000  C1  FA-1  50.00  0
AN  1  2026-01-01  512000  -   BQ    30.00  0
AN  1  2026-01-01  101000  -   CAP   0      30.00
AN  1  2026-01-01  120000  -   RES   0      50.00
VE  2  2026-03-31  411000  C1  FA-2  10.00  0
"""


def years(text: str, *starts: str) -> tuple[list[str], list[str]]:
    """The first day of each fiscal year, and the days of opening entries."""
    lines = entries(HEAD + text)
    days = [date.fromisoformat(day) for day in starts] or [lines["date"].min()]
    found = with_fiscal_years(lines, file_starts=days)
    first = found.group_by("fiscal_year").agg(pl.col("date").min()).sort("fiscal_year")
    assert first["fiscal_year"].to_list() == list(range(first.height))
    opens = found.filter("is_opening")["date"].unique().sort()
    return [str(day) for day in first["date"]], [str(day) for day in opens]


@pytest.mark.parametrize(
    ("journal", "label", "opens"),
    [
        ("AN", "", True),
        ("AN1", "", True),
        ("RAN", "", True),
        ("OUV", "", True),
        ("A_NOUV", "", True),
        ("OPEN", "", True),
        ("99", "À nouveaux", True),
        ("99", "A-NOUVEAU", True),
        ("99", "Report à nouveau", True),
        ("99", "\ufffd nouveaux", True),  # the accent was lost on the way
        ("99", "Balance d'ouverture", True),
        ("99", "Opening balance", True),
        ("VE", "Ventes", False),
        ("VE", "Ventes Beaujolais nouveau", False),
        ("ANA", "Analytique", False),
        ("BAN", "Banque", False),
    ],
)
def test_an_opening_journal_is_known_by_its_code_or_its_name(
    journal: str, label: str, opens: bool
) -> None:
    row = pl.DataFrame({"journal": [journal], "journal_label": [label]})
    assert row.select(is_of_opening_journal()).item() is opens


def test_a_year_is_opened_by_its_openings() -> None:
    assert years(YEAR + NEXT) == (["2025-01-01", "2026-01-01"], ["2025-01-01", "2026-01-01"])


def test_a_correction_in_the_opening_journal_opens_no_year() -> None:
    correction = "AN  2  2025-03-01  411000  C1  FA-0  7.00  0\n"
    assert years(YEAR + correction, "2025-01-01", "2025-03-01")[1] == ["2025-01-01"]


@pytest.mark.parametrize("starts", [("2025-01-01",), ("2025-01-01", "2025-07-01")])
def test_a_short_year_is_known_by_the_balances_that_are_carried(starts: tuple[str, ...]) -> None:
    """Six months, to change the closing date: most balances come back to the cent."""
    short = NEXT.replace("2026-01-01", "2025-07-01")
    assert years(YEAR + short, *starts)[0] == ["2025-01-01", "2025-07-01"]


def test_a_short_year_whose_accounts_were_renumbered_begins_with_its_file() -> None:
    """No balance comes back under its old name, but about as many do as there were."""
    renumbered = (
        NEXT.replace("2026-01-01", "2025-07-01").replace("C1", "00001").replace("000 ", "00 ")
    )
    assert years(YEAR + renumbered, "2025-01-01", "2025-07-01")[0] == ["2025-01-01", "2025-07-01"]
    assert years(YEAR + renumbered, "2025-01-01")[0] == ["2025-01-01"]


def test_without_openings_a_year_begins_with_a_file_a_year_later() -> None:
    sales = "".join(
        f"VE  {n}  {day}  411000  C1  F  1.00  0\n"
        for n, day in enumerate(["2025-01-15", "2025-07-02", "2026-01-03", "2026-07-01"])
    )
    split = ("2025-01-15", "2025-07-02", "2026-01-03", "2026-07-01")
    assert years(sales, "2025-01-15", "2026-01-03") == (["2025-01-15", "2026-01-03"], [])
    assert years(sales, *split) == (["2025-01-15", "2026-01-03"], [])
    assert years(sales, "2025-01-15", "2025-07-02") == (["2025-01-15"], [])


def test_openings_a_few_days_late_open_the_year_of_their_file() -> None:
    late = NEXT.replace("2026-01-01", "2026-01-03")
    text = YEAR + "VE  9  2026-01-02  411000  C1  FA-9  5.00  0\n" + late
    assert years(text, "2025-01-01", "2026-01-02") == (
        ["2025-01-01", "2026-01-02"],
        ["2025-01-01", "2026-01-03"],
    )


def test_books_that_begin_in_the_last_month_of_a_year_wait_for_the_openings() -> None:
    """Cut by month, a file starts a year after the books, in the middle of no fiscal year."""
    text = "VE  1  2025-01-15  411000  C1  F  1.00  0\nVE  2  2026-01-02  411000  C1  F  1.00  0\n"
    text += NEXT.replace("2026-01-01", "2026-02-01")
    found = years(text, "2025-01-15", "2026-01-02", "2026-02-01")
    assert found == (["2025-01-15", "2026-02-01"], ["2026-02-01"])


def test_the_first_openings_of_the_books_are_openings_wherever_they_stand() -> None:
    text = "VE  1  2025-01-01  411000  C1  F  1.00  0\n" + YEAR.replace("2025-01-01", "2025-01-02")
    assert years(text) == (["2025-01-01"], ["2025-01-02"])


def test_a_ledger_without_a_line_has_no_year() -> None:
    none = with_fiscal_years(entries(HEAD), file_starts=[])
    assert none.is_empty()
    assert none.schema["fiscal_year"] == pl.Int64


def test_months_are_counted_by_the_calendar() -> None:
    assert months_between(date(2025, 1, 31), date(2026, 1, 1)) == 12
    assert months_between(date(2025, 1, 1), date(2025, 12, 31)) == 11
