"""Reading the invented books as plain rows, without the product's readers."""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDER = EXAMPLES / "lumiere"
SIREN = "849217534"

Row = dict[str, str]


@dataclass(frozen=True)
class Fec:
    """One file of entries, as bytes and as rows."""

    content: bytes
    header: list[str]
    rows: list[Row]


def read_fec(name: str, encoding: str, line_end: str) -> Fec:
    content = (FOLDER / name).read_bytes()
    header, *lines = content.decode(encoding).removesuffix(line_end).split(line_end)
    columns = header.split("\t")
    rows = [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]
    return Fec(content, columns, rows)


def both_years() -> dict[int, Fec]:
    return {
        2025: read_fec(f"{SIREN}FEC20251231.txt", "iso-8859-15", "\r\n"),
        2026: read_fec(f"{SIREN}FEC20260930.txt", "utf-8", "\n"),
    }


def cents(text: str) -> int:
    assert re.fullmatch(r"-?\d+[.,]\d\d", text)
    return int(re.sub("[.,]", "", text))


def amount(row: Row) -> int:
    return cents(row["Debit"]) - cents(row["Credit"])


def sums(rows: list[Row], *columns: str) -> dict[tuple[str, ...], int]:
    totals: defaultdict[tuple[str, ...], int] = defaultdict(int)
    for row in rows:
        totals[tuple(row[column] for column in columns)] += amount(row)
    return dict(totals)


def of_account(rows: list[Row], *prefixes: str) -> list[Row]:
    return [row for row in rows if row["CompteNum"].startswith(prefixes)]


def on_customers(rows: list[Row], customer: str) -> list[Row]:
    return [row for row in of_account(rows, "411") if row["CompAuxNum"] == customer]


def unmatched(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row["EcritureLet"]]
