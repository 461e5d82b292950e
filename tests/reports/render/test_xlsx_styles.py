"""The formats of the cells."""

import io

import pytest
from xlsxwriter import Workbook

from quittance.reports.render.xlsx_styles import Styles, number_pattern
from quittance.reports.report import Kind


@pytest.mark.parametrize(
    ("kind", "digits", "pattern"),
    [
        ("money", 2, "#,##0.00;[Red]-#,##0.00"),
        ("money", 0, "#,##0;[Red]-#,##0"),
        ("money", 3, "#,##0.000;[Red]-#,##0.000"),
        ("days", 2, "#,##0.0"),
        ("percent", 2, "0.00%"),
        ("date", 2, "dd/mm/yyyy"),
        ("text", 2, ""),
    ],
)
def test_the_pattern_of_each_kind(kind: Kind, digits: int, pattern: str) -> None:
    assert number_pattern(kind, "fr", digits=digits) == pattern


def test_the_same_format_is_made_once() -> None:
    with Workbook(io.BytesIO()) as book:
        styles = Styles(book, "en")
        assert styles.cell("money") is styles.cell("money")
        assert styles.cell("money") is not styles.cell("money", total=True)
        assert styles.heading() is not styles.heading(right=True)
