"""Bars, stacks and lines."""

import re
from dataclasses import replace

from quittance.core.phrase import same
from quittance.reports.render.chart_marks import (
    Drawing,
    bar_values,
    bars,
    last_values,
    lines,
    point_values,
    points,
    stacked,
)
from quittance.reports.render.chart_scale import Plot
from quittance.reports.render.chart_words import slot_labels
from quittance.reports.report import Chart, Series


def drawing(*series: tuple[int | float | None, ...], width: float = 400) -> Drawing:
    chart = Chart(
        "bars",
        same("T"),
        tuple(same(f"L{n}") for n in range(len(series[0]))),
        tuple(Series(same(f"S{n}"), values) for n, values in enumerate(series)),
        "count",
    )
    plot = Plot(0, 20, width, 220, slots=len(series[0]), low=-10, high=10)
    return Drawing(chart, "en", plot, "k", slot_labels(chart, "en"))


def test_a_missing_value_and_a_zero_have_no_bar() -> None:
    drawn = bars(drawing((1, None, 0, -2)), range(1))
    assert drawn.count("<rect") == 2
    assert "<title>L0, S0: 1</title>" in drawn


def test_a_tiny_value_can_still_be_seen() -> None:
    assert 'height="1"' in bars(drawing((0.001,)), range(1))


def test_values_stand_above_or_under_their_bars() -> None:
    one = drawing((5, -5))
    drawn = bars(one, range(1)) + bar_values(one, range(1))
    heights = [float(y) for y in re.findall(r'<text x="[\d.]+" y="([\d.]+)"', drawn)]
    assert heights == [one.plot.y(5) - 5, one.plot.y(-5) + 14]


def test_values_wider_than_their_bar_are_left_out() -> None:
    assert bar_values(drawing((1234567, 1), width=40), range(1)).count("<text") == 1


def test_stacks_add_up_and_show_their_total() -> None:
    one = drawing((1, 2), (3, -4))
    drawn = stacked(one)
    assert drawn.count("<rect") == 4
    assert re.findall(r">(\d+)</text>", drawn) == ["4"]  # no total where values have both signs


def test_a_line_is_broken_where_a_value_is_missing() -> None:
    one = drawing((1, 2, None, 4, 5))
    assert lines(one, range(1)).count('fill="none"') == 2
    assert points(one.chart, 0) == [(0, 1), (1, 2), (3, 4), (4, 5)]


def test_a_lonely_point_of_a_long_line_has_a_marker() -> None:
    values = tuple(None if n == 28 else n % 7 for n in range(30))
    assert lines(drawing(values), range(1)).count("<circle") == 1


def test_last_and_other_values_of_a_line() -> None:
    one = drawing((1, 5, 3))
    drawn = lines(one, range(1)) + last_values(one, range(1))
    assert re.findall(r">(\d+)</text>", drawn) == ["3"]
    assert ">5</text>" in point_values(one, 0, last=False)
    empty = replace(one, chart=replace(one.chart, series=(Series(same("S"), (None,) * 3),)))
    assert last_values(empty, range(1)) == ""
