"""The converted total beside the totals per currency, with the rates that made it."""

from datetime import date

import polars as pl
import pytest
from tests import tables

from quittance.core.exchange_rates import MissingExchangeRate
from quittance.core.problems import no_problems
from quittance.core.schema import EXCHANGE_RATES
from quittance.reports.aging import aging_report
from quittance.reports.converted import with_converted_total
from quittance.reports.report import Report

RATES = tables.frame(
    "currency  date  rate_e6\nUSD  2026-03-31  1087600\nGBP  2026-03-31  851200", EXCHANGE_RATES
)
ITEMS = """
item  customer  currency  amount    date        due
1     C1        EUR       1200.00   2026-01-31  2026-03-02
2     C2        USD       1087.60   2026-03-31  2026-04-30
3     C2        USD       -108.76   2026-03-30  2026-03-30
"""


def aged(items: str, day: date = date(2026, 4, 5)) -> Report:
    return aging_report(tables.book(items), day, problems=no_problems())


def test_the_total_of_all_currencies_stands_beside_those_of_each() -> None:
    plain = aged(ITEMS)
    report = with_converted_total(plain, "balance_minor", to="EUR", rates=RATES)
    assert report.totals.equals(plain.totals)
    assert report.rows.equals(plain.rows)
    (figure,) = report.figures
    assert (figure.name, figure.value, figure.currency) == ("converted_total_minor", 210000, "EUR")
    assert figure.label.fr == "Solde : total converti en EUR"
    assert figure.formula.fr == (
        "Σ des totaux par devise, aux cours de la BCE du 31/03/2026 : 1 EUR = 1,0876 USD"
    )
    assert figure.formula.en == (
        "Σ of the totals per currency, at the ECB rates of 2026-03-31: 1 EUR = 1.0876 USD"
    )
    assert "for information" in report.notes[-1].en


def test_another_currency_states_every_rate_on_the_way() -> None:
    (figure,) = with_converted_total(aged(ITEMS), "balance_minor", to="GBP", rates=RATES).figures
    assert figure.value == 178752  # 2 100 EUR × 0.8512
    assert "1 EUR = 0.8512 GBP, 1.0876 USD" in figure.formula.en


def test_a_report_in_the_currency_asked_for_needs_no_rate() -> None:
    plain = aged("item  currency  amount  due\n1  EUR  5.00  2026-03-02")
    report = with_converted_total(plain, "balance_minor", to="EUR", rates=RATES.clear())
    assert report.figures[0].value == 500
    assert report.figures[0].formula.en == "Σ: everything is in EUR"
    assert report.notes == plain.notes


def test_rates_too_old_for_the_day_of_the_report_are_refused() -> None:
    with pytest.raises(MissingExchangeRate, match="the rates end on 2026-03-31"):
        with_converted_total(aged(ITEMS, date(2026, 4, 11)), "balance_minor", to="EUR", rates=RATES)


def test_only_a_column_that_the_report_sums_can_be_converted() -> None:
    with pytest.raises(pl.exceptions.ColumnNotFoundError):
        with_converted_total(aged(ITEMS), "open_minor", to="EUR", rates=RATES)
