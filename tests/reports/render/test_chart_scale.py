"""Axes."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quittance.reports.render import chart_scale
from quittance.reports.render.chart_scale import Plot, ticks


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(chart_scale).failed == 0


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 0, [0]),
        (0, 7, [0, 2, 4, 6, 8]),
        (-3, 9, [-5, 0, 5, 10]),
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (-100, -10, [-100, -80, -60, -40, -20, 0]),
    ],
)
def test_round_ticks(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high) == expected


def test_whole_numbers_have_whole_ticks() -> None:
    assert ticks(0, 2, whole=True) == [0, 1, 2]


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.integers(2, 6))
def test_ticks_cover_the_values_and_are_few(low: float, high: float, count: int) -> None:
    found = ticks(min(low, high), max(low, high), count=count)
    assert 0 in found
    reach = found[-1] - found[0]
    assert found[0] <= min(low, 0) + 1e-6 * reach + 1e-9
    assert found[-1] >= max(high, 0) - 1e-6 * reach - 1e-9
    assert len(found) <= count + 3


def test_values_and_slots_in_pixels() -> None:
    plot = Plot(10, 0, 110, 50, slots=4, low=-50, high=50)
    assert (plot.y(0), plot.y(50), plot.y(-50)) == (25, 0, 50)
    assert (plot.slot_width, plot.middle(0), plot.middle(3)) == (25, 22.5, 97.5)
