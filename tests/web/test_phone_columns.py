"""The columns that step aside on a telephone."""

from datetime import date

import polars as pl
from django.http import QueryDict

from quittance.reports import columns
from quittance.reports.report import Report
from quittance.web.phone_columns import stepping_aside
from quittance.web.tables import table_of

ROWS = pl.DataFrame(
    {
        "document": ["F1", "F2"],
        "name": ["Alpha", None],
        "due_date": [date(2026, 3, 1), date(2026, 4, 1)],
        "currency": ["EUR", "EUR"],
        "open_minor": [100, 200],
        "customer": ["C1", "C2"],
    }
)
COLUMNS = (columns.DOCUMENT, columns.NAME, columns.DUE_DATE, columns.OPEN, columns.CUSTOMER)
REPORT = Report("sample", columns.NAME.label, date(2026, 5, 1), COLUMNS, ROWS,
                columns.totals(ROWS, "open_minor"))  # fmt: skip


def test_texts_and_dates_before_the_first_figure_step_aside() -> None:
    assert stepping_aside(COLUMNS) == {"name", "due_date"}
    assert stepping_aside((columns.DOCUMENT, columns.OPEN, columns.NAME)) == set()
    assert stepping_aside((columns.DOCUMENT, columns.NAME)) == set()
    assert stepping_aside(()) == set()


def test_what_steps_aside_is_said_under_the_first_cell() -> None:
    table = table_of(REPORT, QueryDict(), lang="fr")
    assert ["aside" in one.look.split() for one in table.headings] == [False, True, True, False,
                                                                       False]  # fmt: skip
    for row in (*(one.cells for one in table.rows), *table.totals):
        assert ["aside" in cell.look.split() for cell in row] == [False, True, True, False, False]
    assert [row.under for row in table.rows] == ["Alpha · 01/03/2026", "01/04/2026"]


def test_a_table_without_such_columns_stays_as_it_is() -> None:
    report = Report("sample", columns.NAME.label, date(2026, 5, 1),
                    (columns.DOCUMENT, columns.CURRENCY), ROWS)  # fmt: skip
    table = table_of(report, QueryDict(), lang="fr")
    assert all(not row.under for row in table.rows)
