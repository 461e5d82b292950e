"""Cash expected week by week, as a report."""

from datetime import date, timedelta

import polars as pl

from quittance.core.phrase import Phrase
from quittance.reports import columns
from quittance.reports.report import Chart, Column, Figure, Report, Series

TITLE = Phrase("Encaissements attendus", "Cash expected")
FORMULA = Phrase(
    "Postes ouverts à leur échéance, retardée du retard habituel du client (moyenne des douze "
    "derniers mois, pondérée par les montants) ; une date déjà passée compte dans la semaine qui "
    "vient. Sans les créances douteuses, avant les règlements non affectés.",
    "Open items on their due date, later by the customer's usual delay (mean of the last twelve "
    "months, weighted by amount); a day already past counts in the coming week. Without doubtful "
    "claims, before unallocated payments.",
)
DUE = Column("due_minor", Phrase("À échéance", "Falling due"), "money")
EXPECTED = Column("expected_minor", Phrase("Attendu", "Expected"), "money", FORMULA)
LATER = Phrase("plus tard", "later")
PAST = Phrase("échu", "past due")
NEXT_WEEKS = 4


def forecast_report(expected: pl.DataFrame, as_of: date, *, currency: str) -> Report:
    """The rows of `core.forecast.expected_cash`, drawn in one currency."""
    labels = [week_words(row) for row in expected.iter_rows(named=True)]
    rows = expected.with_columns(
        pl.Series("when_fr", [label.fr for label in labels], dtype=pl.String),
        pl.Series("when_en", [label.en for label in labels], dtype=pl.String),
    )
    mine = rows.filter(pl.col("currency") == currency)
    soon = int(mine.filter(pl.col("week").is_between(1, NEXT_WEEKS))["expected_minor"].sum())
    title = Phrase("Attendu sous quatre semaines", "Expected within four weeks")
    return Report(
        name="forecast",
        title=TITLE,
        explanation=FORMULA,
        as_of=as_of,
        columns=(
            Column("when", Phrase("Semaine", "Week"), "phrase"), columns.CURRENCY, DUE, EXPECTED,
        ),
        rows=rows,
        totals=columns.totals(rows, "due_minor", "expected_minor"),
        figures=(Figure("expected_4_weeks_minor", title, soon, "money", FORMULA, currency),),
        chart=chart(mine, currency),
    )  # fmt: skip


def week_words(row: dict[str, object]) -> Phrase:
    """The week of a row: its first and last days, or what is past."""
    start = row["from_date"]
    if row["week"] == 0 or not isinstance(start, date):
        return PAST
    last = start + timedelta(days=6)
    return Phrase(f"{start:%d/%m} – {last:%d/%m}", f"{start:%d %b} – {last:%d %b}")


def chart(mine: pl.DataFrame, currency: str) -> Chart | None:
    """Bars of what is expected and of what falls due, week by week."""
    weeks = mine.filter(pl.col("week") > 0)
    if weeks.is_empty() or not weeks["expected_minor"].sum():
        return None
    last = weeks["week"].max()
    labels = [
        LATER if week == last else Phrase(fr, en)
        for week, fr, en in weeks.select("week", "when_fr", "when_en").iter_rows()
    ]
    series = tuple(Series(one.label, tuple(weeks[one.name])) for one in (EXPECTED, DUE))
    return Chart("bars", TITLE, tuple(labels), series, "money", currency)
