"""What the page shows, before it is a page."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from quittance.reports.render.html_views import problems_view, sections
from quittance.reports.report import Report


def test_sections_have_levels_and_anchors_of_their_own(report: Report) -> None:
    nested = replace(report, parts=(replace(report.parts[0], parts=report.parts[1:]),))
    found = sections(nested, "fr")
    assert [section.level for section in found] == [1, 2, 3, 3, 3]
    assert found[1].anchor == "r-1-open-items"
    assert len({section.anchor for section in found}) == 5


def test_rows_are_shown_at_once_on_demand_or_not_at_all(
    open_items: Callable[[int], Report],
) -> None:
    table = sections(open_items(260), "fr")[0].table
    assert table is not None
    assert (len(table.first), len(table.rest), table.count) == (25, 175, 260)
    assert table.more == "Afficher les 175 lignes suivantes"
    assert table.left_out.startswith("Cette page présente les 200 premières lignes sur 260")
    assert table.looks == ["", "t", "n", "n", "n"]
    short = sections(open_items(30), "en")[0].table
    assert short is not None
    assert (len(short.first), short.rest, short.left_out) == (30, [], "")
    assert short.caption == "30 rows · Amounts in EUR"


def test_cards_say_what_they_are(report: Report) -> None:
    cards = sections(report, "fr")[0].cards
    assert [card.look for card in cards] == ["", "", "", "none", ""]
    assert cards[3].value == "non calculable"
    assert cards[2].comment == "En baisse de 2,1 j sur un an."
    owed = replace(report.figures[0], value=-123_456_789_01)
    negative = sections(replace(report, figures=(owed,)), "fr")[0].cards[0]
    assert negative.look == "neg long"


def test_hints_are_listed(report: Report) -> None:
    table = sections(report, "en")[0].table
    assert table is not None
    assert table.hints == [("Balance", "Sum of the buckets and of the unallocated payments.")]


def test_errors_come_before_warnings(report: Report) -> None:
    view = problems_view(report, "fr")
    assert (view.all, len(view.first), view.rest, view.left_out) == (14, 14, [], "")
    assert view.first[-1].word == "Avertissement"
    assert view.first[0].place == "a.fec:2"


def test_many_problems_are_folded_then_counted(report: Report) -> None:
    many = replace(report, problems=pl.concat([report.problems] * 20))
    view = problems_view(many, "en")
    assert (view.all, len(view.first), len(view.rest)) == (280, 20, 180)
    assert view.left_out == "… and 80 more: quittance problems"
