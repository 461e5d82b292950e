"""How a customer pays, in figures and pictures."""

from datetime import date

import pytest
from tests.tables import book

from quittance.core.payment_behaviour import BINS, Bin, settled_by_payments
from quittance.reports.payment_behaviour import (
    BETTER,
    STEADY,
    WORSE,
    behaviour_report,
    bin_label,
    tendency,
)

DAY = date(2026, 6, 30)
BOOK = book(
    """
    item  date        due         amount
    1     2025-09-01  2025-10-01  100.00
    2     2025-10-11  2025-10-11  -100.00
    3     2026-03-01  2026-03-31  300.00
    4     2026-04-30  2026-04-30  -300.00
    """,
    "debit  credit  amount\n1      2       100.00\n3      4       300.00",
)


def test_the_figures_of_the_year_with_their_formula_and_a_word() -> None:
    report = behaviour_report(settled_by_payments(BOOK, DAY), DAY, currency="EUR")
    told = {one.name: (one.value, one.comment) for one in report.figures}
    assert told == {
        "late_days": (25, WORSE), "days_to_pay": (55, None), "late_percent": (100.0, None),
        "trend_days": (20, WORSE),
    }  # fmt: skip
    assert all(one.formula.fr and one.formula.en for one in report.figures)


def test_settlements_come_newest_first_with_their_total() -> None:
    report = behaviour_report(settled_by_payments(BOOK, DAY), DAY, currency="EUR")
    assert report.rows["days_late"].to_list() == [30, 10]
    assert report.totals["amount_minor"].to_list() == [40_000]


def test_the_picture_has_a_bar_for_each_range_of_delays() -> None:
    chart = behaviour_report(settled_by_payments(BOOK, DAY), DAY, currency="EUR").chart
    assert chart is not None
    assert [label.fr for label in chart.labels] == [  # type: ignore[union-attr]
        "en avance", "le jour dit", "1–7 j", "8–15 j", "16–30 j", "31–60 j", "> 60 j",
    ]  # fmt: skip
    assert chart.series[0].values == (0, 0, 0, 10_000, 30_000, 0, 0)


def test_who_paid_nothing_has_no_figure_and_no_picture() -> None:
    report = behaviour_report(settled_by_payments(book(), DAY), DAY, currency="EUR")
    assert {one.value for one in report.figures} == {None}
    assert all(one.comment for one in report.figures)
    assert report.chart is None


@pytest.mark.parametrize(
    ("trend", "told"),
    [(None, None), (3.0, WORSE), (2.9, STEADY), (-2.9, STEADY), (-3.0, BETTER)],
)
def test_a_tendency_is_said_from_three_days_on(trend: float | None, told: object) -> None:
    assert tendency(trend) == told


def test_every_range_has_its_own_words() -> None:
    assert len({bin_label(one).en for one in BINS}) == len(BINS)
    assert bin_label(Bin(61, None)).en == "> 60 d"
