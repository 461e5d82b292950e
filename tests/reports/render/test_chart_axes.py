"""Grid, labels and legend."""

from dataclasses import replace

from quittance.core.phrase import same
from quittance.reports.render.chart_axes import (
    fitted_labels,
    grid,
    is_line,
    legend,
    slot_axis,
    text_at,
)
from quittance.reports.render.chart_scale import Plot
from quittance.reports.report import Chart


def test_labels_that_fit_are_level(charts_by_name: dict[str, Chart]) -> None:
    found = fitted_labels(charts_by_name["bars"], "fr", slot_width=120, left=50, height=300)
    assert found.texts[0] == ("Non échu",)
    assert not found.slanted


def test_dates_are_thinned_out_from_the_last(charts_by_name: dict[str, Chart]) -> None:
    found = fitted_labels(charts_by_name["lines"], "fr", slot_width=11, left=50, height=300)
    assert found.texts[-1] == ("déc.\u00a025",)
    assert found.texts[-2] == ()
    assert not found.slanted


def test_words_are_wrapped_or_slanted_but_never_left_out(charts_by_name: dict[str, Chart]) -> None:
    pareto = charts_by_name["pareto"]
    wide = fitted_labels(pareto, "fr", slot_width=110, left=50, height=300)
    assert wide.texts[6] == ("Société «\u00a0Les", "Trois Chênes\u00a0»")
    narrow = fitted_labels(pareto, "fr", slot_width=25, left=50, height=300)
    assert narrow.slanted
    assert all(narrow.texts)
    drawn = slot_axis(Plot(50, 0, 300, 200, slots=10, low=0, high=1), narrow, width=320)
    assert drawn.count("rotate(-40") == 10


def test_zero_is_stronger_than_the_other_lines() -> None:
    plot = Plot(50, 0, 300, 200, slots=1, low=0, high=10)
    drawn = grid(plot, [0, 5, 10], texts=["0", "5", "10"])
    assert drawn.count('stroke="currentColor"') == 1
    assert drawn.count("<line") == 3


def test_a_legend_names_each_series_and_wraps(charts_by_name: dict[str, Chart]) -> None:
    stacked = charts_by_name["stacked"]
    _, low = legend(stacked, "fr", width=700, key="k")
    drawn, high = legend(stacked, "fr", width=200, key="k")
    assert high > low
    assert all(series.label.fr in drawn for series in stacked.series)
    assert legend(charts_by_name["bars"], "fr", width=700, key="k") == ("", 0.0)


def test_which_series_are_lines(charts_by_name: dict[str, Chart]) -> None:
    pareto = charts_by_name["pareto"]
    assert [is_line(pareto, place) for place in range(2)] == [False, True]
    assert is_line(replace(pareto, shape="lines"), 0)


def test_text_is_escaped() -> None:
    assert "&lt;b&gt;" in text_at(same("<b>").fr, 0, y=0)
