"""A chart's values as a table."""

from datetime import date

from quittance.core.phrase import Phrase
from quittance.reports.report import Chart, Series
from quittance.web.chart_table import chart_rows


def test_every_value_is_told_with_its_unit() -> None:
    series = (
        Series(Phrase("Solde", "Balance"), (100_000, None)),
        Series(Phrase("Part cumulée", "Cumulated share"), (60.0, 100.0)),
    )
    chart = Chart("pareto", Phrase("x", "x"), (Phrase("Élan", "Élan"), date(2026, 9, 30)), series,
                  "money", "EUR")  # fmt: skip
    assert chart_rows(chart, "en") == [
        ["", "Balance", "Cumulated share"],
        ["Élan", "€1,000.00", "60.00%"],
        ["30 Sep 2026", "no value", "100.00%"],
    ]
