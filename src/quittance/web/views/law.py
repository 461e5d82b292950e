"""The law in force on a day: rates, ceilings, limitation periods, each with its source."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from django.http import Http404, HttpResponse
from django.shortcuts import render

from quittance.law.tables import eu_late_payment, load_law
from quittance.reports.law_eu import law_eu_report
from quittance.reports.law_rates import law_rates_report
from quittance.reports.law_terms import limitation_periods_report, term_ceilings_report
from quittance.reports.report import Report
from quittance.web.desk import Desk, screen, today
from quittance.web.downloads import download, form_asked
from quittance.web.table_views import PLAIN, Shape
from quittance.web.tables import table_of

PARTS: Mapping[str, Callable[[date], Report]] = MappingProxyType(
    {
        "rates": lambda day: law_rates_report(load_law(), day),
        "ceilings": lambda day: term_ceilings_report(load_law(), day),
        "limitation": lambda day: limitation_periods_report(load_law(), day),
        "eu": lambda day: law_eu_report(eu_late_payment(), day),
    }
)


SHAPES = {
    "rates": Shape(lead="label", hidden=frozenset({"series"})),
    "eu": Shape(lead="country"),
}


@screen("books.read")
def law(desk: Desk, part: str = "rates") -> HttpResponse:
    """One part of the law, on the day of the view."""
    if part not in PARTS:
        raise Http404
    report = PARTS[part](desk.as_of or today())
    query, form = desk.request.GET, form_asked(desk.request.GET)
    if form and desk.may("books.export"):
        return download(report, form, lang=desk.lang, company=desk.access.name, query=query)
    context = {
        "desk": desk,
        "as_of": report.as_of,
        "part": part,
        "report": report,
        "shown": table_of(report, query, lang=desk.lang, shape=SHAPES.get(part, PLAIN)),
    }
    return render(desk.request, "web/law.html", context)
