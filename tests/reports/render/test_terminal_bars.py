"""Bars drawn with block characters."""

from dataclasses import replace

from quittance.core.phrase import same
from quittance.reports.render.terminal_bars import bar_lines, can_be_drawn
from quittance.reports.report import Chart, Series


def test_which_charts_are_drawn(charts_by_name: dict[str, Chart]) -> None:
    drawn = {name for name, chart in charts_by_name.items() if can_be_drawn(chart)}
    assert drawn == {"bars"}
    zero = replace(charts_by_name["bars"], series=(Series(same("S"), (0, None)),))
    assert not can_be_drawn(zero)


def test_the_longest_bar_is_full_and_values_line_up(charts_by_name: dict[str, Chart]) -> None:
    title, *lines = (text.plain for text in bar_lines(charts_by_name["bars"], "fr", width=60))
    assert title == "Encours par tranche de retard"
    assert lines[0] == f"Non échu     {'█' * 38}  712\u00a0k€"
    assert lines[3].split() == ["61–90", "j", "0", "€"]
    assert len({len(line) for line in lines}) == 1


def test_negative_missing_and_tiny_values() -> None:
    chart = Chart(
        "bars",
        same("T"),
        (same("A very long label that has to be cut somewhere"), same("b"), same("c")),
        (Series(same("S"), (-1_000_000, None, 1)),),
        "count",
    )
    lines = list(bar_lines(chart, "en", width=70))
    assert lines[1].plain.startswith("A very long label that ha… ")
    assert any(span.style == "red" for span in lines[1].spans)
    assert lines[2].plain.endswith(" –")
    assert "▏" in lines[3].plain
