"""Write the golden file beside every sample of a reader, from what the reader says today.

    .venv/bin/python tests/readers/regenerate.py [CASE…]

A case is `samples/fec/<case>.txt`, with `samples/fec/<case>.next.txt` when it takes two exports.
Its golden file `<case>.expected.txt` shows every row and problem, then what the customers owe.
Adding a case is dropping its sample and running this; read the difference before you commit it.
"""

import sys
from pathlib import Path

import polars as pl

from quittance.core.allocations import residuals
from quittance.core.ledger import receivables
from quittance.core.money import decimal_text
from quittance.core.problems import sentences, set_aside
from quittance.readers import fec
from quittance.readers.reader import Reading, Source

SAMPLES = Path(__file__).parent / "samples" / "fec"
ROWS = {
    "journal": ("journal", "journal_label"),
    "entry": ("entry",),
    "date": ("date",),
    "account": ("account", "account_label"),
    "auxiliary": ("auxiliary", "auxiliary_label"),
    "piece": ("piece", "piece_date"),
    "label": ("label",),
    "debit": ("debit",),
    "credit": ("credit",),
    "matched": ("matching_code", "matching_date"),
    "valid": ("valid_date",),
}
ITEMS = ("customer", "name", "document", "kind", "date", "issue_date", "amount", "open")


def cases() -> list[str]:
    """The names of the samples."""
    names = {path.name.split(".")[0] for path in SAMPLES.glob("*.txt")}
    return sorted(names)


def golden(case: str) -> Path:
    """Where the golden file of a case lies."""
    return SAMPLES / f"{case}.expected.txt"


def files(case: str) -> list[Path]:
    """The exports of a case, in order."""
    both = (SAMPLES / f"{case}.txt", SAMPLES / f"{case}.next.txt")
    return [path for path in both if path.exists()]


def dump(case: str) -> str:
    """All that the reader says of a case, as text."""
    readings = [fec.read(Source(path.name, path.read_bytes())) for path in files(case)]
    texts = [of_reading(path.name, one) for path, one in zip(files(case), readings, strict=True)]
    return "\n".join([*texts, of_customers(pl.concat([one.rows for one in readings]))])


def of_reading(name: str, reading: Reading) -> str:
    """The rows and the problems of one file."""
    facts = f"{reading.facts['encoding']}, separator {reading.facts['separator']!r}"
    aside = set_aside(reading.problems)
    count = f"{reading.lines} lines = {reading.rows.height} rows + {aside} set aside"
    rows = reading.rows.sort("line").with_columns(
        pl.col("entry_id").rank("dense").alias("rank"),
        debit=decimal_text("debit_minor"),
        credit=decimal_text("credit_minor"),
    )
    order = rows.select(pl.col("entry_id").unique(maintain_order=True))["entry_id"].to_list()
    numbers = {key: f"#{place + 1}" for place, key in enumerate(order)}
    table = [["line", "group", *ROWS]]
    for row in rows.iter_rows(named=True):
        cells = [joined(row, *columns) for columns in ROWS.values()]
        table.append([str(row["line"]), numbers[row["entry_id"]], *cells])
    met = [
        f"{severity}, {lines} set aside: {text}"
        for (severity, lines), text in zip(
            reading.problems.select("severity", "lines").iter_rows(),
            sentences(reading.problems, "fr"),
            strict=True,
        )
    ]
    heading = f"== {name}: {reading.format}, {facts}, {count}"
    return "\n".join([heading, "", *aligned(table), "", *(met or ["no problem"]), ""])


def of_customers(entries: pl.DataFrame) -> str:
    """What the customers owe in the end, item by item."""
    found = receivables(entries)
    items = residuals(found.items, found.allocations).join(
        found.customers.select("customer", "name"), on="customer", how="left"
    )
    shown = items.sort("date", "item").with_columns(
        amount=decimal_text("amount_minor"), open=decimal_text("open_minor")
    )
    table = [[*ITEMS], *([joined(row, name) for name in ITEMS] for row in shown.to_dicts())]
    notes = [f"note: {note.fr}" for note in found.notes]
    return "\n".join(
        ["== customers", "", *aligned(table), *notes, *sentences(found.problems, "fr"), ""]
    )


def joined(row: dict[str, object], *columns: str) -> str:
    """Some fields of a row in one cell."""
    return " ".join(str(row[name]) for name in columns if row[name] not in (None, "")) or "-"


def aligned(table: list[list[str]]) -> list[str]:
    """Lines of cells under one another."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    padded = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in table
    )
    return [line.rstrip() for line in padded]


if __name__ == "__main__":
    for case in sys.argv[1:] or cases():
        golden(case).write_text(dump(case), encoding="utf-8", newline="\n")
