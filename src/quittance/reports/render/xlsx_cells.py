"""The cells of a workbook, by the column: exact decimals, spreadsheet days, shares, texts."""

from datetime import date
from decimal import Decimal

import polars as pl

from quittance.core.money import MINOR_DIGITS
from quittance.core.phrase import Language
from quittance.reports.render.formats import worded
from quittance.reports.report import Column, Report

DIGITS = "decimals of the row"  # no column of a report has this name
DAY_ZERO = date(1899, 12, 30)
LONGEST_TEXT = 32_767


def cells(report: Report, lang: Language) -> list[pl.Expr]:
    """The decimals of each row's currency, then the columns as the writer takes them."""
    has_money = any(column.kind == "money" for column in report.columns)
    digits = _digits() if has_money else pl.lit(2, dtype=pl.Int64)
    return [digits.alias(DIGITS), *(_cell(column, lang) for column in report.columns)]


def _cell(column: Column, lang: Language) -> pl.Expr:
    values = pl.col(column.name if column.kind != "phrase" else f"{column.name}_{lang}")
    if column.kind == "money":
        values = _exact(values)
    elif column.kind == "date":
        values = (values - pl.lit(DAY_ZERO)).dt.total_days()
    elif column.kind in ("text", "phrase"):
        values = worded(values, column, lang=lang).cast(pl.String).str.slice(0, LONGEST_TEXT)
    elif column.kind in ("percent", "days", "number"):
        values = pl.when(values.is_finite()).then(values)
    if column.kind == "percent":
        values /= 100
    return values.alias(column.name)


def _exact(amount_minor: pl.Expr) -> pl.Expr:
    """Minor units as exact decimals in major units, whatever the currency of the row."""
    amount, digits = amount_minor.cast(pl.Decimal(38, 3)), _digits()
    whole_or_thousandths = pl.when(digits == 3).then(amount / Decimal(1000)).otherwise(amount)
    return pl.when(digits == 2).then(amount / Decimal(100)).otherwise(whole_or_thousandths)


def _digits() -> pl.Expr:
    return pl.col("currency").replace_strict(MINOR_DIGITS, default=2, return_dtype=pl.Int64)
