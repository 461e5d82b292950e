"""A report as a workbook: a first sheet with figures and notes, one sheet a table, the problems.

Texts are written as texts, never as formulas or links. The bytes depend on the report alone: the
date of creation is that of the accounts.
"""

from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO

import polars as pl
from xlsxwriter import Workbook

from quittance.core.phrase import Language
from quittance.reports.render import words
from quittance.reports.render.problem_texts import problem_texts, problems_of
from quittance.reports.render.sheet_names import SheetNames
from quittance.reports.render.tables import complete, with_parts
from quittance.reports.render.xlsx_styles import Styles
from quittance.reports.render.xlsx_summary import write_summary
from quittance.reports.render.xlsx_table import Target, write_table
from quittance.reports.report import Column, Report

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def to_xlsx(report: Report, lang: Language) -> bytes:
    """The whole report as the bytes of a workbook."""
    out = BytesIO()
    book = Workbook(out, OPTIONS)
    created = datetime.combine(report.as_of, time())
    title = report.title.text(lang)
    book.set_properties({"title": title, "author": "Quittance", "created": created})
    target = Target(book, Styles(book, lang), SheetNames(), lang)
    summary = book.add_worksheet(target.names.new(words.SUMMARY.text(lang)))
    write_summary(summary, report, lang=lang, styles=target.styles)
    for table in _tables(report, lang):
        write_table(target, complete(table))
    book.close()
    return out.getvalue()


def _tables(report: Report, lang: Language) -> Iterator[Report]:
    """The reports that have a table, and the problems as one more."""
    yield from (one for one in with_parts(report) if one.columns)
    if problems_of(report).height:
        yield _problems_report(report, lang)


def _problems_report(report: Report, lang: Language) -> Report:
    """The problems as a table of their own."""
    severity = pl.col("severity").replace(
        {"error": words.SEVERITY_ERROR.text(lang), "warning": words.SEVERITY_WARNING.text(lang)}
    )
    columns = (
        Column("severity", words.SEVERITY),
        Column("file", words.FILE),
        Column("line", words.LINE, "count"),
        Column("found", words.FOUND),
        Column("rule", words.RULE),
        Column("remedy", words.REMEDY),
        Column("lines", words.LINES, "count"),
        Column("code", words.CODE),
    )
    rows = problem_texts(problems_of(report), lang).with_columns(severity)
    return Report("problems", words.PROBLEMS, report.as_of, columns=columns, rows=rows)
