from dataclasses import replace
from datetime import date

import polars as pl

from quittance.core.book import Book
from quittance.core.schema import LEDGER, empty
from quittance.reports.working_capital import NO_LEDGER, working_capital_report


def test_fdr_less_bfr_is_net_cash(lumiere: Book, as_of: date, none: pl.DataFrame) -> None:
    report = working_capital_report(lumiere, as_of, problems=none)
    value = {figure.name: figure.value for figure in report.figures}
    assert value["frng_minor"] - value["bfr_minor"] == value["net_cash_minor"] == 21_492_085


def test_the_groups_sum_up_to_the_figures(lumiere: Book, as_of: date, none: pl.DataFrame) -> None:
    report = working_capital_report(lumiere, as_of, problems=none)
    group = dict(report.rows.select("group", "amount_minor").iter_rows())
    value = {figure.name: figure.value for figure in report.figures}
    assert group["stable_resources"] - group["stable_uses"] == value["frng_minor"]


def test_a_bad_debt_is_repaid_by_sales_at_the_margin(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    report = working_capital_report(lumiere, as_of, problems=none, margin_percent=4)
    value = {figure.name: figure.value for figure in report.figures}
    assert value["sales_to_repay_minor"] == 25_000_000


def test_lists_without_a_ledger_say_so(lumiere: Book, as_of: date, none: pl.DataFrame) -> None:
    report = working_capital_report(replace(lumiere, ledger=empty(LEDGER)), as_of, problems=none)
    assert NO_LEDGER in report.notes
    assert report.rows.is_empty()
    assert report.chart is None


def test_the_gain_at_terms_is_net_of_what_each_customer_has_paid(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    report = working_capital_report(lumiere, as_of, problems=none)
    value = {figure.name: figure.value for figure in report.figures}
    assert value["gain_at_terms_minor"] == 41_304_447
