"""A small FEC as a table in the trade's words, and as the bytes that a program would write."""

from collections.abc import Sequence

from tests.tables import parsed

from quittance.readers.reader import Source

COLUMNS = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib",
    "CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit",
    "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise",
)  # fmt: skip
SHORT = {
    "journal": "JournalCode",
    "entry": "EcritureNum",
    "date": "EcritureDate",
    "account": "CompteNum",
    "customer": "CompAuxNum",
    "name": "CompAuxLib",
    "piece": "PieceRef",
    "label": "EcritureLib",
    "debit": "Debit",
    "credit": "Credit",
    "code": "EcritureLet",
    "matched": "DateLet",
}
JOURNALS = {"VE": "Ventes", "BQ": "Banque", "AN": "À nouveaux", "OD": "Opérations diverses"}

SALE_AND_PAYMENT = """
journal  entry  date      account  customer  piece  debit    credit   code
VE       1      20250131  411000   C1        FA-1   1200,00  0,00     AA
VE       1      20250131  707000   -         FA-1   0,00     1000,00  -
VE       1      20250131  445710   -         FA-1   0,00     200,00   -
VE       2      20250215  411000   C2        FA-2   600,00   0,00     -
VE       2      20250215  707000   -         FA-2   0,00     600,00   -
BQ       3      20250310  512000   -         R-1    1200,00  0,00     -
BQ       3      20250310  411000   C1        R-1    0,00     1200,00  AA
"""


def lines(table: str) -> list[dict[str, str]]:
    """The lines of a FEC from a table of some of its columns."""
    _, rows = parsed(table)
    full = []
    for row in rows:
        line = dict.fromkeys(COLUMNS, "")
        line |= {SHORT.get(name, name): "" if cell == "-" else cell for name, cell in row.items()}
        line["JournalLib"] = JOURNALS.get(line["JournalCode"], "")
        line["PieceDate"] = line["PieceDate"] or line["EcritureDate"]
        line["ValidDate"] = line["EcritureDate"]
        line["CompAuxLib"] = line["CompAuxLib"] or line["CompAuxNum"].replace("C", "Client ")
        full.append(line)
    return full


def written(
    rows: Sequence[dict[str, str]],
    *,
    separator: str = "\t",
    columns: Sequence[str] = COLUMNS,
    encoding: str = "utf-8",
) -> bytes:
    """The bytes of a FEC of some lines."""
    texts = [columns, *([row[name] for name in columns] for row in rows)]
    return "".join(f"{separator.join(text)}\n" for text in texts).encode(encoding)


def fec(table: str = SALE_AND_PAYMENT) -> bytes:
    """The bytes of the FEC that a table shows."""
    return written(lines(table))


def source(table: str = SALE_AND_PAYMENT, name: str = "ventes.txt") -> Source:
    """The same as a file with a name."""
    return Source(name, fec(table))
