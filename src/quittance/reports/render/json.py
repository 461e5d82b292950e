"""A report as JSON: a stable contract for programs; names never change, words follow the language.

Amounts are whole minor units under names that end in `_minor`, dates are ISO 8601, percentages are
numbers (12.15 means 12.15 %). Rows go straight from columns to text, without a Python object each.
"""

import json
import math
from datetime import date

import polars as pl

from quittance.core.phrase import Language
from quittance.reports.render.problem_texts import problem_texts, problems_of
from quittance.reports.render.tables import complete, only_currency
from quittance.reports.report import Column, Figure, Report

RESERVED = {
    *("report", "title", "explanation", "as_of", "currency"),
    *("figures", "totals", "notes", "problems", "parts"),
}


def to_json(report: Report, lang: Language) -> str:
    """The whole report as one JSON text."""
    problems = problem_texts(problems_of(report), lang)
    return _report_json(report, lang, problems=problems) + "\n"


def _report_json(report: Report, lang: Language, *, problems: pl.DataFrame | None = None) -> str:
    """One report as an object; problems are told once, at the top."""
    full = complete(report)
    fields = {
        "report": _json(report.name),
        "title": _json(report.title.text(lang)),
        "explanation": _json(report.explanation.text(lang) if report.explanation else None),
        "as_of": _json(report.as_of.isoformat()),
        "currency": _json(only_currency(full)),
    }
    fields |= {figure.name: _json(_plain(figure.value)) for figure in _flat_figures(report)}
    fields["figures"] = _list_json([_json(_figure(f, lang)) for f in report.figures])
    fields[report.rows_key] = _rows_json(_named(full.rows, full.columns, lang=lang))
    fields["totals"] = _rows_json(_named(full.totals, _summed(report, full), lang=lang))
    fields["notes"] = _json([note.text(lang) for note in report.notes])
    if problems is not None:
        fields["problems"] = _rows_json(problems)
    fields["parts"] = _list_json([_report_json(part, lang) for part in report.parts])
    return _keyed_json(fields)


def _summed(report: Report, full: Report) -> tuple[Column, ...]:
    """The columns that the report's totals have, and their currency."""
    kept = {*report.totals.columns, "currency"}
    return tuple(c for c in full.columns if c.name in kept or f"{c.name}_fr" in kept)


def _flat_figures(report: Report) -> tuple[Figure, ...]:
    """The figures, refused when one of them would hide another key."""
    names = [figure.name for figure in report.figures]
    taken = RESERVED | {report.rows_key}
    wrong = [name for name in names if name in taken or names.count(name) > 1]
    if wrong or report.rows_key in RESERVED:
        raise ValueError(f"report {report.name}: these names are taken in JSON: {wrong}")
    return report.figures


def _figure(figure: Figure, lang: Language) -> dict[str, object]:
    return {
        "name": figure.name,
        "label": figure.label.text(lang),
        "value": _plain(figure.value),
        "kind": figure.kind,
        "currency": figure.currency,
        "formula": figure.formula.text(lang),
        "comment": figure.comment.text(lang) if figure.comment else None,
    }


def _plain(value: float | str | date | None) -> float | str | None:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _named(frame: pl.DataFrame, columns: tuple[Column, ...], *, lang: Language) -> pl.DataFrame:
    """The declared columns under their names; a phrase in one language only."""
    names = {c.name: f"{c.name}_{lang}" if c.kind == "phrase" else c.name for c in columns}
    return frame.select(pl.col(source).alias(name) for name, source in names.items())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _rows_json(frame: pl.DataFrame) -> str:
    """The rows of a frame as a JSON list of objects, one row a line."""
    if not frame.height or not frame.width:
        return "[]"
    return "[\n" + frame.write_ndjson().rstrip("\n").replace("\n", ",\n") + "\n]"


def _list_json(texts: list[str]) -> str:
    return "[\n" + ",\n".join(texts) + "\n]" if texts else "[]"


def _keyed_json(fields: dict[str, str]) -> str:
    return "{\n" + ",\n".join(f"{_json(name)}: {text}" for name, text in fields.items()) + "\n}"
