"""The FEC (fichier des écritures comptables, LPF art. A47 A-1): 18 columns, tab separated."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from generator import company
from generator.customers import CUSTOMERS
from generator.fiscal_year import Row
from generator.suppliers import SUPPLIERS
from generator.timeline import month_end

COLUMNS = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
)
CLOSED_ON = date(2026, 3, 20)  # the accounts of 2025 were closed that day


@dataclass(frozen=True)
class Export:
    """How one accounting program writes its file."""

    encoding: str
    line_end: str
    label_width: int
    valid_date: Callable[[Row], date | None]


def amount_text(cents: int) -> str:
    """An amount with a decimal comma.

    >>> amount_text(123405)
    '1234,05'
    """
    return f"{cents // 100},{cents % 100:02d}"


def day_text(day: date | None) -> str:
    """A date as AAAAMMJJ, or nothing."""
    return f"{day:%Y%m%d}" if day else ""


def validated_2025(row: Row) -> date:
    """In the middle of the following month; the last month with the closing."""
    return CLOSED_ON if row.day.month == 12 else month_end(row.day) + timedelta(days=15)


def validated_2026(row: Row) -> date | None:
    """In the middle of the following month; September is still a draft."""
    return None if row.day.month == 9 else month_end(row.day) + timedelta(days=15)


EXPORTS = {
    2025: Export("iso-8859-15", "\r\n", 35, validated_2025),
    2026: Export("utf-8", "\n", 60, validated_2026),
}


def party_name(code: str) -> str:
    """The name of a customer or supplier."""
    if not code:
        return ""
    return (CUSTOMERS.get(code) or SUPPLIERS[code]).name


def fields(row: Row, export: Export) -> tuple[str, ...]:
    """The 18 fields of a row."""
    return (
        row.journal,
        company.JOURNALS[row.journal],
        f"{row.number:06d}",
        day_text(row.day),
        row.account,
        company.ACCOUNTS[row.account],
        row.party,
        party_name(row.party),
        row.piece,
        day_text(row.piece_date),
        row.text[: export.label_width].rstrip(),
        amount_text(max(row.amount, 0)),
        amount_text(max(-row.amount, 0)),
        row.code,
        day_text(row.code_date),
        day_text(export.valid_date(row)),
        "",
        "",
    )


def fec_bytes(rows: list[Row], year: int) -> bytes:
    """The whole file of a fiscal year."""
    export = EXPORTS[year]
    lines = ["\t".join(COLUMNS), *("\t".join(fields(row, export)) for row in rows)]
    return "".join(line + export.line_end for line in lines).encode(export.encoding)
