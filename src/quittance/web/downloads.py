"""Any table as a file: the same CSV and workbook as the command line's, of the rows asked for."""

from dataclasses import replace
from typing import Literal

from django.http import HttpResponse, QueryDict
from django.utils.text import slugify

from quittance.core.phrase import Language
from quittance.reports.render.csv import to_csv
from quittance.reports.render.tables import complete
from quittance.reports.render.xlsx import to_xlsx
from quittance.reports.report import Report
from quittance.web.narrowing import narrowed

Form = Literal["csv", "xlsx"]
TYPES: dict[Form, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def form_asked(query: QueryDict, *, prefix: str = "") -> Form | None:
    """The file that the address asks for (`format=csv`), if it asks this table for one."""
    asked, table = query.get("format"), query.get("table", "")
    if table != prefix.strip("."):
        return None
    return next((form for form in TYPES if form == asked), None)


def download(
    report: Report, form: Form, *, lang: Language, company: str, query: QueryDict | None = None,
    prefix: str = "",
) -> HttpResponse:  # fmt: skip
    """The report as a file to keep, filtered and sorted as `query` asks; every page of it.

    CSV is for French Excel in French, RFC 4180 in English. No text cell can start a formula.
    """
    whole = complete(report)
    asked = whole if query is None else narrowed(whole, query, lang=lang, prefix=prefix)
    name = f"{slugify(company)}-{slugify(report.title.text(lang))}-{report.as_of}.{form}"
    return HttpResponse(
        content_of(asked, form, lang=lang),
        content_type=TYPES[form],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def content_of(report: Report, form: Form, *, lang: Language) -> bytes:
    """The bytes of a report in one form."""
    if form == "xlsx":
        return to_xlsx(report, lang)
    dialect: Literal["excel-fr", "standard"] = "excel-fr" if lang == "fr" else "standard"
    return to_csv(replace(report, parts=()), lang, dialect=dialect).encode()
