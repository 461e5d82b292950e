"""A report's rows as CSV, in two dialects.

`standard` follows RFC 4180: commas, points, UTF-8, machine names without `_minor`, because its
amounts are exact decimals in major units. `excel-fr` opens in a French Excel with a double click:
byte order mark, semicolons, decimal commas, headings in words. In both, no text cell can start a
formula. Figures, totals and notes stay out, so that a column can be summed.
"""

from typing import Literal

import polars as pl

from quittance.core.phrase import Language
from quittance.reports.render.formats import decimal_texts, flag_texts, worded
from quittance.reports.render.tables import complete, with_parts
from quittance.reports.report import Column, Report

Dialect = Literal["standard", "excel-fr"]
BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = "^([=+\\-@\t\r\n＝＋－＠])"
END_OF_LINE = "\r\n"


def to_csv(report: Report, lang: Language, *, dialect: Dialect) -> str:
    """The rows of the report, then those of its parts, each part under a line with its title."""
    blocks = []
    for one in with_parts(report):
        table = _table(complete(one), lang, dialect=dialect) if one.columns else ""
        if one is report:
            blocks += [table] if table else []
        else:
            blocks.append(_line([one.title.text(lang)], dialect=dialect) + table)
    mark = BYTE_ORDER_MARK if dialect == "excel-fr" else ""
    return mark + END_OF_LINE.join(blocks)


def safe_texts(text: pl.Expr) -> pl.Expr:
    """Texts that no spreadsheet takes for a formula: an apostrophe stands before the sign."""
    return text.str.replace(FORMULA_STARTS, "'${1}")


def _table(report: Report, lang: Language, *, dialect: Dialect) -> str:
    headings = [_heading(column, lang, dialect=dialect) for column in report.columns]
    cells = [_cells(column, lang, dialect=dialect) for column in report.columns]
    return _line(headings, dialect=dialect) + _lines(report.rows.select(cells), dialect=dialect)


def _line(texts: list[str], *, dialect: Dialect) -> str:
    """One line of words: headings, or the title of a part."""
    frame = pl.DataFrame([texts], orient="row").select(safe_texts(pl.all()))
    return _lines(frame, dialect=dialect)


def _lines(frame: pl.DataFrame, *, dialect: Dialect) -> str:
    separator = ";" if dialect == "excel-fr" else ","
    return frame.write_csv(separator=separator, line_terminator=END_OF_LINE, include_header=False)


def _cells(column: Column, lang: Language, *, dialect: Dialect) -> pl.Expr:
    """One column as it is written: exact amounts, ISO dates, safe texts, plain numbers."""
    point = "," if dialect == "excel-fr" else "."
    values = pl.col(column.name if column.kind != "phrase" else f"{column.name}_{lang}")
    if dialect == "excel-fr":
        values = worded(values, column, lang=lang)
    if column.kind == "money":
        cells = decimal_texts(values, pl.col("currency"), point=point)
    elif column.kind in ("percent", "days", "number"):
        cells = _number_texts(values, point=point)
    elif column.kind == "flag" and dialect == "excel-fr":
        cells = flag_texts(values, lang)
    elif column.kind in ("text", "phrase"):
        cells = safe_texts(values.cast(pl.String))
    else:
        cells = values
    return cells.alias(column.name)


def _number_texts(values: pl.Expr, *, point: str) -> pl.Expr:
    finite = pl.when(values.is_finite()).then(values)
    return finite.cast(pl.String).str.replace(".", point, literal=True)


def _heading(column: Column, lang: Language, *, dialect: Dialect) -> str:
    return column.label.text(lang) if dialect == "excel-fr" else column.name.removesuffix("_minor")
