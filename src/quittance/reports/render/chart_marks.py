"""The marks of a chart: bars, stacked bars and lines, each with a tip, and their values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from quittance.core.phrase import Language
from quittance.reports.render import words
from quittance.reports.render.chart_axes import text_at
from quittance.reports.render.chart_scale import Plot
from quittance.reports.render.chart_style import colour, filling, line, marker
from quittance.reports.render.chart_text import Room, text_width
from quittance.reports.render.chart_words import full_value, series_unit, short_value
from quittance.reports.render.formats import clean
from quittance.reports.render.svg import element, words_of
from quittance.reports.report import Chart

GROUP_SHARE = 0.72  # of a slot; the rest is space between groups
GROUP_MAX = 96.0  # pixels
MARKERS_MAX = 26  # more points than this are a line without signs
Point = tuple[int, float]  # a slot and its value


@dataclass
class Drawing:
    """A chart being drawn: where, in which language, and the room that labels have taken."""

    chart: Chart
    lang: Language
    plot: Plot
    key: str
    labels: list[str]
    room: Room = field(default_factory=Room)

    def tip(self, slot: int, place: int) -> str:
        """The tip of one mark: the slot, the series and the value in full."""
        series = self.chart.series[place]
        unit = series_unit(self.chart, place)
        value = full_value(series.values[slot], self.chart, lang=self.lang, unit=unit)
        subject = f"{self.labels[slot]}, {clean(series.label.text(self.lang))}"
        said = words.CHART_VALUE.filled(label=subject, value=value)
        return element("title", words_of(said.text(self.lang)))

    def short(self, value: float, place: int) -> str:
        """The short text of a value of a series."""
        unit = series_unit(self.chart, place)
        return short_value(value, self.chart, lang=self.lang, unit=unit)

    def value_label(
        self, text: str, x: float, *, ys: tuple[float, ...], anchor: str = "middle", **more: object
    ) -> str:
        """A value at the first of the heights that is free, or nothing."""
        for y in ys:
            if self.room.take(x, y, width=text_width(text), anchor=anchor):
                return text_at(text, x, y=y, anchor=anchor, halo=True, **more)
        return ""


def bars(drawing: Drawing, places: range) -> str:
    """Bars side by side."""
    return "".join(
        _bar(drawing, slot, place=place, x=x, width=width, end=value)
        for slot, value, place, x, width in _side_by_side(drawing, places)
    )


def bar_values(drawing: Drawing, places: range) -> str:
    """The values of bars, where they are not wider than their bar."""
    room = drawing.plot.slot_width - 2 if len(places) == 1 else 0
    return "".join(
        _bar_value(drawing, x + width / 2, value=value, room=room or width + 2, place=place)
        for _, value, place, x, width in _side_by_side(drawing, places)
    )


def stacked(drawing: Drawing) -> str:
    """Bars on one another, the negative ones under zero, with the total of each stack on top."""
    plot = drawing.plot
    width = min(plot.slot_width * GROUP_SHARE, GROUP_MAX)
    drawn, tops = [], []
    for slot in range(plot.slots):
        x, up, down, values = plot.middle(slot) - width / 2, 0.0, 0.0, _of_slot(drawing.chart, slot)
        for place, value in values:
            start = up if value >= 0 else down
            end = start + value
            up, down = max(up, end), min(down, end)
            drawn.append(_bar(drawing, slot, place=place, x=x, width=width, end=end, start=start))
        tops += [(plot.middle(slot), up)] if values and down == 0 else []
    room = plot.slot_width - 2
    totals = [_bar_value(drawing, x, value=up, room=room, place=0) for x, up in tops]
    return element("g", *drawn, *totals)


def lines(drawing: Drawing, places: range) -> str:
    """Lines broken where a value is missing."""
    return "".join(_line(drawing, place) for place in places)


def last_values(drawing: Drawing, places: range) -> str:
    """The last value of each line, at its right."""
    drawn = []
    for place in places:
        for slot, value in points(drawing.chart, place)[-1:]:
            x, y = drawing.plot.middle(slot) + 8, drawing.plot.y(value) + 4
            text = drawing.short(value, place)
            drawn.append(
                drawing.value_label(
                    text,
                    x,
                    ys=(y, y - 9, y + 9, y - 15, y + 15),
                    anchor="start",
                    fill=colour(place),
                    font_weight=600,
                )
            )
    return "".join(drawn)


def point_values(drawing: Drawing, place: int, *, last: bool) -> str:
    """The values of the points of a line, above or below them, where there is room."""
    drawn = []
    for slot, value in points(drawing.chart, place)[: None if last else -1]:
        x, y = drawing.plot.middle(slot), drawing.plot.y(value)
        ys = (y - 9, y + 19) if y + 19 < drawing.plot.bottom else (y - 9,)
        drawn.append(drawing.value_label(drawing.short(value, place), x, ys=ys))
    return "".join(drawn)


def points(chart: Chart, place: int) -> list[Point]:
    """The slots of a series that have a value, and the value."""
    values = chart.series[place].values
    return [(slot, value) for slot, value in enumerate(values) if value is not None]


def _of_slot(chart: Chart, slot: int) -> list[tuple[int, float]]:
    values = ((place, series.values[slot]) for place, series in enumerate(chart.series))
    return [(place, value) for place, value in values if value is not None]


def _side_by_side(
    drawing: Drawing, places: range
) -> Iterator[tuple[int, float, int, float, float]]:
    """The slot, value, series, left side and width of each bar."""
    plot = drawing.plot
    group = min(plot.slot_width * GROUP_SHARE, GROUP_MAX)
    width = group / max(len(places), 1)
    for place in places:
        for slot, value in points(drawing.chart, place):
            x = plot.middle(slot) - group / 2 + (place - places.start) * width
            yield slot, value, place, x, width


def _bar(
    drawing: Drawing,
    slot: int,
    *,
    place: int,
    x: float,
    width: float,
    end: float,
    start: float = 0.0,
) -> str:
    """One bar between two values; a value that is not zero can always be seen."""
    top, bottom = sorted((drawing.plot.y(start), drawing.plot.y(end)))
    if start == end:
        return ""
    drawing.room.block(x, top, right=x + width, bottom=bottom)
    return element(
        "rect",
        drawing.tip(slot, place),
        x=x + 0.5,
        y=top,
        width=max(width - 1, 0.8),
        height=max(bottom - top, 1.0),
        fill=filling(place, drawing.key),
    )


def _bar_value(drawing: Drawing, x: float, *, value: float, room: float, place: int) -> str:
    text = drawing.short(value, place)
    if text_width(text) > room:
        return ""
    y = drawing.plot.y(value) + (-5 if value >= 0 else 14)
    return drawing.value_label(text, x, ys=(y,))


def _line(drawing: Drawing, place: int) -> str:
    plot, found = drawing.plot, points(drawing.chart, place)
    drawn = []
    for _, run in groupby(enumerate(found), key=lambda pair: pair[1][0] - pair[0]):
        path = [(plot.middle(slot), plot.y(value)) for _, (slot, value) in run]
        drawing.room.block_line(path)
        drawn.append(line(path, place=place) if len(path) > 1 else "")
        if len(path) == 1 and len(found) > MARKERS_MAX:
            drawn.append(marker(*path[0], place=place))
    if len(found) <= MARKERS_MAX:
        drawn += [_marker(drawing, slot, value=value, place=place) for slot, value in found]
    return element("g", *drawn)


def _marker(drawing: Drawing, slot: int, *, value: float, place: int) -> str:
    sign = marker(drawing.plot.middle(slot), drawing.plot.y(value), place=place)
    return element("g", drawing.tip(slot, place), sign)
