"""Entries and their lines, and the books they are posted to."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Movement:
    """What the bank knows of an entry: the other party and the words that came with the money."""

    kind: str
    party: str
    iban: str = ""
    place: str = ""
    country: str = "FR"
    text: str = ""
    end_to_end: str = "NOTPROVIDED"


@dataclass
class Line:
    """One line of an entry; the amount is in cents, a debit above zero, a credit below.

    Lines of one account and one party that share a `group` are meant to be matched together
    (lettrage). A line without group stays open. `piece`, `piece_date` and `text` replace those of
    the entry where they differ.
    """

    account: str
    amount: int
    party: str = ""
    group: str = ""
    piece: str = ""
    piece_date: date | None = None
    text: str = ""


@dataclass
class Entry:
    """A balanced entry of one journal."""

    journal: str
    day: date
    piece: str
    text: str
    lines: list[Line]
    movement: Movement | None = None


@dataclass
class Books:
    """All entries, in the order in which they were posted."""

    entries: list[Entry] = field(default_factory=list)
    partial_groups: set[str] = field(default_factory=set)  # coded although they do not balance

    def post(self, entry: Entry) -> Entry:
        """Add a balanced entry; lines of zero are left out."""
        entry.lines = [line for line in entry.lines if line.amount]
        if sum(line.amount for line in entry.lines):
            raise ValueError(f"entry does not balance: {entry}")
        self.entries.append(entry)
        return entry

    def turnover_of(self, account: str, first: date, last: date) -> int:
        """The movement of an account (or of all that start so) in a period, in cents."""
        return sum(
            line.amount
            for entry in self.entries
            if first <= entry.day <= last
            for line in entry.lines
            if line.account.startswith(account)
        )


def share(amount: int, percent: int) -> int:
    """A percentage of an amount in cents, rounded half up."""
    return (amount * percent + 50) // 100
