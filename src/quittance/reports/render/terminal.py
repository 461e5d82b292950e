"""A report in a terminal. Rich is loaded at the first page printed, so that JSON never waits."""

from typing import IO

from quittance.core.phrase import Language
from quittance.reports.report import Report

ROWS_SHOWN = 40


def print_report(
    report: Report,
    lang: Language,
    *,
    width: int | None = None,
    file: IO[str] | None = None,
    rows: int = ROWS_SHOWN,
) -> None:
    """Print a report and its parts, then the problems of all of them, for a person to read."""
    from quittance.reports.render.terminal_page import Page  # noqa: PLC0415  (loads rich)

    Page.on(file, width=width, lang=lang, rows=rows).print(report)
