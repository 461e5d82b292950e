"""A chart as an SVG that needs nothing else: no script, no font, no style sheet.

It reads the colour of the text around it (`currentColor`) and the CSS variables named in
`chart_style`, so that it follows a dark page and a printed one. A screen reader gets the title and
every value in words; a mouse gets the value of each mark in full.
"""

import zlib
from dataclasses import replace

from quittance.core.phrase import Language
from quittance.reports.render import words
from quittance.reports.render.chart_axes import (
    fitted_labels,
    grid,
    legend,
    slot_axis,
    text_at,
)
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
from quittance.reports.render.chart_scale import Plot, ticks
from quittance.reports.render.chart_style import patterns
from quittance.reports.render.chart_text import text_width
from quittance.reports.render.chart_words import description, short_value, slot_labels
from quittance.reports.render.formats import percent_text
from quittance.reports.render.svg import element, words_of
from quittance.reports.report import Chart

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
PERCENT_TICKS = (0, 20, 40, 60, 80, 100)
ABOVE = 20.0  # room for a value above the highest mark


def chart_svg(chart: Chart, lang: Language, *, width: int, height: int) -> str:
    """The chart as one `<svg>` element of this size; it may be scaled by the page."""
    key = f"c{zlib.crc32(repr((chart, lang, width, height)).encode()):08x}"
    title = element("title", words_of(chart.title.text(lang)), id=f"{key}-t")
    said = element("desc", words_of(description(chart, lang)), id=f"{key}-d")
    drawn = _drawn(chart, lang, width=width, height=height, key=key)
    return element(
        "svg",
        title,
        said,
        patterns(len(chart.series), key),
        drawn,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{key}-t {key}-d",
        class_="chart",
        fill="currentColor",
        font_family=FONT,
        font_size=12,
    )


def _drawn(chart: Chart, lang: Language, *, width: int, height: int, key: str) -> str:
    """Legend, frame and marks, from top to bottom."""
    if not any(points(chart, place) for place in range(len(chart.series))):
        return text_at(words.NOTHING_TO_DRAW.text(lang), width / 2, y=height / 2)
    names, top = legend(chart, lang, width=width, key=key)
    top += ABOVE
    scale = ticks(*_range(chart), count=_tick_count(height - top), whole=_whole(chart))
    texts = [short_value(tick, chart, lang=lang) for tick in scale]
    left = max(map(text_width, texts)) + 12
    right = width - _right_margin(chart, lang)
    slots = max(len(chart.labels), 1)
    labels = fitted_labels(chart, lang, slot_width=(right - left) / slots, left=left, height=height)
    bottom = height - labels.height - (24 if scale[0] < 0 else 10)
    plot = Plot(left, top, right, bottom, slots=slots, low=scale[0], high=scale[-1])
    frame = grid(plot, scale, texts=texts) + slot_axis(plot, labels, width=width)
    drawing = Drawing(chart, lang, plot, key, slot_labels(chart, lang))
    return names + frame + _marks(drawing)


def _marks(drawing: Drawing) -> str:
    """The marks of the chart's shape, then the values that find room among them."""
    shape, every = drawing.chart.shape, range(len(drawing.chart.series))
    if shape == "stacked":
        return stacked(drawing)
    if shape == "pareto":
        return _pareto(drawing)
    if shape == "lines":
        drawn = lines(drawing, every) + last_values(drawing, every)
        return drawn + (point_values(drawing, 0, last=False) if len(every) == 1 else "")
    return bars(drawing, every) + bar_values(drawing, every)


def _pareto(drawing: Drawing) -> str:
    """Bars, and the line of cumulative percentages on its own scale, at the right."""
    first, second = range(1), range(1, len(drawing.chart.series))
    plot = drawing.plot
    over = replace(drawing, plot=replace(plot, low=0, high=100))
    texts = ((t, percent_text(t, drawing.lang)) for t in PERCENT_TICKS)
    axis = [text_at(s, plot.right + 8, y=over.plot.y(t) + 4, anchor="start") for t, s in texts]
    marks = bars(drawing, first) + lines(over, second)
    values = bar_values(drawing, first) + "".join(
        point_values(over, place, last=True) for place in second
    )
    return element("g", *axis) + marks + values


def _range(chart: Chart) -> tuple[float, float]:
    """The lowest and the highest place that a mark reaches."""
    if chart.shape == "stacked":
        slots = zip(*(series.values for series in chart.series), strict=True)
        stacks = [[value for value in slot if value is not None] for slot in slots]
        lows = [sum(v for v in stack if v < 0) for stack in stacks]
        return min(lows, default=0), max((sum(v for v in s if v > 0) for s in stacks), default=0)
    series = chart.series[:1] if chart.shape == "pareto" else chart.series
    values = [value for one in series for value in one.values if value is not None]
    return min(values, default=0), max(values, default=0)


def _tick_count(height: float) -> int:
    return max(2, min(6, int(height // 52)))


def _whole(chart: Chart) -> bool:
    return chart.unit in ("money", "count")


def _right_margin(chart: Chart, lang: Language) -> float:
    """Room at the right for the values at the ends of lines, or for the second scale."""
    if chart.shape == "pareto":
        return 50.0
    if chart.shape != "lines":
        return 6.0
    last = [points(chart, place)[-1:] for place in range(len(chart.series))]
    texts = [short_value(value, chart, lang=lang) for found in last for _, value in found]
    return max(map(text_width, texts), default=0.0) + 14
