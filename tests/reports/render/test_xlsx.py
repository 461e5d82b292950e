"""The workbook, read back with another library."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from python_calamine import CalamineWorkbook

from quittance.core.phrase import same
from quittance.reports.render.xlsx import to_xlsx
from quittance.reports.report import Report

HOSTILE = '=HYPERLINK("http://evil.example";"Dupont")'


def read(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def test_one_sheet_a_table_after_the_summary(report: Report) -> None:
    book = read(to_xlsx(report, "fr"))
    assert book.sheet_names == ["Synthèse", "Balance âgée", "Postes ouverts", "Anomalies relevées"]


def test_cells_are_real_values(report: Report) -> None:
    rows = read(to_xlsx(report, "fr")).get_sheet_by_name("Balance âgée").to_python()
    assert rows[0][:4] == ["Code", "Client", "Prochaine action", "Devise"]
    hostile = rows[2]
    assert hostile[1] == HOSTILE
    assert hostile[4] == 79.19
    assert hostile[10] == 8742.46
    assert hostile[11] == date(2025, 12, 11)
    assert hostile[13] == 0.036364
    assert rows[3][14] is True
    assert rows[9][10] == 786583.0  # yen have no decimals
    assert rows[11][0] == "Total"
    assert rows[11][10] == 59365.64
    assert len(rows) == 13


def test_there_is_no_formula_and_no_link(report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(to_xlsx(report, "fr"))) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "sheet" in name]
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    assert any("autoFilter" in sheet and 'state="frozen"' in sheet for sheet in sheets)


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert to_xlsx(report, "en") == to_xlsx(report, "en")


def test_problems_have_a_sheet_only_when_there_are_some(
    report: Report, open_items: Callable[[int], Report]
) -> None:
    rows = read(to_xlsx(report, "en")).get_sheet_by_name("Problems found").to_python()
    assert rows[0] == [
        "Severity",
        "File",
        "Line",
        "Found",
        "Rule",
        "Remedy",
        "Lines set aside",
        "Code",
    ]
    assert rows[1][:4] == ["Warning", "ventes.csv", 7.0, "the due date is missing."]
    assert read(to_xlsx(open_items(2), "en")).sheet_names == ["Summary", "Open items"]


def test_parts_of_the_same_title_have_sheets_of_their_own(report: Report) -> None:
    part = replace(report.parts[0], title=same("A/B"))
    book = read(to_xlsx(replace(report, parts=(part, part)), "fr"))
    assert book.sheet_names[2:4] == ["A-B", "A-B (2)"]
