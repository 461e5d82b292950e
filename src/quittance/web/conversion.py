"""A total in one currency beside the totals of several, with the rates that make it."""

from dataclasses import replace

from quittance.core.exchange_rates import ExchangeRateRefusal
from quittance.reports.converted import with_converted_total
from quittance.reports.report import Report
from quittance.storage.exchange_rates import rates_of
from quittance.web.desk import Desk


def converted(desk: Desk, report: Report, *, amount: str) -> Report:
    """The report with its total of an amount in the company's currency, where it has several.

    Where a rate is missing, the reason stands among the notes: nothing is converted by guess.
    """
    if report.totals.height < 2:
        return report
    to = desk.access.companies[0].currency
    rates = desk.books.once("exchange rates", lambda: rates_of(desk.access.company_ids))
    try:
        return with_converted_total(report, amount, to=to, rates=rates)
    except ExchangeRateRefusal as refusal:
        return replace(report, notes=(*report.notes, refusal.phrase))
