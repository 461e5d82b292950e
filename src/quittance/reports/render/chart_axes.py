"""The frame of a chart: grid, ticks, labels of the slots and legend."""

import math
from dataclasses import dataclass

from quittance.core.phrase import Language
from quittance.reports.render.chart_scale import Plot
from quittance.reports.render.chart_style import GRID, SURFACE, filling, line, marker
from quittance.reports.render.chart_text import (
    LINE,
    SIZE,
    longest_word,
    shortened,
    text_width,
    wrapped,
)
from quittance.reports.render.chart_words import slot_labels
from quittance.reports.render.formats import clean
from quittance.reports.render.svg import element, words_of
from quittance.reports.report import Chart

SLANT = 40  # degrees
SLANT_LENGTH = 124.0
SLANT_SHARE = 0.33  # of the height of the chart, at most
COSINE, SINE = 0.766, 0.643
SWATCH = 14.0
GAP = 18.0
QUIET: dict[str, object] = {"fill_opacity": 0.8}
HALO: dict[str, object] = {
    "stroke": SURFACE,
    "stroke_width": 3,
    "stroke_linejoin": "round",
    "paint_order": "stroke",
}


@dataclass(frozen=True)
class SlotLabels:
    """The labels under the axis, whether they are slanted, and how high they are."""

    texts: tuple[tuple[str, ...], ...]  # lines of each label; empty where there is no room
    slanted: bool
    height: float


def text_at(
    text: str, x: float, *, y: float, anchor: str = "middle", halo: bool = False, **more: object
) -> str:
    """One line of text; `halo` keeps it readable over a line."""
    style = HALO if halo else QUIET
    return element("text", words_of(text), x=x, y=y, text_anchor=anchor, **style, **more)


def grid(plot: Plot, ticks: list[float], *, texts: list[str]) -> str:
    """The horizontal lines with their values at the left; zero is stronger."""
    drawn = []
    for tick, text in zip(ticks, texts, strict=True):
        y = plot.y(tick)
        look = {"stroke": "currentColor", "stroke_opacity": 0.55} if tick == 0 else {"stroke": GRID}
        drawn.append(element("line", x1=plot.left, x2=plot.right, y1=y, y2=y, **look))
        drawn.append(text_at(text, plot.left - 8, y=y + 4, anchor="end"))
    return element("g", *drawn)


def fitted_labels(
    chart: Chart, lang: Language, *, slot_width: float, left: float, height: float
) -> SlotLabels:
    """The labels of the slots as they fit: level, thinned out for dates, or slanted."""
    labels = slot_labels(chart, lang)
    widest = max(map(text_width, labels), default=0.0)
    if widest <= slot_width - 6:
        return SlotLabels(tuple((label,) for label in labels), slanted=False, height=LINE)
    if not all(hasattr(label, "text") for label in chart.labels):
        return _thinned(labels, every=int((widest + 24) // slot_width) + 1)
    broken = sum(longest_word(label) > slot_width - 6 for label in labels)
    if slot_width >= 50 and broken * 4 <= len(labels):
        lines = tuple(tuple(wrapped(label, slot_width - 6, lines=3)) for label in labels)
        return SlotLabels(lines, slanted=False, height=LINE * max(map(len, lines)))
    longest = min(SLANT_LENGTH, SLANT_SHARE * height)
    return _slanted(labels, slot_width=slot_width, left=left, longest=longest)


def slot_axis(plot: Plot, labels: SlotLabels, *, width: float) -> str:
    """The labels of the slots under the plot, none of them beyond the chart's width."""
    drawn = []
    for slot, lines in enumerate(labels.texts):
        x, y = plot.middle(slot), plot.bottom + (18 if plot.low >= 0 else 18 + LINE)
        if labels.slanted and lines:
            turn = f"rotate(-{SLANT} {x:.1f} {y - 4:.1f})"
            drawn.append(text_at(lines[0], x, y=y - 4, anchor="end", transform=turn))
            continue
        for number, text in enumerate(lines):
            inside = min(x, width - text_width(text) / 2)
            drawn.append(text_at(text, inside, y=y + LINE * number))
    return element("g", *drawn)


def legend(chart: Chart, lang: Language, *, width: float, key: str) -> tuple[str, float]:
    """The names of the series with their looks, on as many lines as needed, and the height."""
    if len(chart.series) < 2:
        return "", 0.0
    drawn, x, y = [], 2.0, 10.0
    for place, series in enumerate(chart.series):
        name = shortened(clean(series.label.text(lang)), width - SWATCH - 8)
        wide = SWATCH + 6 + text_width(name)
        if x > 2 and x + wide > width:
            x, y = 2.0, y + LINE + 6
        drawn += [_swatch(chart, place, x=x, y=y, key=key)]
        drawn.append(text_at(name, x + SWATCH + 6, y=y + 4, anchor="start"))
        x += wide + GAP
    return element("g", *drawn), y + LINE


def is_line(chart: Chart, place: int) -> bool:
    """Whether a series is drawn as a line."""
    return chart.shape == "lines" or (chart.shape == "pareto" and place == 1)


def _swatch(chart: Chart, place: int, *, x: float, y: float, key: str) -> str:
    if not is_line(chart, place):
        fill = filling(place, key)
        return element("rect", x=x, y=y - 6, width=SWATCH, height=12, rx=2, fill=fill)
    stroke = line([(x - 2, y), (x + SWATCH + 2, y)], place=place)
    return stroke + marker(x + SWATCH / 2, y, place=place)


def _thinned(labels: list[str], *, every: int) -> SlotLabels:
    """One label in so many, counted from the last, which is the one that matters most."""
    last = len(labels) - 1
    kept = ((label,) if (last - n) % every == 0 else () for n, label in enumerate(labels))
    return SlotLabels(tuple(kept), slanted=False, height=LINE)


def _slanted(labels: list[str], *, slot_width: float, left: float, longest: float) -> SlotLabels:
    every = math.ceil(15 / slot_width)
    found: list[tuple[str, ...]] = []
    for slot, label in enumerate(labels):
        length = min(longest, (left + (slot + 0.5) * slot_width - 9) / COSINE - 4)
        found.append((shortened(label, length),) if slot % every == 0 else ())
    widest = max((text_width(text) for lines in found for text in lines), default=0.0)
    return SlotLabels(tuple(found), slanted=True, height=widest * SINE + SIZE)
