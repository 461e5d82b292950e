"""A converted total stands beside the totals per currency, or says why it cannot."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from quittance.core.phrase import same
from quittance.core.schema import EXCHANGE_RATES
from quittance.reports import columns
from quittance.reports.report import Report
from quittance.web import conversion

DAY = date(2026, 9, 30)


def desk(rates: list[tuple[str, date, int]]) -> Any:
    frame = pl.DataFrame(rates, dict(EXCHANGE_RATES), orient="row")
    access = SimpleNamespace(companies=[SimpleNamespace(currency="EUR")], company_ids=(1,))
    return SimpleNamespace(access=access, books=SimpleNamespace(once=lambda name, build: frame))


def report(**totals: int) -> Report:
    frame = pl.DataFrame({"currency": list(totals), "balance_minor": list(totals.values())})
    return Report("r", same("r"), DAY, columns=(columns.BALANCE,), rows=frame, totals=frame)


def test_one_currency_needs_no_other_total() -> None:
    one = report(EUR=100)
    assert conversion.converted(desk([]), one, amount="balance_minor") is one


def test_several_have_one_more_figure() -> None:
    rates = [("USD", DAY, 1_250_000)]
    found = conversion.converted(desk(rates), report(EUR=100, USD=125), amount="balance_minor")
    assert [figure.value for figure in found.figures] == [200]


def test_a_missing_rate_is_told_and_nothing_is_guessed() -> None:
    found = conversion.converted(desk([]), report(EUR=100, USD=125), amount="balance_minor")
    assert found.figures == ()
    assert "USD" in found.notes[-1].fr


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_reason_is_in_both_languages(lang: Any) -> None:
    found = conversion.converted(desk([]), report(EUR=1, CHF=2), amount="balance_minor")
    assert found.notes[-1].text(lang)
