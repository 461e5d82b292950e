"""The values of a chart as a table, for those who read rather than see."""

from quittance.core.phrase import Language
from quittance.reports.render import words
from quittance.reports.render.formats import date_text, value_text
from quittance.reports.report import Chart


def chart_rows(chart: Chart, lang: Language) -> list[list[str]]:
    """A row of headings, then one row for each label."""
    heads = ["", *(series.label.text(lang) for series in chart.series)]
    rows = []
    for place, label in enumerate(chart.labels):
        text = label.text(lang) if hasattr(label, "text") else date_text(label, lang)
        values = [series.values[place] for series in chart.series]
        rows.append([text, *(said(chart, n, value=v, lang=lang) for n, v in enumerate(values))])
    return [heads, *rows]


def said(chart: Chart, place: int, *, value: float | None, lang: Language) -> str:
    """One value with its unit; the line of a Pareto is in percent."""
    is_share = chart.shape == "pareto" and place > 0
    if value is None:
        return words.NO_VALUE.text(lang)
    kind = "percent" if is_share else chart.unit
    return value_text(value, kind, lang=lang, currency=chart.currency)
