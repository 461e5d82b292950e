"""The words of a chart."""

import doctest
from dataclasses import replace
from datetime import date

import pytest

from quittance.core.phrase import same
from quittance.reports.render import chart_words
from quittance.reports.render.chart_words import (
    description,
    full_value,
    series_unit,
    short_money,
    short_value,
    slot_labels,
)
from quittance.reports.report import Chart


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(chart_words).failed == 0


@pytest.mark.parametrize(
    ("amount", "currency", "french", "english"),
    [
        (0, "EUR", "0 €", "€0"),
        (50, "EUR", "0,50 €", "€0.50"),
        (12_300, "EUR", "123 €", "€123"),
        (35_000_000, "EUR", "350 k€", "€350k"),
        (123_456_789, "EUR", "1,23 M€", "€1.23M"),
        (-120_000_000, "EUR", "-1,2 M€", "-€1.2M"),
        (99_995_000, "EUR", "1 M€", "€1M"),
        (1_500_000, "JPY", "1,5 M JPY", "JPY 1.5M"),
        (250_000_000_000, "EUR", "2,5 Md€", "€2.5bn"),
        (99_999, "EUR", "1 k€", "€1k"),
    ],
)
def test_short_money(amount: int, currency: str, french: str, english: str) -> None:
    assert short_money(amount, currency, lang="fr").replace("\u00a0", " ") == french
    assert short_money(amount, currency, lang="en").replace("\u00a0", " ") == english


def test_short_values_of_other_units(charts_by_name: dict[str, Chart]) -> None:
    days, pareto = charts_by_name["lines"], charts_by_name["pareto"]
    assert short_value(44.25, days, lang="fr") == "44,3\u00a0j"
    assert short_value(34.0, pareto, lang="en", unit="percent") == "34%"
    assert short_value(12_000, replace(days, unit="count"), lang="fr") == "12\u202f000"
    assert full_value(None, days, lang="fr") == "sans valeur"
    assert series_unit(pareto, 1) == "percent"


def test_labels_are_months_days_or_words(charts_by_name: dict[str, Chart]) -> None:
    chart = charts_by_name["grouped"]
    assert slot_labels(chart, "fr")[:2] == ["janv.\u00a024", "févr.\u00a024"]
    weeks = replace(chart, labels=(date(2025, 1, 6), date(2025, 1, 13)))
    assert slot_labels(weeks, "fr") == ["06/01", "13/01"]
    assert slot_labels(weeks, "en") == ["06 Jan", "13 Jan"]
    assert slot_labels(replace(chart, labels=(same("a\nb"),)), "en") == ["a b"]


def test_the_description_says_every_value(charts_by_name: dict[str, Chart]) -> None:
    text = description(charts_by_name["grouped"], "en")
    assert text.startswith("Expected — Jan\u00a024: €40,000.00 ; Feb\u00a024: €43,100.00")
    assert "Oct\u00a024: -€5,000.00 ; Nov\u00a024: no value" in text
