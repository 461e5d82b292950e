"""The first screen of the day."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpResponse
from django.shortcuts import redirect, render

from quittance.core.aging import DEFAULT_EDGES, aging
from quittance.core.calendar import add_months
from quittance.core.forecast import expected_cash
from quittance.core.problems import no_problems
from quittance.reports.aging import aging_rows_report
from quittance.reports.columns import main_currency
from quittance.reports.dashboard import dashboard_figures, year_change
from quittance.reports.event_words import event_words
from quittance.reports.forecast import forecast_report
from quittance.reports.kpis import kpis_report
from quittance.reports.report import Figure
from quittance.reports.worklist import worklist_report
from quittance.services.visits import events_since_last_visit, mark_seen
from quittance.web.conversion import converted
from quittance.web.desk import Desk, screen
from quittance.web.table_views import Shape
from quittance.web.tables import table_of

YEAR_BEFORE = "a year before the day"
ROWS: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {  # figure → the screen of its rows, and what it is asked
        "balance_minor": ("aging", {}),
        "overdue_minor": ("invoices", {"state": "overdue"}),
        "unallocated_minor": ("aging", {"sort": "unallocated_minor"}),
        "expected_4_weeks_minor": ("invoices", {"state": "open", "sort": "due_date"}),
        "dso_count_back": ("invoices", {"state": "all", "date_from": YEAR_BEFORE}),
        "overdue_rate": ("invoices", {"state": "overdue"}),
        "days_late": ("payments", {"state": "settled", "date_from": YEAR_BEFORE}),
        "cei": ("invoices", {"state": "all", "date_from": YEAR_BEFORE}),
    }
)
SHOWN = 12  # events in sight; the others are folded away
TRENDS = ("dso_count_back", "overdue_rate", "days_late", "cei")


@screen("books.read")
def dashboard(desk: Desk) -> HttpResponse:
    """Cash due and expected, ageing, trends, whom to call first, what changed."""
    books, day = desk.books, desk.day
    aged = books.once(("aging", day, DEFAULT_EDGES), lambda: aging(books.book, day))
    expected = books.once(("expected", day), lambda: expected_cash(books.book, day))
    work = books.once(
        ("worklist", day), lambda: worklist_report(books.book, day, problems=no_problems())
    )
    report = aging_rows_report(aged, day, edges=DEFAULT_EDGES, problems=no_problems())
    currency = main_currency(aged, "balance_minor")
    cash = forecast_report(expected, day, currency=currency)
    context = {
        "desk": desk,
        "as_of": day,
        "is_empty": books.book.items.is_empty(),
        "is_without_customers": desk.access.is_restricted and books.people.is_empty(),
        "rows": {name: rows_href(desk, name) for name in ROWS},
        "figures": (
            *dashboard_figures(aged),
            *converted(desk, report, amount="balance_minor").figures,
            *cash.figures,
        ),
        "aged": report,
        "expected": cash,
        "work": table_of(
            work, desk.request.GET, lang=desk.lang, prefix="work.", row_link=caller(desk),
            shape=Shape(lead="name"),
        ),
        **news_of(desk),
    }  # fmt: skip
    return render(desk.request, "web/dashboard.html", context)


@screen("books.read")
def trends(desk: Desk) -> HttpResponse:
    """The key figures with their months, a part of the dashboard that comes after the rest."""
    books, day = desk.books, desk.day
    key = books.once(("kpis", day), lambda: kpis_report(books.book, day, problems=no_problems()))
    figures = {figure.name: figure for figure in key.figures}
    series = key.parts[0].rows if key.parts else pl.DataFrame()
    context = {
        "desk": desk,
        "figures": [trend_of(figures[name], series) for name in TRENDS if name in figures],
        "rows": {name: rows_href(desk, name) for name in TRENDS},
        "charts": [part.chart for part in key.parts if part.chart is not None][:2],
    }
    return render(desk.request, "web/dashboard_trends.html", context)


def trend_of(figure: Figure, series: pl.DataFrame) -> dict[str, Any]:
    """A figure with its thirteen months, and what a year has changed in it."""
    months = series[figure.name].to_list() if figure.name in series.columns else []
    change, tone = year_change(figure, months)
    return {"figure": figure, "trend": months, "change": change, "tone": tone}


def rows_href(desk: Desk, name: str) -> str:
    """The address of the rows behind a figure, on the day of the view."""
    place, asked = ROWS[name]
    since = add_months(desk.day, -12).isoformat()
    query = {key: since if value == YEAR_BEFORE else value for key, value in asked.items()}
    known = {"known": desk.known.isoformat()} if desk.known else {}
    return f"{desk.url(place)}?{urlencode({**query, 'as_of': desk.day.isoformat(), **known})}"


@screen("books.read", methods=("POST",))
def seen(desk: Desk) -> HttpResponse:
    """The user has read what changed."""
    told = [one.partition(":")[::2] for one in desk.request.POST.getlist("read")]
    read = {int(company): int(last) for company, last in told if is_number(company, last)}
    mark_seen(desk.access.memberships, read, at=desk.now)
    return redirect(desk.url("dashboard"))


def is_number(*texts: str) -> bool:
    """Whether all are numbers that the record may hold."""
    return all(one.isdecimal() and len(one) < 19 for one in texts)


def news_of(desk: Desk) -> dict[str, Any]:
    """What others did since the last visit, and how far that is in each company's journal."""
    found = events_since_last_visit(desk.access)
    told = [
        {**event_words(event, desk.lang), "at": event.at, "who": event.actor_name}
        for event in found
    ]
    read = {one.company_id: 0 for one in found}
    for one in found:
        read[one.company_id] = max(read[one.company_id], one.position)
    return {
        "events": told[:SHOWN],
        "more_events": told[SHOWN:],
        "read": [f"{company}:{last}" for company, last in read.items()],
    }


def caller(desk: Desk) -> Any:
    """Where a customer to call leads: to its card."""
    numbers = dict(desk.books.people.select("customer", "customer_id").iter_rows())

    def link(row: dict[str, Any]) -> str:
        return desk.url("customer", customer_id=numbers[row["customer"]])

    return link
