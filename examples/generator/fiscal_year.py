"""From entries to the rows of a fiscal year: opening, numbering, matching codes (lettrage)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from generator import company
from generator.books import Books

MATCHED_ACCOUNTS = frozenset(
    {
        company.CUSTOMER,
        company.BILL,
        company.DOUBTFUL,
        company.ADVANCE,
        company.SUPPLIER,
        company.ASSET_SUPPLIER,
    }
)
# Carried line by line at the opening; the other accounts as one balance.
DETAILED_ACCOUNTS = frozenset({company.CUSTOMER, company.BILL, company.DOUBTFUL, company.ADVANCE})
JOURNAL_ORDER = tuple(company.JOURNALS)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class Row:
    """One line of the exported file, before it is written."""

    journal: str
    number: int
    day: date
    account: str
    party: str
    piece: str
    piece_date: date
    text: str
    amount: int
    group: str
    code: str = ""
    code_date: date | None = None


def rows_of(books: Books, first: date, last: date) -> list[Row]:
    """The rows of the entries of a period, numbered by journal in order of date."""
    entries = [entry for entry in books.entries if first <= entry.day <= last]
    entries.sort(key=lambda entry: (entry.day, JOURNAL_ORDER.index(entry.journal)))
    numbers: defaultdict[str, int] = defaultdict(int)
    rows = []
    for entry in entries:
        numbers[entry.journal] += 1
        rows += [
            Row(
                entry.journal,
                numbers[entry.journal],
                entry.day,
                line.account,
                line.party,
                line.piece or entry.piece,
                line.piece_date or entry.day,
                line.text or entry.text,
                line.amount,
                line.group,
            )
            for line in entry.lines
        ]
    return rows


def opening_row(day: date, account: str, *, party: str = "", amount: int) -> Row:
    """The opening balance of one account."""
    piece = f"AN{day.year}"
    return Row("AN", 1, day, account, party, piece, day, "À nouveau", amount, "")


def carried(rows: Iterable[Row], day: date, *, classes: str) -> list[Row]:
    """The opening rows of the next year: open customers' lines one by one, the rest by balance."""
    groups: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.account[0] in classes:
            detailed = row.account in DETAILED_ACCOUNTS
            # A line without group is a group of its own: nobody matched it.
            group = (row.group or f"line {id(row)}") if detailed else ""
            groups[row.account, row.party, group].append(row)
    opening = []
    for (account, party, _), members in groups.items():
        balance = sum(row.amount for row in members)
        if account in DETAILED_ACCOUNTS and balance:
            opening += [reopened(row, day) for row in members]
        elif balance:
            opening.append(opening_row(day, account, party=party, amount=balance))
    return sorted(opening, key=lambda row: (row.account, row.party, row.piece_date, row.piece))


def reopened(row: Row, day: date) -> Row:
    """An open line as the next year opens with it: its own document number and date."""
    text = row.text if row.text.startswith("AN ") else f"AN {row.text}"
    return replace(row, journal="AN", number=1, day=day, text=text, code="", code_date=None)


def code_name(rank: int) -> str:
    """AAA, AAB … as the programs count.

    >>> code_name(0), code_name(27)
    ('AAA', 'ABB')
    """
    return ALPHABET[rank // 676] + ALPHABET[rank // 26 % 26] + ALPHABET[rank % 26]


def match(rows: list[Row], partial_groups: set[str]) -> None:
    """Give each balanced group its code and date, account by account; some others as well."""
    groups: defaultdict[tuple[str, str], defaultdict[str, list[Row]]]
    groups = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.group and row.account in MATCHED_ACCOUNTS:
            groups[row.account, row.party][row.group].append(row)
    for mine in groups.values():
        done = [
            (max(row.day for row in members), members)
            for group, members in mine.items()
            if not sum(row.amount for row in members)
            or (group in partial_groups and len(members) > 1)
        ]
        for rank, (day, members) in enumerate(sorted(done, key=lambda pair: pair[0])):
            for row in members:
                row.code, row.code_date = code_name(rank), day


def fiscal_year(books: Books, first: date, last: date, *, opening: list[Row]) -> list[Row]:
    """All rows of a fiscal year, matched, the opening first."""
    rows = opening + rows_of(books, first, last)
    match(rows, books.partial_groups)
    return rows
