from datetime import date

import polars as pl
import pytest

from quittance.core.book import Book
from quittance.reports.kpis import DEFINITIONS, kpis_report, range_label


def test_each_figure_carries_its_formula_in_both_languages() -> None:
    assert all(formula.fr and formula.en for _, _, _, formula in DEFINITIONS)


def test_figures_and_rows_say_the_same(lumiere: Book, as_of: date, none: pl.DataFrame) -> None:
    report = kpis_report(lumiere, as_of, problems=none)
    by_name = dict(report.rows.select("name", "value").iter_rows())
    assert by_name == {figure.name: figure.value for figure in report.figures}


def test_dso_is_best_possible_dso_and_days_delinquent(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    value = {f.name: f.value for f in kpis_report(lumiere, as_of, problems=none).figures}
    total = value["dso_best_possible"] + value["average_days_delinquent"]
    assert total == pytest.approx(value["dso_period"], abs=0.02)
    assert value["dso_period"] == pytest.approx(834_670.70 / 3_875_368.76 * 365, abs=0.02)


def test_the_series_ends_on_the_day_of_the_report(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    series = kpis_report(lumiere, as_of, problems=none).parts[0]
    assert series.rows["month_end"].to_list()[-1] == as_of
    assert series.rows.height == 13


def test_the_ten_largest_are_cumulated(lumiere: Book, as_of: date, none: pl.DataFrame) -> None:
    rows = kpis_report(lumiere, as_of, problems=none).parts[3].rows
    assert rows["rank"].to_list() == list(range(1, 11))
    assert rows["cumulated_percent"][-1] == pytest.approx(rows["share_percent"].sum())


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, -15, "15 j d'avance ou plus"),
        (-14, -1, "1–14 j d'avance"),
        (0, 0, "à l'échéance"),
        (1, 7, "1–7 j"),
        (91, None, "> 90 j"),
    ],
)
def test_a_range_of_days_is_said_in_words(first: int | None, last: int | None, words: str) -> None:
    assert range_label(first, last).fr == words


def test_a_book_without_sales_says_that_it_cannot_compute(
    lumiere: Book, none: pl.DataFrame
) -> None:
    report = kpis_report(lumiere, date(2024, 1, 1), problems=none)
    assert all(figure.value is None and figure.comment for figure in report.figures)
