"""Tests as tables in the trade's words: aligned text to typed frames, and back.

    items_frame('''
    customer  due         amount
    Dupont    2026-01-31  1200.00
    ''')

Columns stand two spaces or more apart, so that a value may hold single spaces; `-` is nothing. A
heading is a column of the schema, or that column without its unit: `amount` (a decimal amount in
the row's currency) for `amount_minor`, `due` for `due_date`, `debit` for `debit_item`, `percent`
for `rate_ppm`.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from quittance.core import schema
from quittance.core.book import Book, Law
from quittance.core.money import to_major, to_minor
from quittance.core.schema import Schema
from quittance.law.tables import load_law

UNITS = ("", "_minor", "_date", "_item")
SOURCED = {
    "reference": "art.",
    "source": "JO",
    "checked_on": date(2026, 1, 1),
    "verified": True,
}


def parsed(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """The headings and the rows of an aligned text table; an empty text has neither."""
    lines = [re.split(r"\s{2,}", line.strip()) for line in text.splitlines() if line.strip()]
    if not lines:
        return [], []
    headings = lines[0]
    return headings, [dict(zip(headings, line, strict=True)) for line in lines[1:]]


def column(heading: str, columns: Mapping[str, Any]) -> str:
    """The column that a heading names, with or without its unit."""
    if heading == "percent":
        return "rate_ppm"
    found = [heading + unit for unit in UNITS if heading + unit in columns]
    if not found:
        raise KeyError(f"no column called {heading} among {list(columns)}")
    return found[0]


def is_money(heading: str, name: str) -> bool:
    """Whether a heading names a column of minor units without its unit: a decimal amount."""
    return name.endswith("_minor") and heading != name


def value(text: str, dtype: Any, *, heading: str, name: str, currency: str) -> Any:
    """One cell in its type; `-` is None."""
    if text == "-":
        return None
    if heading == "percent":
        return int(Decimal(text) * 10_000)
    if is_money(heading, name):
        return to_minor(Decimal(text), currency)
    readers = {
        pl.Date: date.fromisoformat,
        pl.Boolean: {"yes": True, "no": False}.__getitem__,
        pl.Float64: float,
        pl.String: str,
    }
    return readers.get(dtype, int)(text)


def cells(text: str, columns: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a text table, each cell in the type of its column."""
    headings, rows = parsed(text)
    named = {heading: column(heading, columns) for heading in headings}
    return [
        {
            name: value(
                row[heading],
                columns[name],
                heading=heading,
                name=name,
                currency=row.get("currency", "EUR"),
            )
            for heading, name in named.items()
        }
        for row in rows
    ]


def frame(text: str, columns: Schema, **defaults: Any) -> pl.DataFrame:
    """A text table as a frame of a schema; columns that it does not show take their default."""
    full = [{**dict.fromkeys(columns), **defaults, **row} for row in cells(text, columns)]
    return pl.DataFrame(
        [[row[name] for name in columns] for row in full], dict(columns), orient="row"
    )


def items_frame(text: str) -> pl.DataFrame:
    """`ITEMS`, by default numbered from 1, of customer C1, in euros.

    Invoices, payments when negative; a date not given is the one given (`date`, `issue` or `due`).
    """
    full = []
    for number, row in enumerate(cells(text, schema.ITEMS), 1):
        day = row.get("date") or row.get("issue_date") or row.get("due_date")
        one = {
            "item": number,
            "customer": "C1",
            "document": f"F{row.get('item', number)}",
            "kind": "invoice" if row["amount_minor"] > 0 else "payment",
            "date": day,
            "issue_date": day,
            "due_date": day,
            "currency": "EUR",
            "recorded_date": day,
        }
        full.append({**one, **row})
    return pl.DataFrame(full, dict(schema.ITEMS))


def allocations_frame(text: str, of: pl.DataFrame) -> pl.DataFrame:
    """`ALLOCATIONS` of some items.

    By default on the later of their two dates, recorded that day, at the credit's value date.
    """
    dates = dict(of.select("item", "date").iter_rows())
    full = []
    for row in cells(text, schema.ALLOCATIONS):
        credit = dates[row["credit_item"]]
        day = row.get("date") or max(dates[row["debit_item"]], credit)
        one = {"date": day, "recorded_date": day, "value_date": credit}
        full.append({**one, **row})
    return pl.DataFrame(full, dict(schema.ALLOCATIONS))


def customers_frame(text: str, of: pl.DataFrame | None = None) -> pl.DataFrame:
    """`CUSTOMERS`: those of a table, and those of some items.

    By default businesses without terms, called by their code.
    """
    told = {row["customer"]: row for row in cells(text, schema.CUSTOMERS)}
    codes = dict.fromkeys([*told, *(of["customer"].unique().sort() if of is not None else ())])
    full = [
        {"customer": code, "name": code, "kind": "business", "terms": "", **told.get(code, {})}
        for code in codes
    ]
    return pl.DataFrame(full, dict(schema.CUSTOMERS))


def rates(text: str) -> pl.DataFrame:
    """`LEGAL_RATES`, for instance of `series  valid_from  valid_until  percent`."""
    return frame(text, schema.LEGAL_RATES, **SOURCED)


def amounts(text: str) -> pl.DataFrame:
    """`LEGAL_AMOUNTS`, for instance of `name  valid_from  valid_until  amount`."""
    return frame(text, schema.LEGAL_AMOUNTS, currency="EUR", **SOURCED)


def ledger_frame(text: str) -> pl.DataFrame:
    """`LEDGER`: movements by account and day, not opening unless said."""
    return frame(text, schema.LEDGER, debit_minor=0, credit_minor=0, is_opening=False)


def law(**frames: pl.DataFrame) -> Law:
    """The French law, with some of its frames replaced."""
    return replace(load_law(), **frames)


def book(
    items: str = "",
    allocations: str = "",
    customers: str = "",
    *,
    law: Law | None = None,
    ledger: str = "",
    interruptions: str = "",
) -> Book:
    """A book from text tables, under the French law unless another is given."""
    owed = items_frame(items)
    return Book(
        customers=customers_frame(customers, owed),
        items=owed,
        allocations=allocations_frame(allocations, owed),
        law=law or load_law(),
        ledger=ledger_frame(ledger),
        interruptions=frame(interruptions, schema.INTERRUPTIONS, status="certain"),
    )


def assert_rows(found: pl.DataFrame, expected: str) -> None:
    """The columns that a text table shows are, row by row, those of a frame; "" is no row.

    A number is compared to as many decimals as the table writes.
    """
    headings, rows = parsed(expected)
    names = [column(heading, found.columns) for heading in headings]
    wanted = [tuple(row.values()) for row in rows]
    shown = found.select(names) if names else found
    told = [row.get("currency", "EUR") for row in rows]
    texts = [
        tuple(
            text_like(cell, example, heading=heading, name=name, currency=currency)
            for cell, example, heading, name in zip(line, row, headings, names, strict=True)
        )
        for line, row, currency in zip(shown.iter_rows(), wanted, told, strict=False)
    ]
    extra = [tuple(map(str, line)) for line in shown.iter_rows()][len(wanted) :]
    got = [*texts, *extra]
    assert got == wanted, f"found {got}, expected {wanted}"


def text_like(cell: Any, example: str, *, heading: str, name: str, currency: str) -> str:
    """A cell written the way the expected text writes it."""
    if cell is None:
        return "-"
    decimals = len(example.partition(".")[2])
    if heading == "percent":
        return f"{Decimal(cell) / 10_000:.{decimals}f}"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.{decimals}f}"
    if is_money(heading, name):
        scale = to_minor(Decimal(1), currency)
        return f"{Decimal(cell) / scale:.{decimals}f}"
    return str(cell)


def show(found: pl.DataFrame, headings: str) -> None:
    """Print the columns that headings name, as a story tells them."""
    words = headings.split()
    names = [column(word, found.columns) for word in words]
    lines = [words]
    for row in found.iter_rows(named=True):
        currency = row.get("currency", "EUR")
        lines.append(
            [told(row[n], w, name=n, currency=currency) for n, w in zip(names, words, strict=True)]
        )
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    for line in lines:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )


def told(cell: Any, heading: str, *, name: str, currency: str) -> str:
    """A cell in words: money in its currency's decimals, nothing as `-`."""
    if cell is None:
        return "-"
    if is_money(heading, name):
        return str(to_major(cell, currency))
    return f"{cell / 10_000:.2f}" if heading == "percent" else str(cell)


def shuffled(frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The same rows in another order."""
    return frame.sample(fraction=1, shuffle=True, seed=seed)
