"""The contract of the JSON form."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from quittance.core.phrase import Language, same
from quittance.reports.render.json import to_json
from quittance.reports.report import Figure, Report

KEYS = ["report", "title", "explanation", "as_of", "currency"]
ENDS = ["totals", "notes", "problems", "parts"]


def parsed(report: Report, lang: Language = "fr") -> dict[str, Any]:
    result: dict[str, Any] = json.loads(to_json(report, lang))
    return result


def test_the_keys_and_their_order(report: Report) -> None:
    figures = [figure.name for figure in report.figures]
    assert list(parsed(report)) == [*KEYS, *figures, "figures", "customers", *ENDS]


def test_heads_and_figures(report: Report) -> None:
    found = parsed(report, "en")
    assert (found["report"], found["title"], found["as_of"]) == (
        "aging",
        "Aged balance",
        "2025-12-31",
    )
    assert found["currency"] is None
    assert found["outstanding_minor"] == 123_456_750
    assert found["expected_interest_minor"] is None
    assert found["figures"][2] == {
        "name": "dso_days",
        "label": "DSO (count-back method)",
        "value": 44.3,
        "kind": "days",
        "currency": None,
        "formula": report.figures[2].formula.en,
        "comment": "Down 2.1 days in a year.",
    }


def test_rows_hold_the_declared_columns_only(report: Report) -> None:
    rows = parsed(report)["customers"]
    assert list(rows[0]) == [column.name for column in report.columns]
    assert rows[1]["name"] == '=HYPERLINK("http://evil.example";"Dupont")'
    assert rows[1]["action"] == "Mise en demeure"
    assert parsed(report, "en")["customers"][1]["action"] == "Formal notice"
    assert rows[1]["balance_minor"] == 874_246
    assert rows[1]["oldest_due_date"] == "2025-12-11"
    assert rows[1]["share_percent"] == 3.6364
    assert rows[2]["on_hold"] is True
    assert rows[4]["days_past_due"] is None


def test_totals_are_one_object_a_currency(report: Report) -> None:
    totals = parsed(report)["totals"]
    assert [total["currency"] for total in totals] == ["EUR", "JPY"]
    assert totals[0]["balance_minor"] == sum(
        row["balance_minor"] for row in parsed(report)["customers"] if row["currency"] == "EUR"
    )
    assert "name" not in totals[0]


def test_problems_are_told_once_with_every_word(report: Report) -> None:
    found = parsed(report)
    assert found["problems"][1] == {
        "file": "a.fec",
        "line": 2,
        "lines": 1,
        "code": "render-test-unbalanced",
        "severity": "error",
        "found": "journal VE : le débit 1 200,00 et le crédit <b>1 000,00</b> diffèrent.",
        "rule": "Une écriture s'équilibre.",
        "remedy": "Exportez à nouveau la période.",
        "text": "a.fec:2: journal VE : le débit 1 200,00 et le crédit <b>1 000,00</b> diffèrent. "
        "Une écriture s'équilibre. Exportez à nouveau la période.",
    }
    assert [part["report"] for part in found["parts"]] == [p.name for p in report.parts]
    assert all("problems" not in part for part in found["parts"])


def test_an_amount_has_its_currency_even_when_the_column_is_not_declared(
    open_items: Callable[[int], Report],
) -> None:
    found = parsed(open_items(2))
    assert found["currency"] == "EUR"
    assert found["rows"][0]["currency"] == "EUR"


def test_an_empty_report_is_complete() -> None:
    found = parsed(Report("empty", same("Empty"), date(2025, 12, 31)))
    assert list(found) == [*KEYS, "figures", "rows", *ENDS]
    assert found["rows"] == found["totals"] == found["parts"] == []


def test_numbers_that_are_none_become_null(report: Report) -> None:
    figure = Figure("ratio", same("Ratio"), float("inf"), "percent", same("a ÷ 0"))
    dated = Figure("last_date", same("Last"), date(2025, 1, 2), "date", same("max"))
    found = parsed(replace(report, figures=(figure, dated)))
    assert (found["ratio"], found["last_date"]) == (None, "2025-01-02")


@pytest.mark.parametrize("name", ["title", "customers", "problems"])
def test_a_figure_cannot_hide_another_key(report: Report, name: str) -> None:
    figure = replace(report.figures[0], name=name)
    with pytest.raises(ValueError, match=name):
        to_json(replace(report, figures=(figure,)), "fr")
