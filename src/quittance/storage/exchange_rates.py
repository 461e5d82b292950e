"""The exchange rates that the files of some companies gave, for converted totals."""

from collections.abc import Iterable

import polars as pl

from quittance.core.schema import EXCHANGE_RATES, shaped
from quittance.storage.facts import held_rates


def rates_of(companies: Iterable[int]) -> pl.DataFrame:
    """The rates of one company, or of several together, each once, as `EXCHANGE_RATES`."""
    every = [shaped(held_rates(company_id), EXCHANGE_RATES) for company_id in companies]
    return pl.concat(every).unique(maintain_order=True)
