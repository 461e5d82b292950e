"""Colours, patterns and dashes."""

from quittance.reports.render.chart_style import (
    COLOURS,
    DASHES,
    MARKERS,
    colour,
    filling,
    line,
    marker,
    patterns,
)


def luminance(colour_code: str) -> float:
    shares = [int(colour_code[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.03928 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_stands_out_on_white() -> None:
    assert all(1.05 / (luminance(code) + 0.05) >= 4.5 for code in COLOURS)


def test_series_differ_without_colour() -> None:
    looks = {(DASHES[n], MARKERS[n]) for n in range(6)}
    assert len(looks) == 6
    assert len({filling(n, "k") for n in range(6)}) == 6


def test_a_theme_may_change_a_colour() -> None:
    assert colour(0) == "var(--series-1,#0067A5)"
    assert colour(6) == colour(0)


def test_only_the_patterns_in_use_are_defined() -> None:
    assert patterns(1, "k") == ""
    assert patterns(3, "k").count("<pattern") == 2
    assert patterns(9, "k").count("<pattern") == 5


def test_lines_and_markers() -> None:
    assert 'd="M0 0 L5 5"' in line([(0, 0), (5, 5)], place=1)
    assert {marker(1, 1, place=n).split()[0] for n in range(4)} == {"<circle", "<rect", "<path"}
