"""Names of sheets that a spreadsheet accepts: short, without its own signs, each used once."""

import re
from dataclasses import dataclass, field

from quittance.reports.render.formats import clean

LONGEST = 31
REFUSED = r"[\[\]:*?/\\]"
RESERVED = ("history", "historique")


@dataclass
class SheetNames:
    """The names given so far in one workbook; `new` never gives the same one twice."""

    given: set[str] = field(default_factory=set)

    def new(self, title: str) -> str:
        """A name made from a title: at most 31 characters, valid, and not yet given."""
        base = _valid(title)
        name, number = base, 1
        while name.lower() in self.given:
            number += 1
            end = f" ({number})"
            name = _cut(base, LONGEST - len(end)) + end
        self.given.add(name.lower())
        return name


def _valid(title: str) -> str:
    name = _cut(re.sub(REFUSED, "-", clean(title)).strip(" '"), LONGEST)
    if not name or name.lower() in RESERVED:
        return f"{name}-1" if name else "-"
    return name


def _cut(text: str, length: int) -> str:
    """The beginning of a text, in units of UTF-16 as the format counts them."""
    units = text.encode("utf-16-le")[: 2 * length]
    return units.decode("utf-16-le", errors="ignore").strip(" '")
