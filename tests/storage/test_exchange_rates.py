"""The rates that files gave, of one company or of several."""

from datetime import timedelta

import pytest
from tests.storage.opened import AT, company, imported, invoices

from quittance.storage.exchange_rates import rates_of
from quittance.storage.scope import see_companies


@pytest.mark.usefixtures("db")
def test_the_rates_of_several_companies_count_once() -> None:
    rates = ("eurofxref-hist.csv", b"Date,USD\n2026-09-30,1.2500\n2026-09-29,1.2400\n")
    both = [company("alpha"), company("beta")]
    for one in both:
        see_companies([one.pk])
        imported(one, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")])
        assert rates_of([one.pk]).is_empty()
        imported(one, [rates], at=AT + timedelta(days=1))
    see_companies([one.pk for one in both])
    found = rates_of([one.pk for one in both])
    assert found.select("currency", "rate_e6").rows() == [("USD", 1_240_000), ("USD", 1_250_000)]
