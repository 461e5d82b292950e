"""CSV: exact amounts, two dialects, and no formula."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from quittance.core.phrase import LANGUAGES, Language, Phrase, same
from quittance.reports.render.csv import safe_texts, to_csv
from quittance.reports.report import Column, Report


def test_the_standard_dialect(report: Report, golden: Callable[[str, str], None]) -> None:
    golden("aging.standard.csv", to_csv(replace(report, parts=()), "en", dialect="standard"))


def test_the_dialect_of_a_french_excel(report: Report, golden: Callable[[str, str], None]) -> None:
    golden("aging.excel-fr.csv", to_csv(replace(report, parts=()), "fr", dialect="excel-fr"))


def test_headings_are_machine_names_or_words(report: Report) -> None:
    standard = to_csv(report, "fr", dialect="standard").partition("\r\n")[0]
    assert standard.startswith("customer,name,action,currency,not_due,late_1_30,")
    french = to_csv(report, "fr", dialect="excel-fr").partition("\r\n")[0]
    assert french.startswith("\ufeffCode;Client;Prochaine action;Devise;Non échu;")


def test_amounts_are_exact_whatever_their_size() -> None:
    amounts = [9_007_199_254_740_993, -9_223_372_036_854_775_807, 1, 0]
    rows = pl.DataFrame({"a_minor": amounts, "currency": ["EUR", "TND", "JPY", "EUR"]})
    report = Report(
        "r",
        same("R"),
        date(2025, 1, 1),
        columns=(Column("a_minor", same("A"), "money"),),
        rows=rows,
    )
    read = list(csv.reader(io.StringIO(to_csv(report, "fr", dialect="standard"))))[1:]
    assert [row[1] for row in read] == [
        "90071992547409.93",
        "-9223372036854775.807",
        "1",
        "0.00",
    ]


def test_the_sum_of_the_written_amounts_is_the_total(open_items: Callable[[int], Report]) -> None:
    report = open_items(500)
    text = to_csv(report, "fr", dialect="standard")
    written = sum(Decimal(row["open"]) for row in csv.DictReader(io.StringIO(text)))
    assert written * 100 == report.totals["open_minor"].item()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dialect", ["standard", "excel-fr"])
def test_no_cell_starts_a_formula(report: Report, lang: Language, dialect: str) -> None:
    named = replace(report, parts=(replace(report.parts[0], title=same("=1+1")),))
    text = to_csv(named, lang, dialect="excel-fr" if dialect == "excel-fr" else "standard")
    separator = ";" if dialect == "excel-fr" else ","
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=separator):
        for cell in row:
            number = cell.lstrip("-").replace(",", "").replace(".", "").isdigit()
            assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_dangerous_start_gets_an_apostrophe(start: str) -> None:
    assert pl.select(safe_texts(pl.lit(start + "x"))).item() == f"'{start}x"
    assert pl.select(safe_texts(pl.lit("x" + start))).item() == "x" + start


def test_parts_follow_with_their_title_between(report: Report) -> None:
    text = to_csv(report, "fr", dialect="standard")
    assert (
        "\r\n\r\nPostes ouverts\r\ndocument,name,due_date,currency,open,days_past_due\r\n" in text
    )


def test_a_report_of_parts_only_starts_with_the_first_title(report: Report) -> None:
    picture = Report("picture", same("Picture"), report.as_of, parts=report.parts)
    assert to_csv(picture, "en", dialect="standard").startswith("Open items\r\ndocument,")


def test_two_columns_with_one_heading_are_both_written() -> None:
    columns = (Column("a", same("Same")), Column("b", same("Same")))
    rows = pl.DataFrame({"a": ["1"], "b": [None]}, schema={"a": pl.String, "b": pl.String})
    report = Report("r", same("R"), date(2025, 1, 1), columns=columns, rows=rows)
    assert to_csv(report, "fr", dialect="excel-fr") == "\ufeffSame;Same\r\n1;\r\n"


def test_numbers_and_flags_in_each_dialect() -> None:
    columns = (
        Column("share", same("Share"), "percent"),
        Column("late", same("Late"), "days"),
        Column("hold", same("Hold"), "flag"),
        Column("why", Phrase("Motif", "Reason"), "phrase"),
    )
    rows = pl.DataFrame(
        {
            "share": [12.15, float("nan")],
            "late": [44.25, None],
            "hold": [True, None],
            "why_fr": ["litige; avoir", None],
            "why_en": ["dispute, credit note", None],
        }
    )
    report = Report("r", same("R"), date(2025, 1, 1), columns=columns, rows=rows)
    assert to_csv(report, "en", dialect="standard").splitlines()[1:] == [
        '12.15,44.25,true,"dispute, credit note"',
        ",,,",
    ]
    assert to_csv(report, "fr", dialect="excel-fr").splitlines()[1:] == [
        '12,15;44,25;oui;"litige; avoir"',
        ";;;",
    ]
