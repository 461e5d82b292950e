"""The first sheet of a workbook: titles, key figures with their formulas, and notes."""

from dataclasses import dataclass
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from quittance.core.money import minor_digits, to_major
from quittance.core.phrase import Language, Phrase
from quittance.reports.render import words
from quittance.reports.render.formats import NUMERIC, clean, date_text
from quittance.reports.render.tables import with_parts
from quittance.reports.render.xlsx_cells import LONGEST_TEXT
from quittance.reports.render.xlsx_styles import Styles
from quittance.reports.report import Figure, Report

WIDTHS = (44, 20, 10, 62, 62)
FIGURE_HEADINGS = (words.FIGURE, words.VALUE, words.CURRENCY, words.FORMULA, words.COMMENT)


@dataclass
class _Page:
    """The sheet, and the next row to write on."""

    sheet: Worksheet
    styles: Styles
    lang: Language
    row: int = 0

    def line(self, text: str, style: Format) -> None:
        """Write one line of text in the first column."""
        self.sheet.write_string(self.row, 0, clean(text)[:LONGEST_TEXT], style)
        self.row += 1

    def text(self, phrase: Phrase | None, column: int, *, style: Format) -> None:
        """Write a phrase in the present row, if there is one."""
        if phrase is not None:
            text = clean(phrase.text(self.lang))[:LONGEST_TEXT]
            self.sheet.write_string(self.row, column, text, style)


def write_summary(sheet: Worksheet, report: Report, *, lang: Language, styles: Styles) -> None:
    """Write what a report and its parts say beside their tables."""
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    page = _Page(sheet, styles, lang)
    for one in with_parts(report):
        _write_one(page, one, first=one is report)


def _write_one(page: _Page, report: Report, *, first: bool) -> None:
    page.row += 0 if first else 1
    page.line(
        report.title.text(page.lang), page.styles.of(bold=True, font_size=18 if first else 14)
    )
    if first:
        day = date_text(report.as_of, page.lang)
        page.line(words.POSITION_AT.filled(date=day).text(page.lang), page.styles.of())
    if report.explanation:
        page.line(report.explanation.text(page.lang), page.styles.of(italic=True))
    if report.figures:
        _write_figures(page, report.figures)
    if report.notes:
        page.row += 1
        page.line(words.NOTES.text(page.lang), page.styles.of(bold=True))
        for note in report.notes:
            page.line(note.text(page.lang), page.styles.of())


def _write_figures(page: _Page, figures: tuple[Figure, ...]) -> None:
    page.row += 1
    for column, heading in enumerate(FIGURE_HEADINGS):
        page.text(heading, column, style=page.styles.heading(right=column == 1))
    page.row += 1
    wrapped = page.styles.of(text_wrap=True)
    for figure in figures:
        page.text(figure.label, 0, style=wrapped)
        _write_value(page, figure)
        page.sheet.write_string(page.row, 2, figure.currency or "")
        page.text(figure.formula, 3, style=wrapped)
        page.text(figure.comment, 4, style=wrapped)
        page.row += 1


def _write_value(page: _Page, figure: Figure) -> None:
    value = figure.value
    digits = minor_digits(figure.currency or "")
    whole = isinstance(value, int)
    style = page.styles.cell(figure.kind, digits=digits, whole=whole)
    if isinstance(value, date):
        page.sheet.write_datetime(page.row, 1, value, style)
    elif value is None or isinstance(value, str) or figure.kind not in NUMERIC:
        text = words.NOT_COMPUTABLE.text(page.lang) if value is None else clean(str(value))
        page.sheet.write_string(page.row, 1, text, page.styles.of(align="right"))
    elif figure.kind == "money":
        amount = to_major(round(value), figure.currency or "")
        page.sheet.write_number(page.row, 1, amount, style)
    else:
        number = value / 100 if figure.kind == "percent" else value
        page.sheet.write_number(page.row, 1, number, style)
