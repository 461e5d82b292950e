"""A report as the table of a screen: one page of rows, links that sort, filter and turn pages.

The frame is filtered, sorted and cut before anything is written out, so that forty thousand rows
cost what fifty cost. Texts are those of the command line and of workbooks (reports/render). The
template is `web/parts/table.html`; docs/design.md shows how to use it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import polars as pl
from django.http import QueryDict

from quittance.core.phrase import Language, Phrase
from quittance.reports.render import words
from quittance.reports.render.formats import DASH, NUMERIC, clean, counted, number_text
from quittance.reports.render.tables import complete, labelled, only_currency, text_of
from quittance.reports.report import Column, Report
from quittance.web.narrowing import DOWNWARDS, narrowed, order_asked
from quittance.web.phone_columns import for_telephones, stepping_aside
from quittance.web.table_filters import address, chips_of, choices_of, cleared, kept_of
from quittance.web.table_views import PLAIN, Cell, Heading, Link, Pager, Row, Shape, Table

TEXT_LONG = 14
ALL, LARGEST_PAGE = "all", 2_000  # rows that one page holds at most, to be printed whole
ZEROS = frozenset({"0", "0,00", "0.00", "0,000", "0.000"})
SHOWN = Phrase("{first}–{last} sur {count}", "{first}–{last} of {count}")
SORTED_UP = Phrase("{rows}, par {column}, croissant", "{rows}, by {column}, ascending")
SORTED_DOWN = Phrase("{rows}, par {column}, décroissant", "{rows}, by {column}, descending")


def table_of(
    report: Report,
    query: QueryDict,
    *,
    lang: Language,
    row_link: Link | None = None,
    page_size: int = 50,
    prefix: str = "",
    shape: Shape = PLAIN,
) -> Table:
    """The page of a report that an address asks for, every other parameter kept in its links."""
    whole = led(complete(report), shape.lead)
    asked = narrowed(whole, query, lang=lang, prefix=prefix)
    if query.get(f"{prefix}rows") == ALL:
        page_size = LARGEST_PAGE
    pager = pager_of(asked.rows.height, query, size=page_size, prefix=prefix, lang=lang)
    page = asked.rows.slice((pager.page - 1) * page_size, page_size)
    columns = shown_columns(whole, shape.hidden)
    heads = headings_of(whole, columns, page=page, query=query, lang=lang, prefix=prefix)
    looks = {head.name: head.look for head in heads}
    order = pictured(columns, shape)
    chips = chips_of(whole, query, lang=lang, prefix=prefix)
    table = Table(
        id=f"table-{prefix.strip('.') or report.name}",
        title=clean(report.title.text(lang)),
        caption=caption_of(whole, asked.rows.height, lang=lang),
        said=said(whole, query, count=pager.text, lang=lang, prefix=prefix),
        headings=with_pictures(heads, shape, order=order, lang=lang),
        rows=tuple(rows_of(page, columns, lang=lang, looks=looks, shape=shape, order=order,
                           link=row_link)),
        totals=tuple(totals_cells(asked, columns, lang=lang, looks=looks, order=order)),
        pager=pager,
        count=asked.rows.height,
        all=whole.rows.height,
        count_text=number_text(asked.rows.height, lang=lang),
        all_text=number_text(whole.rows.height, lang=lang),
        is_selectable=bool(shape.key),
        q=query.get(f"{prefix}q", "").strip(),
        q_name=f"{prefix}q",
        kept=kept_of(whole, query, prefix=prefix),
        choices=choices_of(whole, query, lang=lang, prefix=prefix),
        chips=chips,
        clear=cleared(whole, query, prefix=prefix),
        csv=address(query, format="csv", table=prefix.strip(".") or None),
        xlsx=address(query, format="xlsx", table=prefix.strip(".") or None),
    )  # fmt: skip
    return for_telephones(table, stepping_aside(columns))


def led(report: Report, lead: str) -> Report:
    """The report with its leading column first: the name of a customer rather than the code."""
    names = [column.name for column in report.columns]
    chosen = lead or ("name" if names[:2] == ["customer", "name"] else "")
    if chosen not in names[1:]:
        return report
    first = report.columns[names.index(chosen)]
    rest = tuple(column for column in report.columns if column is not first)
    return replace(report, columns=(first, *rest))


def shown_columns(report: Report, hidden: frozenset[str] = frozenset()) -> tuple[Column, ...]:
    """The columns that a reader sees: the currency only where there are several."""
    code = only_currency(report)
    left_out = {*hidden, "currency"} if code else hidden
    return tuple(column for column in report.columns if column.name not in left_out)


def pager_of(count: int, query: QueryDict, *, size: int, prefix: str, lang: Language) -> Pager:
    """The page asked for, held between the first and the last."""
    name = f"{prefix}page"
    pages = max(1, -(-count // size))
    asked = query.get(name, "1")
    page = min(max(1, int(asked)), pages) if asked.isdecimal() and len(asked) < 10 else 1
    first, last = min((page - 1) * size + 1, count), min(page * size, count)
    facts = {"first": first, "last": last, "count": count}
    text = SHOWN.filled(**{k: number_text(v, lang=lang) for k, v in facts.items()}).text(lang)

    def at(number: int) -> str:
        return address(query, **{name: str(number) if number > 1 else None})

    return Pager(
        page, pages, text if count else counted_rows(0, lang),
        first=at(1) if page > 1 else "", previous=at(page - 1) if page > 1 else "",
        next=at(page + 1) if page < pages else "", last=at(pages) if page < pages else "",
        whole=address(query, **{name: None, f"{prefix}rows": ALL})
        if size < count <= LARGEST_PAGE else "",
    )  # fmt: skip


def counted_rows(count: int, lang: Language) -> str:
    """How many rows, in words."""
    return counted(count, lang, one=words.ONE_ROW, many=words.ROWS)


def caption_of(report: Report, count: int, *, lang: Language) -> str:
    """How many rows, and the currency of every amount when there is only one."""
    code = only_currency(report)
    parts = [counted_rows(count, lang)]
    if code and any(column.kind == "money" for column in report.columns):
        parts.append(words.AMOUNTS_IN.filled(currency=code).text(lang))
    return " · ".join(parts)


def said(report: Report, query: QueryDict, *, count: str, lang: Language, prefix: str) -> str:
    """The rows shown and their order, for the live region."""
    column, is_downwards = order_asked(report, query, prefix=prefix)
    if column is None:
        return count
    phrase = SORTED_DOWN if is_downwards else SORTED_UP
    return phrase.filled(rows=count, column=column.label).text(lang)


def headings_of(
    report: Report, columns: tuple[Column, ...], *, page: pl.DataFrame, query: QueryDict,
    lang: Language, prefix: str,
) -> tuple[Heading, ...]:  # fmt: skip
    """The headings with their links; numbers sort downwards first, texts upwards."""
    sorted_by, is_downwards = order_asked(report, query, prefix=prefix)
    found = []
    for column in columns:
        is_sorted = sorted_by is not None and sorted_by.name == column.name
        turns_down = not is_downwards if is_sorted else column.kind in NUMERIC
        asked = f"{DOWNWARDS if turns_down else ''}{column.name}"
        way = ("descending" if is_downwards else "ascending") if is_sorted else ""
        found.append(
            Heading(
                column.name, clean(column.label.text(lang)), look_of(column, page, lang=lang),
                clean(column.hint.text(lang)) if column.hint else "",
                address(query, **{f"{prefix}sort": asked, f"{prefix}page": None}), way,
            )
        )  # fmt: skip
    return tuple(found)


def look_of(column: Column, page: pl.DataFrame, *, lang: Language) -> str:
    """The class of a column: n number, t text that may wrap, long text to be read whole."""
    if column.kind in NUMERIC or column.kind == "date":
        return "n"
    if column.is_prose:
        return "long"
    if column.kind == "flag" or column.words:
        return ""
    name = column.name if column.kind != "phrase" else f"{column.name}_{lang}"
    return "t" if (page[name].cast(pl.String).str.len_chars().max() or 0) > TEXT_LONG else ""  # type: ignore[operator]


def pictured(columns: tuple[Column, ...], shape: Shape) -> tuple[str, ...]:
    """The names of all columns in order, drawn ones at their places."""
    names = [column.name for column in columns]
    for picture in shape.pictures:
        names.insert(names.index(picture.before), picture.name)
    return tuple(names)


def with_pictures(
    headings: tuple[Heading, ...], shape: Shape, *, order: tuple[str, ...], lang: Language
) -> tuple[Heading, ...]:
    """The headings in order, with those of the drawn columns."""
    drawn = {p.name: Heading(p.name, p.label.text(lang), "", "") for p in shape.pictures}
    known = {heading.name: heading for heading in headings} | drawn
    return tuple(known[name] for name in order)


def rows_of(
    page: pl.DataFrame, columns: tuple[Column, ...], *, lang: Language, looks: Mapping[str, str],
    shape: Shape, order: tuple[str, ...], link: Link | None,
) -> Iterable[Row]:  # fmt: skip
    """The rows of one page, written out."""
    texts = page.select(text_of(column, page, lang=lang) for column in columns).to_dicts()
    for row, text in zip(page.to_dicts(), texts, strict=True):
        cells = {name: cell_of(name, row, text=text[name], look=looks[name], shape=shape)
                 for name in text}  # fmt: skip
        cells |= {p.name: Cell("", "picture", picture=p.draw(row)) for p in shape.pictures}
        yield Row(
            key=str(row[shape.key]) if shape.key else "",
            href=(link(row) or "") if link else "",
            cells=tuple(cells[name] for name in order),
            is_group=shape.group(row) if shape.group else False,
            more=(shape.more(row) or "") if shape.more else "",
        )


def cell_of(name: str, row: dict[str, Any], *, text: str | None, look: str, shape: Shape) -> Cell:
    """One cell: a dash where a number is absent, a tone where the shape gives one."""
    link, tone, value = shape.links.get(name), shape.tones.get(name), row.get(name)
    return Cell(
        text if text is not None else (DASH if look == "n" else ""),
        signed(look, text),
        tone(value) if tone and value is not None else "",
        (link(row) or "") if link else "",
    )


def signed(look: str, text: str | None) -> str:
    """The classes of a number: red below zero, faint at zero."""
    if look != "n":
        return look
    if text is None or text in ZEROS:
        return "n zero"
    return "n neg" if text.startswith("-") else "n"


def totals_cells(
    asked: Report, columns: tuple[Column, ...], *, lang: Language, looks: Mapping[str, str],
    order: tuple[str, ...],
) -> Iterable[tuple[Cell, ...]]:  # fmt: skip
    """One row of totals for each currency; nothing under a column that is not summed."""
    if asked.totals.is_empty():
        return
    totals = asked.totals
    absent = [c for c in columns if c.name not in totals.columns]
    texts = totals.select(
        [text_of(c, totals, lang=lang) for c in columns if c not in absent]
        + [pl.lit(None, dtype=pl.String).alias(c.name) for c in absent]
    )
    for row in labelled(texts, columns, lang=lang).iter_rows(named=True):
        cells = {n: Cell(row[n] or "", signed(looks[n], row[n] or "")) for n in looks}
        yield tuple(cells.get(name, Cell("")) for name in order)
