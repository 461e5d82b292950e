"""The page of a terminal."""

import io
from collections.abc import Callable
from dataclasses import replace

from quittance.core.phrase import Language
from quittance.reports.render.terminal_page import Page
from quittance.reports.report import Report


def printed(report: Report, lang: Language = "fr", width: int = 100) -> str:
    out = io.StringIO()
    Page.on(out, width=width, lang=lang, rows=40).print(report)
    return out.getvalue()


def test_a_narrow_page_has_formulas_under_the_figures(report: Report) -> None:
    lines = [line.strip() for line in printed(report, width=60).splitlines()]
    assert lines[lines.index("Montant échu ÷ encours × 100") - 1].startswith("Part échue")
    assert all(len(line) <= 60 for line in lines)


def test_names_are_never_orders_to_the_terminal(report: Report) -> None:
    text = printed(report, width=200)
    assert "\x1b" not in text
    assert "[31mRapides" in text
    assert "<script>alert('Été')</script> & Fils" in text


def test_ten_problems_then_how_many_more(report: Report) -> None:
    text = printed(report, "en")
    assert "Problems found: 13 errors, 1 warning, 13 lines set aside" in text
    assert text.count("• a.fec:") == 10
    assert "… and 4 more: quittance problems" in text


def test_an_empty_table_says_so(open_items: Callable[[int], Report]) -> None:
    assert "Aucune ligne à présenter." in printed(open_items(0))


def test_a_report_without_problems_has_no_such_heading(report: Report) -> None:
    assert "Anomalies" not in printed(replace(report, problems=report.problems.head(0)))
