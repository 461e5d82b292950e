"""The cell formats of a workbook, made once each and shared by its sheets."""

from dataclasses import dataclass, field

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from quittance.core.phrase import Language
from quittance.reports.report import Kind

DATE_FORMATS = {"fr": "dd/mm/yyyy", "en": "yyyy-mm-dd"}
HEADING_COLOUR = "#E6EEF0"
LINE_COLOUR = "#5B7A83"


@dataclass
class Styles:
    """Formats by what they show; the same request gives the same format."""

    book: Workbook
    lang: Language
    made: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def of(self, **properties: object) -> Format:
        """The format with these properties, made at the first request."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"valign": "top", **properties})
        return self.made[key]

    def heading(self, *, right: bool = False) -> Format:
        """A heading of a column."""
        return self.of(
            bold=True,
            text_wrap=True,
            bg_color=HEADING_COLOUR,
            bottom=1,
            bottom_color=LINE_COLOUR,
            align="right" if right else "left",
        )

    def cell(
        self, kind: Kind, *, digits: int = 2, whole: bool = False, total: bool = False
    ) -> Format:
        """A cell of a table, by kind, number of decimals, and whether it is in the totals."""
        pattern = number_pattern(kind, self.lang, digits=digits, whole=whole)
        properties: dict[str, object] = {"num_format": pattern} if pattern else {}
        if total:
            properties |= {"bold": True, "top": 1, "top_color": LINE_COLOUR}
        return self.of(**properties)


def number_pattern(kind: Kind, lang: Language, *, digits: int = 2, whole: bool = False) -> str:
    """The spreadsheet's own pattern for a kind of value; empty for texts."""
    if kind == "money":
        amount = "#,##0" + ("." + "0" * digits if digits else "")
        return f"{amount};[Red]-{amount}"
    if kind == "days":
        return "#,##0" if whole else "#,##0.0"
    return {"date": DATE_FORMATS[lang], "count": "#,##0", "percent": "0.00%", "number": "0.00"}.get(
        kind, ""
    )
