"""The aged balance (*balance âgée*): by customer or by what customers are part of, on any day."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from quittance.core.aging import DEFAULT_EDGES, aging, by_part, placed
from quittance.core.book import of_customers
from quittance.core.open_items import open_items
from quittance.core.phrase import Phrase
from quittance.core.problems import no_problems
from quittance.reports.aging import aging_rows_report
from quittance.reports.open_items import open_items_report
from quittance.reports.report import Column, Report
from quittance.storage.access import NotThereError
from quittance.web.conversion import converted
from quittance.web.desk import Desk, screen
from quittance.web.downloads import download, form_asked
from quittance.web.table_views import Link, Shape
from quittance.web.tables import table_of
from quittance.web.views.documents import document_link

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
SHOWN_BELOW = 100  # rows under a row; all of them have a screen of their own


@screen("books.read")
def aged_balance(desk: Desk) -> HttpResponse:
    """The aged balance by the part asked for (`by=collector`), within a part (`in=…`)."""
    query = desk.request.GET
    by, edges = by_asked(query), edges_asked(query)
    report = converted(desk, report_of(desk, by, edges=edges), amount="balance_minor")
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
            shape=Shape(lead="part" if by != "customer" else "", more=more_of(desk, by)),
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


@screen("books.read")
def aged_rows(desk: Desk) -> HttpResponse:
    """The rows that a row of the aged balance opens onto, in the columns of its table.

    `of=<value>` with `by=collector` are the customers of a part; `customer=<number>` the open items
    of one; `currency` when the table has several.
    """
    query = desk.request.GET
    by, edges = by_asked(query), edges_asked(query)
    whole = report_of(desk, by, edges=edges)
    is_items = "customer" in query
    rows = items_under(desk, edges) if is_items else customers_under(desk, by, edges=edges)
    if "currency" in query:
        rows = rows.filter(pl.col("currency") == query["currency"])
    shape = Shape(
        lead="part" if by != "customer" else "",
        more=None if is_items else more_of(desk, "customer", table=by),
    )
    link = document_link(desk, 1) if is_items else link_of(desk, "customer")
    table = table_of(
        replace(whole, rows=rows), QueryDict(), lang=desk.lang, row_link=link, shape=shape,
        page_size=SHOWN_BELOW,
    )  # fmt: skip
    context = {
        "table": table,
        "level": 2 if is_items and by != "customer" else 1,
        "is_items": is_items,
        "rest": rest_of(desk, by) if rows.height > SHOWN_BELOW else "",
    }
    return render(desk.request, "web/aging_rows.html", context)


def customers_under(desk: Desk, by: str, *, edges: tuple[int, ...]) -> pl.DataFrame:
    """The customers of the part asked for (`of=`), in the columns of a table by parts."""
    rows = aged(desk, edges=edges)
    value = desk.request.GET.get("of", "")
    if by == "currency":
        mine = rows.filter(pl.col("currency") == value)
    else:
        people = desk.books.people.filter(pl.col(by).fill_null("") == value)
        mine = rows.join(people.select("customer"), on="customer", how="semi",
                         maintain_order="left")  # fmt: skip
    return mine.with_columns(part="name", part_fr="name", part_en="name",
                             customers=pl.lit(None, dtype=pl.Int64))  # fmt: skip


def items_under(desk: Desk, edges: tuple[int, ...]) -> pl.DataFrame:
    """The open items of a customer, each in its bucket, in the columns of either table."""
    people = person_asked(desk)
    book = of_customers(desk.books.book, people["customer"].to_list())
    rows = placed(open_items(book, desk.day), edges=edges).sort("due_date", "item")
    lang_fr = pl.format("{} · {}", "document", pl.col("due_date").dt.strftime("%d/%m/%Y"))
    lang_en = pl.format("{} · {}", "document", pl.col("due_date").dt.strftime("%Y-%m-%d"))
    named = lang_en if desk.lang == "en" else lang_fr
    return rows.with_columns(
        name=named,
        part=named,
        part_fr=lang_fr,
        part_en=lang_en,
        customer=pl.lit(""),
        customers=pl.lit(None, dtype=pl.Int64),
    )


def person_asked(desk: Desk) -> pl.DataFrame:
    """The customer of the address, among those in view; NotThereError otherwise."""
    asked = desk.request.GET.get("customer", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
    people = desk.books.people.filter(pl.col("customer_id") == number)
    if people.is_empty():
        raise NotThereError(asked)
    return people


def more_of(desk: Desk, by: str, *, table: str = "") -> Link:
    """The address of the rows under a row, in the columns of the table by `table`."""
    numbers = numbers_of(desk)
    kept = {name: desk.request.GET[name] for name in ("as_of", "known", "buckets")
            if desk.request.GET.get(name)}  # fmt: skip

    def more(row: dict[str, Any]) -> str:
        asked = {**kept, "by": table or by, "currency": row["currency"]}
        if by == "customer":
            asked["customer"] = numbers[row["customer"]]
        else:
            asked["of"] = row["part"]
        return f"{desk.url('aging_rows')}?{urlencode(asked)}"

    return more


def rest_of(desk: Desk, by: str) -> str:
    """The screen of all the rows that a row opens onto."""
    query = desk.request.GET.copy()
    for name in ("of", "by", "currency", "customer"):
        query.pop(name, None)
    if "customer" in desk.request.GET:
        address = desk.url("aging_items", customer_id=int(desk.request.GET["customer"]))
        return f"{address}?{query.urlencode()}"
    if by != "currency":
        query[by] = desk.request.GET.get("of", "")
    return f"{desk.url('aging')}?{query.urlencode()}"


def by_asked(query: QueryDict) -> str:
    """By what the aged balance is summed."""
    by = str(query.get("by", "customer"))
    return by if by in PARTS else "customer"


def aged(desk: Desk, *, edges: tuple[int, ...]) -> pl.DataFrame:
    """The aged balance of every customer in view."""
    books, day = desk.books, desk.day
    return books.once(("aging", day, edges), lambda: aging(books.book, day, edges=edges))


def report_of(desk: Desk, by: str, *, edges: tuple[int, ...]) -> Report:
    """The aged balance that an address asks for."""
    books, day = desk.books, desk.day
    rows = aged(desk, edges=edges)
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
