"""The aged balance as a report (*balance âgée*)."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from quittance.core.aging import DEFAULT_EDGES, Bucket, aging, buckets
from quittance.core.book import Book
from quittance.core.phrase import Phrase
from quittance.reports import columns
from quittance.reports.report import Chart, Column, Report, Series

TITLE = Phrase("Balance âgée", "Aged balance")
EXPLANATION = Phrase(
    "Ce que chaque client doit, selon le retard de ses échéances ; chaque ligne égale son compte.",
    "What each customer owes, by how late it is; each row equals the customer's account.",
)
UNALLOCATED = Column(
    "unallocated_minor",
    Phrase("Non affecté", "Unallocated"),
    "money",
    Phrase(
        "Règlements, avoirs et acomptes qui n'ont encore soldé aucune facture.",
        "Payments, credit notes and advances that have not settled an invoice yet.",
    ),
)


CUSTOMERS = Column("customers", Phrase("Clients", "Customers"), "count")


def label(bucket: Bucket) -> Phrase:
    """The heading of a bucket."""
    if bucket.first is None:
        return Phrase("Non échu", "Not due")
    if bucket.last is None:
        return Phrase(f"> {bucket.first - 1} j", f"> {bucket.first - 1} d")
    return Phrase(f"{bucket.first}–{bucket.last} j", f"{bucket.first}–{bucket.last} d")


def aging_report(
    book: Book, as_of: date, *, problems: pl.DataFrame, edges: Sequence[int] = DEFAULT_EDGES
) -> Report:
    """The aged balance of every customer on a day, with its picture in the main currency."""
    return aging_rows_report(
        aging(book, as_of, edges=edges), as_of, edges=edges, notes=book.notes, problems=problems
    )


def aging_rows_report(
    rows: pl.DataFrame,
    as_of: date,
    *,
    edges: Sequence[int],
    notes: tuple[Phrase, ...] = (),
    problems: pl.DataFrame,
    part: Column | None = None,
) -> Report:
    """An aged balance already computed, by customer, or by `part` (of `core.aging.by_part`)."""
    ranges = buckets(edges)
    money = [Column(bucket.name, label(bucket), "money") for bucket in ranges]
    names = [column.name for column in (*money, UNALLOCATED, columns.BALANCE)]
    sums = columns.totals(rows, *names)
    heads = (columns.CUSTOMER, columns.NAME) if part is None else (part, CUSTOMERS)
    return Report(
        name="aging",
        title=TITLE,
        explanation=EXPLANATION,
        as_of=as_of,
        columns=(*heads, columns.CURRENCY, *money, UNALLOCATED, columns.BALANCE),
        rows=rows,
        totals=sums,
        notes=notes,
        problems=problems,
        chart=chart(sums, ranges, currency=columns.main_currency(rows, "balance_minor")),
    )


def chart(sums: pl.DataFrame, ranges: Sequence[Bucket], *, currency: str) -> Chart | None:
    """One bar for each bucket, in one currency."""
    mine = sums.filter(pl.col("currency") == currency)
    if mine.is_empty():
        return None
    row = mine.row(0, named=True)
    shown = [(label(bucket), row[bucket.name]) for bucket in ranges]
    shown.append((UNALLOCATED.label, row["unallocated_minor"]))
    labels, values = zip(*shown, strict=True)
    title = Phrase("Encours par ancienneté", "Receivables by age")
    series = Series(Phrase("Montant", "Amount"), tuple(values))
    return Chart("bars", title, tuple(labels), (series,), "money", currency)
