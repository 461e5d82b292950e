"""The aged balance (*balance âgée*): by customer or by what customers are part of, on any day."""

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import polars as pl
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from quittance.core.aging import DEFAULT_EDGES, aging, by_part
from quittance.core.book import of_customers
from quittance.core.phrase import Phrase
from quittance.core.problems import no_problems
from quittance.reports.aging import aging_rows_report
from quittance.reports.open_items import open_items_report
from quittance.reports.report import Column, Report
from quittance.storage.access import NotThereError
from quittance.web.desk import Desk, screen
from quittance.web.downloads import download, form_asked
from quittance.web.table_views import Link, Shape
from quittance.web.tables import table_of

PARTS: Mapping[str, Phrase] = MappingProxyType(
    {
        "customer": Phrase("Client", "Customer"),
        "group": Phrase("Groupe", "Group"),
        "collector": Phrase("Chargé de recouvrement", "Collector"),
        "segment": Phrase("Segment", "Segment"),
        "company": Phrase("Société", "Company"),
        "currency": Phrase("Devise", "Currency"),
    }
)
NOBODY = Phrase("(aucun)", "(none)")
LARGEST_EDGE = 3_650


@screen("books.read")
def aged_balance(desk: Desk) -> HttpResponse:
    """The aged balance by the part asked for (`by=collector`), within a part (`in=…`)."""
    query = desk.request.GET
    by = query.get("by", "customer")
    by = by if by in PARTS else "customer"
    edges = edges_asked(query)
    report = report_of(desk, by, edges=edges)
    form = form_asked(query)
    if form and desk.may("books.export"):
        return download(report, form, lang=desk.lang, company=desk.access.name, query=query)
    context = {
        "desk": desk,
        "as_of": desk.day,
        "by": by,
        "parts": parts_shown(desk, by),
        "within": within_of(query),
        "edges": ",".join(map(str, edges)),
        "report": report,
        "shown": table_of(
            report, query, lang=desk.lang, row_link=link_of(desk, by),
            shape=Shape(lead="part" if by != "customer" else ""),
        ),
    }  # fmt: skip
    return render(desk.request, "web/aging.html", context)


@screen("books.read")
def aged_items(desk: Desk, customer_id: int) -> HttpResponse:
    """The open items behind the aged balance of one customer."""
    query = desk.request.GET
    people = desk.books.people.filter(pl.col("customer_id") == customer_id)
    if people.is_empty():
        raise NotThereError(str(customer_id))
    person = people.row(0, named=True)
    book = of_customers(desk.books.book, [person["customer"]])
    report = open_items_report(book, desk.day, problems=no_problems())
    form = form_asked(query)
    if form and desk.may("books.export"):
        return download(report, form, lang=desk.lang, company=desk.access.name, query=query)
    context = {
        "desk": desk,
        "as_of": desk.day,
        "person": person,
        "shown": table_of(report, query, lang=desk.lang),
    }
    return render(desk.request, "web/aging_items.html", context)


def report_of(desk: Desk, by: str, *, edges: tuple[int, ...]) -> Report:
    """The aged balance that an address asks for."""
    books, day = desk.books, desk.day
    rows = books.once(("aging", day, edges), lambda: aging(books.book, day, edges=edges))
    within = within_of(desk.request.GET)
    if within:
        name, value = within
        mine = books.people.filter(pl.col(name) == value)
        rows = rows.join(mine.select("customer"), on="customer", how="semi", maintain_order="left")
    part = None if by == "customer" else Column("part", PARTS[by], "phrase")
    return aging_rows_report(
        rows if part is None else in_parts(desk, rows, by=by),
        day, edges=edges, notes=books.book.notes, problems=no_problems(), part=part,
    )  # fmt: skip


def in_parts(desk: Desk, rows: pl.DataFrame, *, by: str) -> pl.DataFrame:
    """The aged balance summed by what customers are part of, each part with its name."""
    people = desk.books.people
    if by == "currency":
        summed = by_currency(rows)
    else:
        summed = by_part(rows, people.select("customer", part=pl.col(by).fill_null("")))
    return summed.with_columns(
        part_fr=pl.col("part").replace({"": NOBODY.fr}),
        part_en=pl.col("part").replace({"": NOBODY.en}),
    )


def by_currency(rows: pl.DataFrame) -> pl.DataFrame:
    """The aged balance summed by currency alone."""
    whole = rows.select("customer").unique().with_columns(part=pl.lit(""))
    return by_part(rows, whole).with_columns(part="currency")


def within_of(query: QueryDict) -> tuple[str, str] | None:
    """The part that the view is narrowed to (`collector=Ana Petit`), if any."""
    return next(
        ((name, str(query[name])) for name in ("group", "collector", "segment", "company")
         if name in query), None,
    )  # fmt: skip


def link_of(desk: Desk, by: str) -> Link:
    """Where a row leads: into its part, or to the customer's open items."""
    numbers = numbers_of(desk)
    kept = desk.request.GET.copy()
    for name in ("q", "sort", "page", "by", "format"):
        kept.pop(name, None)

    def link(row: dict[str, Any]) -> str | None:
        inside = kept.copy()
        if by == "customer":
            address = desk.url("aging_items", customer_id=numbers[row["customer"]])
            return f"{address}?{inside.urlencode()}" if inside else address
        if by == "currency":
            return None
        inside[by] = row["part"]
        return f"{desk.url('aging')}?{inside.urlencode()}"

    return link


def numbers_of(desk: Desk) -> dict[str, int]:
    """The number of each customer, by the code that the books use."""
    people = desk.books.people
    return desk.books.once(
        "numbers", lambda: dict(people.select("customer", "customer_id").iter_rows())
    )


def parts_shown(desk: Desk, by: str) -> list[dict[str, Any]]:
    """The ways of summing, as tabs; those that would give a single row are left out."""
    counts = {name: desk.books.people[name].n_unique() for name in
              ("group", "collector", "segment", "company")}  # fmt: skip
    tabs = []
    for name, label in PARTS.items():
        if counts.get(name, 2) < 2 and name != by:
            continue
        query = desk.request.GET.copy()
        for gone in ("sort", "page", "q", "format"):
            query.pop(gone, None)
        query["by"] = name
        tabs.append({"label": label.text(desk.lang), "href": f"?{query.urlencode()}",
                     "is_current": name == by, "count": None})  # fmt: skip
    return tabs


def edges_asked(query: QueryDict) -> tuple[int, ...]:
    """The bucket edges of an address (`buckets=30,60,90`); unreadable ones are the usual ones."""
    texts = query.get("buckets", "").replace(" ", "").split(",")
    if not all(text.isdecimal() and len(text) < 5 for text in texts):
        return DEFAULT_EDGES
    edges = tuple(map(int, texts))
    is_rising = edges[0] > 0 and all(a < b for a, b in pairwise(edges))
    return edges if is_rising and edges[-1] <= LARGEST_EDGE and len(edges) <= 8 else DEFAULT_EDGES
