"""Tables as files: the rows asked for, the same bytes as the command line, no formula."""

from dataclasses import replace
from io import BytesIO

import polars as pl
import pytest
from django.http import QueryDict
from python_calamine import CalamineWorkbook

from quittance.reports.render.csv import to_csv
from quittance.reports.render.tables import complete
from quittance.reports.render.xlsx import to_xlsx
from quittance.web.downloads import download, form_asked
from quittance.web.samples import aged_balance

REPORT = aged_balance()


def test_a_file_is_asked_for_by_the_address() -> None:
    assert form_asked(QueryDict("format=csv")) == "csv"
    assert form_asked(QueryDict("format=xlsx&table=open"), prefix="open.") == "xlsx"
    assert form_asked(QueryDict("format=xlsx&table=open")) is None
    assert form_asked(QueryDict("format=exe")) is None
    assert form_asked(QueryDict("")) is None


def test_csv_is_that_of_the_command_line_in_each_language() -> None:
    french = download(REPORT, "csv", lang="fr", company="Lumière SAS")
    english = download(REPORT, "csv", lang="en", company="Lumière SAS")
    assert french.content.decode() == to_csv(REPORT, "fr", dialect="excel-fr")
    assert english.content.decode() == to_csv(REPORT, "en", dialect="standard")


def test_a_workbook_is_that_of_the_command_line() -> None:
    answer = download(REPORT, "xlsx", lang="fr", company="x")
    assert answer.content == to_xlsx(complete(REPORT), "fr")


def test_the_rows_are_those_asked_for_in_their_order_all_pages() -> None:
    query = QueryDict("q=hotels&sort=-customer&page=2")
    lines = download(REPORT, "csv", lang="en", company="x", query=query).content.decode().split()
    assert [line.split(",")[0] for line in lines[1:] if line.startswith("C0")] == [
        "C029", "C015", "C001",
    ]  # fmt: skip


def test_the_name_tells_company_report_and_day() -> None:
    answer = download(REPORT, "xlsx", lang="fr", company='Lumière & "fils"\r\nSAS')
    said = answer.headers["Content-Disposition"]
    assert said == 'attachment; filename="lumiere-fils-sas-balance-agee-2026-09-30.xlsx"'
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_name_of_a_customer_becomes_a_formula(form: str) -> None:
    rows = REPORT.rows.with_columns(name=pl.lit("=cmd|' /C calc'!A0"))
    answer = download(replace(REPORT, rows=rows), form, lang="fr", company="x")  # type: ignore[arg-type]
    if form == "csv":
        assert "'=cmd" in answer.content.decode()
        assert ";=cmd" not in answer.content.decode()
    else:
        book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
        values = [v for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
                  for v in row]  # fmt: skip
        assert "=cmd|' /C calc'!A0" in values  # a text, as it was written
