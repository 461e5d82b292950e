"""How a customer pays, as a picture: each settlement by its day and its delay, and their mean.

A dot is what one payment settled of one invoice: as wide as the amount is large, in the colour of
its delay, on the line of zero when it came on its due date. The line is the mean of six months.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Any

import polars as pl
from django.utils.safestring import SafeString, mark_safe

from quittance.core.money import money_text
from quittance.core.phrase import Language, Phrase
from quittance.reports.render.chart_axes import grid, text_at
from quittance.reports.render.chart_scale import Plot, ticks
from quittance.reports.render.chart_text import LINE, text_width
from quittance.reports.render.formats import date_text, days_text, month_text, number_text
from quittance.reports.render.svg import element, path, words_of
from quittance.web.tones import age_tone

SIZES = (("s", 340, 260), ("m", 640, 280), ("l", 1080, 320))
MOST_DOTS = 500
SMALLEST, LARGEST = 2.4, 9.0  # pixels, the radius of a dot
ROOM = 1.15  # over what nearly all delays reach
USUAL = 0.98  # the share of delays that the picture is made for; the others stand at its edge
TITLE = Phrase("Retard de chaque règlement", "Delay of each payment")
SAID = Phrase(
    "{count} règlements du {first} au {last}, de {low} à {high} après l'échéance ; moyenne des "
    "six derniers mois : {mean}.",
    "{count} settlements from {first} to {last}, {low} to {high} after the due date; mean of the "
    "last six months: {mean}.",
)
DOT = Phrase("{document}, réglée le {day} : {days}, {amount}",
             "{document}, paid on {day}: {days}, {amount}")  # fmt: skip
ON_DUE_DATE = Phrase("à l'échéance", "on the due date")
LATE = Phrase("{days} de retard", "{days} late")
EARLY = Phrase("{days} d'avance", "{days} early")


@dataclass(frozen=True)
class Frame:
    """Where days and delays stand in the picture."""

    plot: Plot
    first: date
    last: date

    def x(self, day: date) -> float:
        """The place of a day."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.plot.left + 8 + share * (self.plot.right - self.plot.left - 16)

    def y(self, days: float) -> float:
        """The place of a delay, at the edge for one beyond it."""
        return self.plot.y(min(max(days, self.plot.low), self.plot.high))


def lateness_pictures(
    settled: pl.DataFrame, rolling: pl.DataFrame, *, lang: Language
) -> list[SafeString]:
    """The picture for each width of its place; none where nothing was paid."""
    if settled.is_empty():
        return []
    dots = settled.sort("value_date").tail(MOST_DOTS)
    first = dots["value_date"][0]
    line = rolling.filter(pl.col("value_date") >= first)
    return [
        mark_safe(drawn(dots, line, lang=lang, size=size))  # noqa: S308  (escaped by svg.py)
        for size in SIZES
    ]


def drawn(
    dots: pl.DataFrame, line: pl.DataFrame, *, lang: Language, size: tuple[str, int, int]
) -> str:
    """The picture in one size."""
    name, width, height = size
    frame = frame_of(dots, line, width=width, height=height)
    scale = ticks(frame.plot.low, frame.plot.high, count=5, whole=True)
    texts = [number_text(tick, lang=lang) for tick in scale]
    points = [(frame.x(day), frame.y(mean)) for day, mean in line.iter_rows()]
    mean = element(
        "path", d=path(points), fill="none", stroke="var(--ink)", stroke_width=2.2,
        stroke_linejoin="round",
    )  # fmt: skip
    return element(
        "svg",
        element("title", words_of(TITLE.text(lang)), id=f"lateness-{name}-t"),
        element("desc", words_of(said(dots, line, lang=lang)), id=f"lateness-{name}-d"),
        grid(frame.plot, scale, texts=texts),
        month_axis(frame, lang=lang),
        element("g", *(dot(row, frame, lang=lang, most=largest(dots))
                       for row in dots.iter_rows(named=True)), fill_opacity=0.72),
        mean if len(points) > 1 else "",
        viewBox=f"0 0 {width} {height}", width=width, height=height, role="img",
        aria_labelledby=f"lateness-{name}-t lateness-{name}-d", class_=f"chart chart-{name}",
        fill="currentColor", font_size=12,
    )  # fmt: skip


def frame_of(dots: pl.DataFrame, line: pl.DataFrame, *, width: int, height: int) -> Frame:
    """Scales that hold nearly all delays; the axis of due dates is always in sight."""
    days = pl.concat([dots["days_late"].cast(pl.Float64), line["late_days"]])
    high = max((days.quantile(USUAL) or 0) * ROOM, 10)
    low = min((days.quantile(1 - USUAL) or 0) * ROOM, 0)
    scale = ticks(low, high, count=5, whole=True)
    left = max(text_width(number_text(tick, lang="fr")) for tick in scale) + 14
    plot = Plot(left, 12, width - 6, height - LINE - 14, slots=1, low=scale[0], high=scale[-1])
    first, last = dots["value_date"][0], dots["value_date"][-1]
    if first == last:
        first, last = first - timedelta(days=15), last + timedelta(days=15)
    return Frame(plot, first, last)


def largest(dots: pl.DataFrame) -> int:
    """The amount of the widest dot."""
    return int(dots["amount_minor"].max() or 1)  # type: ignore[arg-type]


def dot(row: dict[str, Any], frame: Frame, *, lang: Language, most: int) -> str:
    """One settlement, with what it was when a mouse rests on it."""
    told = DOT.filled(
        document=row["document"] or "–", day=date_text(row["value_date"], lang),
        days=delay(row["days_late"], lang),
        amount=money_text(row["amount_minor"], row["currency"], lang=lang),
    )  # fmt: skip
    radius = SMALLEST + (LARGEST - SMALLEST) * sqrt(max(row["amount_minor"], 0) / most)
    return element(
        "circle",
        element("title", words_of(told.text(lang))),
        cx=frame.x(row["value_date"]), cy=frame.y(row["days_late"]), r=radius,
        class_=age_tone(row["days_late"]),
    )  # fmt: skip


def delay(days: float, lang: Language) -> str:
    """A delay in words."""
    whole = round(days)
    if whole == 0:
        return ON_DUE_DATE.text(lang)
    phrase = LATE if whole > 0 else EARLY
    return phrase.filled(days=days_text(abs(whole), lang)).text(lang)


def said(dots: pl.DataFrame, line: pl.DataFrame, *, lang: Language) -> str:
    """The picture in a sentence, for those who do not see it."""
    return SAID.filled(
        count=dots.height,
        first=date_text(dots["value_date"][0], lang),
        last=date_text(dots["value_date"][-1], lang),
        low=days_text(int(dots["days_late"].min() or 0), lang),  # type: ignore[arg-type]
        high=days_text(int(dots["days_late"].max() or 0), lang),  # type: ignore[arg-type]
        mean=delay(line["late_days"][-1], lang) if line.height else "–",
    ).text(lang)


def month_axis(frame: Frame, *, lang: Language) -> str:
    """The first of some months under the picture, as many as find room."""
    drawn_texts, free = [], frame.plot.left
    for day in firsts(frame.first, frame.last):
        text, x = month_text(day, lang), frame.x(day)
        half = text_width(text) / 2
        if x - half < free or x + half > frame.plot.right + 6:
            continue
        drawn_texts.append(text_at(text, x, y=frame.plot.bottom + LINE + 4))
        free = x + half + 12
    return element("g", *drawn_texts)


def firsts(first: date, last: date) -> Iterator[date]:
    """The first days of the months between two days."""
    day = first.replace(day=1) if first.day == 1 else next_month(first)
    while day <= last:
        yield day
        day = next_month(day)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
