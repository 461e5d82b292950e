"""Numbers, dates and percentages as a reader writes them."""

import doctest
import time
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quittance.core.money import money_text
from quittance.core.phrase import LANGUAGES, Language, Phrase, same
from quittance.reports.render import formats
from quittance.reports.render.formats import (
    clean,
    clean_texts,
    column_texts,
    counted,
    date_text,
    date_texts,
    days_text,
    decimal_texts,
    figure_text,
    flag_texts,
    money_texts,
    month_text,
    number_text,
    number_texts,
    percent_text,
    value_text,
)
from quittance.reports.report import Column, Figure

CURRENCIES = ("EUR", "JPY", "TND")


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(formats).failed == 0


def test_a_french_reader_and_an_english_reader() -> None:
    assert percent_text(12.15, "fr") == "12,15\u00a0%"
    assert days_text(44.3, "fr") == "44,3\u00a0j"
    assert number_text(1234567, lang="fr") == "1\u202f234\u202f567"
    assert date_text(date(2025, 12, 31), "fr") == "31/12/2025"
    assert date_text(date(2025, 8, 1), "en") == "01 Aug 2025"
    assert month_text(date(2026, 1, 1), "fr") == "janv.\u00a026"


def test_a_number_that_is_none_is_a_dash() -> None:
    assert number_text(float("nan"), lang="fr") == "–"
    assert value_text(None, "money", lang="fr", currency="EUR") == "–"


def test_any_value_with_its_unit() -> None:
    assert value_text(123450, "money", lang="en", currency="EUR") == "€1,234.50"
    assert value_text(date(2025, 1, 2), "date", lang="fr") == "02/01/2025"
    assert value_text("a\nb", "text", lang="fr") == "a b"
    assert value_text(True, "flag", lang="fr") == "oui"
    assert value_text(5, "percent", lang="en") == "5%"
    assert value_text(1, "days", lang="en") == "1\u00a0day"
    assert value_text(2.5, "count", lang="fr") == "2,50"
    assert value_text(100, "money", lang="fr") == "1,00"


def test_a_figure_without_a_value_says_so() -> None:
    figure = Figure("dso", same("DSO"), None, "days", same("formula"))
    assert figure_text(figure, "fr") == "non calculable"


def test_counted_has_a_singular() -> None:
    one, many = Phrase("1 ligne", "1 row"), Phrase("{count} lignes", "{count} rows")
    assert counted(1, "fr", one=one, many=many) == "1 ligne"
    assert counted(1200, "en", one=one, many=many) == "1,200 rows"


def test_control_characters_and_reversals_never_reach_a_screen() -> None:
    text = "a\x1b[31m\u202eb\r\nc\x00"
    expected = "a\ufffd[31m\ufffdb c\ufffd"
    assert clean(text) == expected
    assert pl.select(clean_texts(pl.lit(text))).item() == expected


@pytest.mark.parametrize("lang", LANGUAGES)
@given(
    amounts=st.lists(st.integers(-(10**17), 10**17), min_size=1), number=st.sampled_from((0, 1, 2))
)
def test_money_by_the_column_is_money_one_by_one(
    lang: Language, amounts: list[int], number: int
) -> None:
    code = CURRENCIES[number]
    frame = pl.DataFrame({"amount": amounts}).with_columns(currency=pl.lit(code))
    texts = frame.select(money_texts(pl.col("amount"), pl.col("currency"), lang=lang)).to_series()
    expected = [money_text(amount, code, lang=lang) for amount in amounts]
    symbols = str.maketrans("", "", "€\u00a0" + code)
    assert texts.to_list() == [text.translate(symbols) for text in expected]


@pytest.mark.parametrize("lang", LANGUAGES)
@given(numbers=st.lists(st.floats(-1e9, 1e9) | st.none(), min_size=1), decimals=st.integers(0, 3))
def test_numbers_by_the_column_are_numbers_one_by_one(
    lang: Language, numbers: list[float | None], decimals: int
) -> None:
    frame = pl.DataFrame({"n": numbers}, schema={"n": pl.Float64})
    texts = frame.select(number_texts(pl.col("n"), lang=lang, decimals=decimals)).to_series()
    expected = [
        None if n is None else number_text(n, lang=lang, decimals=decimals) for n in numbers
    ]
    assert texts.to_list() == expected


def test_decimals_follow_the_currency_of_each_row() -> None:
    frame = pl.DataFrame({"a": [-5, 1234, 1234567, None], "c": ["EUR", "JPY", "TND", "EUR"]})
    texts = frame.select(decimal_texts(pl.col("a"), pl.col("c"))).to_series()
    assert texts.to_list() == ["-0.05", "1234", "1234.567", None]


def test_dates_and_flags_by_the_column() -> None:
    frame = pl.DataFrame({"d": [date(2025, 2, 3), None], "f": [True, None]})
    assert frame.select(date_texts(pl.col("d"), "fr"))["d"].to_list() == ["03/02/2025", None]
    assert frame.select(date_texts(pl.col("d"), "en"))["d"].to_list() == ["03 Feb 2025", None]
    assert frame.select(flag_texts(pl.col("f"), "en")).to_series().to_list() == ["yes", None]


def test_a_column_of_each_kind() -> None:
    frame = pl.DataFrame(
        {"p_fr": ["litige"], "p_en": ["dispute"], "days": [12], "share": [7.5], "n": [1500]}
    )
    columns = (
        Column("p", same("P"), "phrase"),
        Column("days", same("D"), "days"),
        Column("share", same("S"), "percent"),
        Column("n", same("N"), "count"),
    )
    texts = frame.select(column_texts(c, "fr", whole=c.name == "days") for c in columns)
    assert texts.row(0) == ("litige", "12\u00a0j", "7,50\u00a0%", "1\u202f500")


def test_forty_thousand_amounts_take_well_under_a_second() -> None:
    frame = pl.DataFrame({"a": range(40_000)}).with_columns(c=pl.lit("EUR"))
    start = time.perf_counter()
    frame.select(money_texts(pl.col("a") * 12_345, pl.col("c"), lang="fr"))
    assert time.perf_counter() - start < 0.8
