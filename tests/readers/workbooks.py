"""Workbooks as spreadsheet programs write them: real numbers, real dates."""

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter


def written(*sheets: Sequence[Sequence[object]]) -> bytes:
    """The bytes of a workbook with these sheets; dates are real ones, and so are numbers."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        form = book.add_format({"num_format": "dd/mm/yyyy"})
        for rows in sheets:
            sheet = book.add_worksheet()
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(place, column, cell, form)
                    elif isinstance(cell, str) and not cell.startswith("="):
                        sheet.write_string(place, column, cell)
                    else:
                        sheet.write(place, column, cell)
    return content.getvalue()
