"""The bank's view of September 2026: the movements of 512, as the bank would tell them."""

from dataclasses import dataclass
from datetime import date

from generator import company
from generator.books import Movement
from generator.story import Story
from generator.timeline import END

FIRST = date(2026, 9, 1)


@dataclass(frozen=True)
class BankLine:
    """One movement on the account; the amount is above zero when money comes in."""

    number: int
    day: date
    amount: int
    movement: Movement

    @property
    def reference(self) -> str:
        """The bank's own reference of the movement."""
        return f"{self.day:%y%m%d}{self.number:05d}"


@dataclass(frozen=True)
class Statement:
    """A month of the account."""

    first: date
    last: date
    opening: int
    lines: tuple[BankLine, ...]

    @property
    def closing(self) -> int:
        """The balance after the last movement."""
        return self.opening + sum(line.amount for line in self.lines)


def statement_of(story: Story) -> Statement:
    """The statement that agrees with the books of the month."""
    rows = [row for row in story.years[2026] if row.account == company.BANK]
    opening = sum(row.amount for row in rows if row.day < FIRST)
    entries = [e for e in story.books.entries if e.journal == "BQ" and FIRST <= e.day <= END]
    entries.sort(key=lambda entry: entry.day)
    lines = []
    for number, entry in enumerate(entries, start=1):
        amount = sum(line.amount for line in entry.lines if line.account == company.BANK)
        if entry.movement is None:
            raise ValueError(f"the bank knows nothing of {entry.piece} {entry.text}")
        lines.append(BankLine(number, entry.day, amount, entry.movement))
    return Statement(FIRST, END, opening, tuple(lines))
