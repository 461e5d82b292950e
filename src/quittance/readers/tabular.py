"""Lists of invoices, open items, payments or customers, in CSV or XLSX.

No issuer: every accounting program, ERP and spreadsheet writes its own. The heading line is found
by itself (titles may stand above it); separator, encoding, decimal mark and order of the dates are
read off the content; a mapping may be declared for headings that are not recognised.

    N° client;Raison sociale;Facture;Date;Échéance;Montant TTC
    C0012;Établissements Morel;FA-2025-0012;31/01/2025;02/03/2025;1 200,00
"""

import csv
import io
from collections.abc import Collection, Iterator
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from quittance.core.customer_lists import DETAILS
from quittance.core.problems import UnusableInput, no_problems, problem, problems_at
from quittance.readers import tabular_rules as rules
from quittance.readers.delimited import cut
from quittance.readers.headings import HEADINGS, Mapping, fields_of, mapped, score, unrecognised
from quittance.readers.reader import Reading, Source
from quittance.readers.tabular_values import Frame, with_values
from quittance.readers.text import decoded
from quittance.readers.workbook_size import refuse_oversized

SEPARATORS = ";\t,|"
XLSX = b"PK\x03\x04"
LINES_SEARCHED = 20
WRONG = {"line": pl.Int64, "fields": pl.Int64, "text": pl.String}
TOTAL_WORDS = r"(?i)^\s*(sous[- ]?total|total|totaux|grand total|solde final)\b"
Cells = list[list[str]]
ABOUT = {
    "terms",
    "contact_name",
    "email",
    "phone",
    "mobile",
    "address",
    *DETAILS,
}  # what is said of a customer
# Per kind, the groups of fields of which a list has at least one, and those it must not confuse.
NEEDED: dict[str, tuple[set[str], ...]] = {
    "payments": ({"payment_date"}, {"amount"}),
    "invoices": (
        {"customer", "name"},
        {"document", "key", "due_date"},
        {"issue_date", "due_date"},
        {"amount", "open_amount"},
    ),
    "customers": ({"customer", "key"}, {"name", "customer_kind", *ABOUT}),
}
USED = {
    "payments": {"customer", "document", "invoice_key", "payment_date", "amount", "currency"},
    "invoices": {
        "customer", "document", "issue_date", "due_date", "payment_date", "currency",
        "amount", "open_amount", "paid_amount",
    },
    "customers": {"customer", "name", "terms", "customer_kind"},
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A list before its fields are known: headings, lines as texts, and lines of another width."""

    headings: list[str]
    frame: pl.DataFrame  # columns named by their headings, and `line`
    wrong: pl.DataFrame
    facts: dict[str, str]


def identify(source: Source) -> bool:
    """Whether it is a workbook, or some line near the top is the heading of a list.

    A heading names at least three known fields, or a customer and one thing about it.
    """
    return is_xlsx(source) or any(is_heading(cells) for cells in top_lines(source))


def is_heading(cells: list[str]) -> bool:
    """Whether a line holds the headings of a list."""
    found = fields_of(cells)
    return len(found) >= 3 or (len(found) == 2 and "customer" in found and bool(found & ABOUT))


def read(source: Source, declared: Dictionary[str, str] | None = None) -> Reading:
    """The rows of a list, whose kind is read off its columns; see `tabular_values` for the rows.

    `declared` maps fields (amount, customer, due_date…) to headings. Raises UnusableInput when the
    needed fields are not found or several columns could hold one.
    """
    wanted = dict(declared or {})
    table = table_of(source, wanted.values())
    check_declared(wanted, table, file=source.name)
    mapping = mapped(table.headings, wanted)
    kind = kind_of(mapping, table, file=source.name)
    told = table.wrong.with_columns(file=pl.lit(source.name))
    start = pl.col("text").str.slice(0, 60)
    of_width = problems_at(told, rules.WIDTH, facts=["fields", pl.lit(len(table.headings)), start])
    named = table.frame.select(
        "line",
        pl.lit(source.name).alias("file"),
        *(pl.col(heading).alias(field) for field, heading in mapping.columns.items()),
    )
    lines = named.height + table.wrong.height
    rows, of_totals = without_totals(named) if kind != "customers" else (named, no_problems())
    if kind == "invoices":
        refuse_nameless(rows, file=source.name)
    values = with_values(Frame(rows, mapping, kind, source.name))
    problems = pl.concat([no_problems(), of_width, of_totals, values.problems])
    facts = {"file": source.name, "columns": ", ".join(table.headings), **table.facts}
    form = "XLSX" if is_xlsx(source) else "CSV"
    return Reading(form, kind, values.rows, lines, problems.sort("line"), facts)


def is_xlsx(source: Source) -> bool:
    """Whether the bytes are those of a workbook."""
    return source.content.startswith(XLSX)


def top_lines(source: Source) -> Cells:
    """The first lines of a text list as cells, whatever its separator."""
    text = decoded(source.content[:65_536]).content.decode("utf-8", errors="replace")
    lines = [line for line in text.split("\n")[:LINES_SEARCHED] if line.strip()]
    return [
        max((next(csv.reader([line], delimiter=mark)) for mark in SEPARATORS), key=score)
        for line in lines
    ]


def table_of(source: Source, declared: Collection[str] = ()) -> Table:
    """A list cut into columns; `declared` are headings that a person named."""
    return xlsx_table(source, declared) if is_xlsx(source) else csv_table(source, declared)


def weight(cells: list[str], declared: Collection[str]) -> int:
    """How much a line looks like the heading: fields known, and headings that a person named."""
    return score(cells) + len(set(declared) & {cell.strip() for cell in cells})


def separator_of(lines: list[str], declared: Collection[str]) -> str:
    """The separator of the best heading; where nothing is recognised, that of the even columns."""

    def fits(mark: str) -> tuple[int, int]:
        rows = [row_of(line, mark) for line in lines if line.strip()]
        widths = [len(row) for row in rows]
        width = max(set(widths), key=widths.count, default=1)
        is_even = widths.count(width) * 5 >= len(widths) * 4
        return max((weight(row, declared) for row in rows), default=0), width if is_even else 1

    return max(SEPARATORS, key=fits)


def csv_table(source: Source, declared: Collection[str] = ()) -> Table:
    """A text list cut into columns."""
    text = decoded(source.content)
    lines = text.content[:65_536].decode("utf-8", errors="replace").split("\n")[:LINES_SEARCHED]
    separator = separator_of(lines, declared)
    at = heading_at([row_of(line, separator) for line in lines], declared)
    headings = unique([cell.strip() for cell in row_of(lines[at], separator)])
    start = sum(len(line.encode()) + 1 for line in lines[: at + 1])
    body = text.content[start:]
    facts = {"encoding": text.encoding, "separator": separator}
    if b'"' in body:
        return quoted_table(body, headings, separator=separator, first_line=at + 2, facts=facts)
    frame, wrong = cut(body, separator, names=headings, used=set(headings), first_line=at + 2)
    return Table(headings, frame, wrong, facts)


def heading_at(rows: Cells, declared: Collection[str]) -> int:
    """The place of the heading: the best line; where nothing is recognised, the first full one."""
    widest = max(len(row) for row in rows)
    return max(
        range(len(rows)),
        key=lambda at: (weight(rows[at], declared), len(rows[at]) == widest, -at),
    )


def row_of(line: str, separator: str) -> list[str]:
    """One line as cells, quotes undone."""
    return next(csv.reader([line], delimiter=separator), [])


def quoted_table(
    body: bytes, headings: list[str], *, separator: str, first_line: int, facts: dict[str, str]
) -> Table:
    """A list with quoted cells, which may hold separators and line ends.

    A quote that is never closed would swallow the lines after it: then no quote wraps anything,
    and a line that needed one is told as a line of another width.
    """
    sound, wrong, width = [], [], len(headings)
    try:
        for line, last, cells in records(body, separator, first_line=first_line):
            if len(cells) == width + 1 and not cells[-1]:
                cells.pop()
            if len(cells) == width:
                sound.append((line, *cells))
            elif last > line:
                raise csv.Error("a quote is not closed")
            else:
                wrong.append((line, len(cells), separator.join(cells)))
    except csv.Error:
        used = set(headings)
        frame, others = cut(body, separator, names=headings, used=used, first_line=first_line)
        bare = pl.col(headings).str.strip_chars().str.strip_chars('"')
        return Table(headings, frame.with_columns(bare), others, facts)
    columns = {"line": pl.Int64, **dict.fromkeys(headings, pl.String)}
    frame = pl.DataFrame(sound, schema=columns, orient="row")
    return Table(headings, frame, pl.DataFrame(wrong, schema=WRONG, orient="row"), facts)


def records(
    body: bytes, separator: str, *, first_line: int
) -> Iterator[tuple[int, int, list[str]]]:
    """The first line, the last line and the cells of each record that is not empty."""
    reader = csv.reader(io.StringIO(body.decode("utf-8", errors="replace")), delimiter=separator)
    line = first_line
    for cells in reader:
        last = first_line + reader.line_num - 1
        if any(cells):
            yield line, last, cells
        line = last + 1


def xlsx_table(source: Source, declared: Collection[str] = ()) -> Table:
    """The sheet with the best heading, as texts."""
    cells = sheet_cells(source, declared)
    if not any(any(row) for row in cells):
        raise UnusableInput(problem(rules.WORKBOOK, file=source.name))
    filled = [[cell for cell in row if cell.strip()] for row in cells[:LINES_SEARCHED]]
    at = heading_at(filled, declared)
    while cells[at] and not cells[at][-1].strip():
        cells[at].pop()
    headings = unique([cell.strip() for cell in cells[at]])
    width = len(headings)
    body = [
        (at + 2 + place, *(row + [""] * width)[:width])
        for place, row in enumerate(cells[at + 1 :])
        if any(cell.strip() for cell in row)
    ]
    schema = {"line": pl.Int64, **dict.fromkeys(headings, pl.String)}
    frame = pl.DataFrame(body, schema=schema, orient="row")
    return Table(headings, frame, pl.DataFrame(schema=WRONG), {"encoding": "xlsx"})


def sheet_cells(source: Source, declared: Collection[str]) -> Cells:
    """The cells of the best sheet as texts: whole numbers without a point, dates in ISO."""
    refuse_oversized(source)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(source.content))
        found = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except CalamineError:
        raise UnusableInput(problem(rules.WORKBOOK, file=source.name)) from None
    sheets = [
        [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        for sheet in found
    ]
    return max(
        sheets,
        key=lambda rows: max((weight(row, declared) for row in rows[:LINES_SEARCHED]), default=0),
    )


def cell_text(cell: object) -> str:
    """A cell of a sheet as the sheet shows it: numbers have at most 15 digits there."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    text = str(cell)
    return text.removesuffix(" 00:00:00") if hasattr(cell, "isoformat") else text


def unique(headings: list[str]) -> list[str]:
    """The headings with repeated ones numbered, so that each names one column."""
    seen: dict[str, int] = {}
    named = []
    for place, heading in enumerate(headings):
        name = heading or f"colonne {place + 1}"
        seen[name] = seen.get(name, 0) + 1
        named.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return named


def check_declared(declared: dict[str, str], table: Table, *, file: str) -> None:
    """Refuse a declared mapping that names an unknown field or an absent column."""
    for field, heading in declared.items():
        if field not in HEADINGS:
            facts = (field, heading, ", ".join(HEADINGS))
            raise UnusableInput(problem(rules.NO_SUCH_FIELD, *facts, file=file))
        if heading not in table.headings:
            facts = (field, heading, ", ".join(table.headings))
            raise UnusableInput(problem(rules.NO_SUCH_COLUMN, *facts, file=file))


def kind_of(mapping: Mapping, table: Table, *, file: str) -> str:
    """What the rows are, by the fields they have; raises UnusableInput when that is not plain."""
    fields, found = set(mapping.columns), ", ".join(table.headings)
    kinds = [kind for kind, groups in NEEDED.items() if all(fields & group for group in groups)]
    if "payments" in kinds and "issue_date" in fields:
        kinds.remove("payments")  # an invoice with the day on which it was paid
    has_movements = fields & {"amount", "open_amount"} and fields & {"issue_date", "due_date"}
    if not kinds or (kinds == ["customers"] and has_movements):
        strange = ", ".join(unrecognised(table.headings, mapping)) or "–"
        raise UnusableInput(problem(rules.UNKNOWN_LIST, strange, file=file))
    kind = kinds[0]
    for field, headings in mapping.ambiguous.items():
        if field in USED[kind]:
            facts = (field, ", ".join(headings), found)
            raise UnusableInput(problem(rules.AMBIGUOUS, *facts, file=file))
    return kind


def refuse_nameless(rows: pl.DataFrame, *, file: str) -> None:
    """Refuse a list most of whose lines name no customer: a bank statement, or a grouped report."""
    who = [name for name in ("customer", "name") if name in rows.columns]
    nobody = pl.all_horizontal(pl.col(name).str.strip_chars() == "" for name in who)
    count = rows.select(nobody.sum()).item() if who else 0
    if count * 2 > rows.height:
        raise UnusableInput(problem(rules.NAMELESS, count, rows.height, file=file))


def without_totals(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows without the lines of totals that people leave at the bottom."""
    texts = [name for name in ("customer", "name", "document") if name in rows.columns]
    if not texts:
        return rows, no_problems()
    is_total = pl.any_horizontal(pl.col(name).str.contains(TOTAL_WORDS) for name in texts)
    undated = [
        pl.col(name).str.strip_chars() == "" for name in ("issue_date",) if name in rows.columns
    ]
    is_total = is_total & pl.all_horizontal(*undated) if undated else is_total
    first = pl.coalesce(pl.col(name).replace({"": None}) for name in texts)
    return rows.filter(~is_total), problems_at(
        rows.filter(is_total), rules.TOTAL_LINE, facts=[first]
    )
