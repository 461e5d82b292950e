"""What a table of a screen shows, as plain words and links, without any tag."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from quittance.core.phrase import Phrase
from quittance.web.tones import age_tone

Link = Callable[[dict[str, Any]], str | None]
Tone = Callable[[Any], str]


@dataclass(frozen=True)
class Picture:
    """A drawn column: an SVG made of each row, placed before a column of the report."""

    name: str
    label: Phrase
    draw: Callable[[dict[str, Any]], str]
    before: str


@dataclass(frozen=True)
class Shape:
    """How a table differs from the plain one.

    `lead` is the column that comes first, stays in sight and bears the row's link; `key` the column
    whose value a ticked row sends (none: rows cannot be ticked); `links` gives other columns
    their own links; `tones` draws a value as a tag; `group` tells which rows are headings;
    `hidden` columns can be filtered by and are in files, but are not shown; `more` gives the
    address of the rows that a row opens onto in place (`web/expand.js`).
    """

    lead: str = ""
    key: str = ""
    links: Mapping[str, Link] = field(default_factory=dict)
    tones: Mapping[str, Tone] = field(default_factory=lambda: {"days_past_due": age_tone})
    pictures: tuple[Picture, ...] = ()
    group: Callable[[dict[str, Any]], bool] | None = None
    hidden: frozenset[str] = frozenset()
    more: Link | None = None


PLAIN = Shape()


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column with the link that sorts by it; `sort` is what aria-sort says."""

    name: str
    label: str
    look: str
    hint: str
    href: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, its classes, the tone of its tag, its own link, or a picture."""

    text: str
    look: str = ""
    tone: str = ""
    href: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; the first cell bears its link."""

    key: str
    href: str
    cells: tuple[Cell, ...]
    is_group: bool = False
    more: str = ""
    under: str = ""  # on a telephone, what the columns say that step aside


@dataclass(frozen=True)
class Choice:
    """A filter on a column of codes."""

    name: str
    label: str
    every: str
    options: tuple[tuple[str, str, bool], ...]  # code, words, whether it is chosen


@dataclass(frozen=True)
class Pager:
    """Which page is shown and where the others are; an empty link where there is none."""

    page: int
    pages: int
    text: str
    first: str
    previous: str
    next: str
    last: str
    whole: str = ""  # all the rows on one page


@dataclass(frozen=True)
class Table:
    """Everything that `web/parts/table.html` shows."""

    id: str
    title: str
    caption: str
    said: str  # what a screen reader hears when the table has changed
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    totals: tuple[tuple[Cell, ...], ...]
    pager: Pager
    count: int  # rows asked for
    all: int  # rows of the report
    count_text: str
    all_text: str
    is_selectable: bool
    q: str
    q_name: str
    kept: tuple[tuple[str, str], ...]  # parameters that the filter form sends along
    choices: tuple[Choice, ...]
    chips: tuple[tuple[str, str], ...]  # what is filtered, and the link that stops it
    clear: str
    csv: str
    xlsx: str

    @property
    def is_filtered(self) -> bool:
        """Whether some rows are left out."""
        return bool(self.chips)

    @property
    def hints(self) -> list[tuple[str, str]]:
        """What the columns hold, for those that say it."""
        return [(head.label, head.hint) for head in self.headings if head.hint]
