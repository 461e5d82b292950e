"""A report's rows and totals made ready to be written: complete columns, currencies stated.

Every renderer starts with `complete`, so that an amount never stands without its currency and a
report without a row still has its headings. Readers of a page or a terminal then get a `Table` of
texts; the machine formats take the complete frames.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from quittance.core.phrase import Language
from quittance.reports.render import words
from quittance.reports.render.formats import clean, column_texts
from quittance.reports.report import Column, Kind, Report

CURRENCY_COLUMN = Column("currency", words.CURRENCY, "text")
TYPES: dict[Kind, type[pl.DataType]] = {
    "text": pl.String,
    "phrase": pl.String,
    "date": pl.Date,
    "money": pl.Int64,
    "days": pl.Float64,
    "count": pl.Int64,
    "percent": pl.Float64,
    "number": pl.Float64,
    "flag": pl.Boolean,
}


@dataclass(frozen=True)
class Table:
    """Rows and totals as texts under their headings, for a person to read."""

    columns: tuple[Column, ...]
    rows: pl.DataFrame  # the first rows, every column a text
    totals: pl.DataFrame  # one row per currency, the word Total in the first column
    row_count: int  # how many rows the report has in all
    currency: str | None  # the currency of every amount, when there is only one


def with_parts(report: Report) -> Iterator[Report]:
    """The report, then each of its parts, in reading order."""
    yield report
    for part in report.parts:
        yield from with_parts(part)


def only_currency(report: Report) -> str | None:
    """The currency of the rows and totals, or failing these of the figures, if there is one."""
    found: set[str] = set()
    for frame in (report.rows, report.totals):
        if "currency" in frame.columns:
            found.update(frame["currency"].drop_nulls().unique().to_list())
    found = found or {figure.currency for figure in report.figures if figure.currency}
    return next(iter(found)) if len(found) == 1 else None


def complete(report: Report) -> Report:
    """The same report with every declared column there, and a currency beside its amounts."""
    if not report.columns:
        return report
    report = replace(report, rows=report.rows.rechunk())
    columns, code = report.columns, only_currency(report)
    first_money = next((n for n, column in enumerate(columns) if column.kind == "money"), None)
    if first_money is not None and not any(column.name == "currency" for column in columns):
        columns = (*columns[:first_money], CURRENCY_COLUMN, *columns[first_money:])
    rows = _with_columns(report.rows, columns, currency=code)
    missing = [name for name in _physical(columns) if name not in rows.columns]
    if missing:
        raise ValueError(f"report {report.name}: its rows lack the columns {missing}")
    totals = _with_columns(report.totals, columns, currency=code, nulls=True)
    return replace(report, columns=columns, rows=rows, totals=totals)


def table_of(report: Report, lang: Language, *, limit: int) -> Table | None:
    """The table of a complete report as texts; None for a report without columns."""
    if not report.columns:
        return None
    code = only_currency(report)
    columns = tuple(c for c in report.columns if not (c.name == "currency" and code))
    rows = report.rows.head(limit).select(text_of(c, report.rows, lang=lang) for c in columns)
    totals = report.totals.select(text_of(c, report.totals, lang=lang) for c in columns)
    summed = labelled(totals, columns, lang=lang)
    return Table(columns, rows, summed, row_count=report.rows.height, currency=code)


def headings(columns: tuple[Column, ...], lang: Language) -> list[str]:
    """The headings of the columns in one language."""
    return [clean(column.label.text(lang)) for column in columns]


def _physical(columns: tuple[Column, ...]) -> dict[str, type[pl.DataType]]:
    """The columns that the rows must have: a phrase is one column for each language."""
    found: dict[str, type[pl.DataType]] = {}
    for column in columns:
        if column.kind == "phrase":
            found |= {f"{column.name}_fr": pl.String, f"{column.name}_en": pl.String}
        else:
            found[column.name] = TYPES[column.kind]
    return found


def _with_columns(
    frame: pl.DataFrame, columns: tuple[Column, ...], *, currency: str | None, nulls: bool = False
) -> pl.DataFrame:
    types = _physical(columns)
    typed = [pl.col(n).cast(t) for n, t in types.items() if frame.schema.get(n) == pl.Null]
    frame = frame.with_columns(typed)
    if not frame.height:
        return pl.DataFrame(schema={name: frame.schema.get(name, t) for name, t in types.items()})
    if "currency" in types and "currency" not in frame.columns and currency:
        frame = frame.with_columns(currency=pl.lit(currency))
    absent = [pl.lit(None, dtype=t).alias(n) for n, t in types.items() if n not in frame.columns]
    return frame.with_columns(absent) if nulls else frame


def text_of(column: Column, frame: pl.DataFrame, *, lang: Language) -> pl.Expr:
    """One column of a frame as texts; days without decimals where the frame holds whole days."""
    whole = column.kind == "days" and frame.schema[column.name].is_integer()
    return column_texts(column, lang, whole=whole)


def labelled(totals: pl.DataFrame, columns: tuple[Column, ...], *, lang: Language) -> pl.DataFrame:
    """The totals with the word Total in the first column, where it says nothing else."""
    first = columns[0]
    if first.kind not in ("text", "phrase", "date", "flag"):
        return totals
    word = pl.lit(words.TOTAL.text(lang))
    return totals.with_columns(pl.col(first.name).fill_null(word))
