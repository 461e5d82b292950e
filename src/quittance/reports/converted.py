"""The totals of a report as one, in the currency asked for, with the rates that made it.

It stands beside the totals per currency, which stay as they are; see
docs/algorithms/exchange_rates.md.
"""

from dataclasses import replace

import polars as pl

from quittance.core.exchange_rates import converted_totals, rates_words
from quittance.core.phrase import Phrase
from quittance.core.schema import EXCHANGE_RATES, checked
from quittance.reports.report import Figure, Report

TOTAL = Phrase("{label} : total converti en {to}", "{label}: total converted to {to}")
SAME = Phrase("Σ : tout est en {to}", "Σ: everything is in {to}")
SUM = Phrase("Σ des totaux par devise, {rates}", "Σ of the totals per currency, {rates}")
FOR_INFORMATION = Phrase(
    "Le total converti est arrondi une seule fois ; les cours de référence de la BCE sont donnés "
    "à titre indicatif.",
    "The converted total is rounded once; the reference rates of the ECB are for information.",
)


@checked(rates=EXCHANGE_RATES)
def with_converted_total(report: Report, amount: str, *, to: str, rates: pl.DataFrame) -> Report:
    """The report with one more figure: its totals of an amount as one, on the report's own day.

    `amount` names a column of money that the report sums. Raises ExchangeRateRefusal.
    """
    sums = report.totals.select("currency", amount)
    found = converted_totals(sums, to=to, day=report.as_of, rates=rates)
    label = next(column.label for column in report.columns if column.name == amount)
    how = SUM.filled(rates=rates_words(found.rates)) if found.rates.height else SAME.filled(to=to)
    figure = Figure(
        name="converted_total_minor",
        label=TOTAL.filled(label=label, to=to),
        value=found.totals[amount].item(),
        kind="money",
        formula=how,
        currency=to,
    )
    notes = (*report.notes, FOR_INFORMATION) if found.rates.height else report.notes
    return replace(report, figures=(*report.figures, figure), notes=notes)
