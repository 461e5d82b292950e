"""The words of a chart: short values for axes and bars, labels of the slots, the description."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from quittance.core.money import minor_digits, money_text, to_major
from quittance.core.phrase import Language, Phrase
from quittance.reports.render import words
from quittance.reports.render.formats import (
    NO_BREAK,
    POINT,
    clean,
    date_text,
    month_text,
    number_text,
    value_text,
)
from quittance.reports.report import Chart, Kind, Series

SCALES = {
    "fr": ((10**9, "Md"), (10**6, "M"), (10**3, "k")),
    "en": ((10**9, "bn"), (10**6, "M"), (10**3, "k")),
}
ROUNDS_UP = Decimal("0.9995")  # 999 950 is one million with three figures
UNITS: dict[Kind, Phrase] = {
    "percent": Phrase(f"{NO_BREAK}%", "%"),
    "days": Phrase(f"{NO_BREAK}j", f"{NO_BREAK}d"),
}


def short_money(amount_minor: int, currency: str, *, lang: Language) -> str:
    """An amount with at most three figures.

    >>> short_money(35_000_000, "EUR", lang="en"), short_money(123_456_700, "EUR", lang="en")
    ('€350k', '€1.23M')
    """
    amount = abs(to_major(amount_minor, currency))
    scale, letter = next((s for s in SCALES[lang] if amount >= s[0] * ROUNDS_UP), (1, ""))
    number = _three_figures(amount / scale, lang)
    if scale == 1 and amount < 100 and amount % 1:
        number = f"{amount:.{minor_digits(currency)}f}".replace(".", POINT[lang])
    symbol = money_text(0, currency, lang="fr").rpartition(NO_BREAK)[2]
    space = NO_BREAK if len(symbol) > 1 else ""
    sign = "-" if amount_minor < 0 else ""
    if lang == "fr":
        return f"{sign}{number}{NO_BREAK}{letter}{space if letter else ''}{symbol}"
    return f"{sign}{symbol}{space}{number}{letter}"


def short_value(value: float, chart: Chart, *, lang: Language, unit: Kind | None = None) -> str:
    """A value with the chart's unit, or another, short enough for an axis or a bar."""
    kind = unit or chart.unit
    if kind == "money":
        return short_money(round(value), chart.currency or "", lang=lang)
    decimals = 1 if abs(value) < 100 and round(value, 1) % 1 else 0
    text = number_text(value, lang=lang, decimals=decimals)
    return text + (UNITS[kind].text(lang) if kind in UNITS else "")


def full_value(
    value: float | None, chart: Chart, *, lang: Language, unit: Kind | None = None
) -> str:
    """A value in full, for the description and the tips."""
    if value is None:
        return words.NO_VALUE.text(lang)
    return value_text(value, unit or chart.unit, lang=lang, currency=chart.currency)


def slot_labels(chart: Chart, lang: Language) -> list[str]:
    """What stands under the axis: months where each date has its own, else days, else the words."""
    days = [label for label in chart.labels if isinstance(label, date)]
    months = {(day.year, day.month) for day in days}
    by_month = len(months) == len(days)
    return [_slot_label(label, lang, by_month=by_month) for label in chart.labels]


def series_unit(chart: Chart, place: int) -> Kind:
    """The unit of one series: the second of a Pareto chart is a cumulative percentage."""
    return "percent" if chart.shape == "pareto" and place == 1 else chart.unit


def description(chart: Chart, lang: Language) -> str:
    """Every value of the chart in words, one sentence a series."""
    labels = slot_labels(chart, lang)
    return ". ".join(
        _sentence(chart, n, labels=labels, lang=lang) for n in range(len(chart.series))
    )


def _sentence(chart: Chart, place: int, *, labels: list[str], lang: Language) -> str:
    series: Series = chart.series[place]
    unit = series_unit(chart, place)
    values = [full_value(value, chart, lang=lang, unit=unit) for value in series.values]
    pairs = zip(labels, values, strict=True)
    said = [words.CHART_VALUE.filled(label=lab, value=val).text(lang) for lab, val in pairs]
    name = clean(series.label.text(lang))
    return words.CHART_SERIES.filled(series=name, values=" ; ".join(said)).text(lang)


def _slot_label(label: Phrase | date, lang: Language, *, by_month: bool) -> str:
    if isinstance(label, Phrase):
        return clean(label.text(lang))
    if by_month:
        return month_text(label, lang)
    return date_text(label, lang).rpartition("/" if lang == "fr" else " ")[0]


def _three_figures(number: Decimal, lang: Language) -> str:
    decimals = 2 if number < Decimal("9.995") else 1 if number < Decimal("99.95") else 0
    rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if decimals else text
    return text.replace(".", POINT[lang])
