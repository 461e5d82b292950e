"""YAML files of law: their rows, each complete once the file's `defaults` are merged into it.

The plain values keep their line, so that every refusal names the file, the line and the row. A
number with decimals must be in quotes: no float carries a rate.
"""

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

import yaml

from quittance.law.shapes import OPTIONAL, Shape

Row = dict[str, Any]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the fast one where it was built
LINE = "(line)"  # where the line of a mapping is kept; no field can be called that


class LawFileError(ValueError):
    """A file of legal values is not as its shape says; one line per row at fault."""


def text_of(file: str) -> str:
    """The text of a file of this package, by its path from the folder `law`."""
    return files("quittance.law").joinpath(file).read_text(encoding="utf-8")


def document_of(file: str, content: str | None = None) -> Row:
    """A file as plain values: texts, whole numbers, days, flags, lists and mappings.

    Raises LawFileError for what is not YAML, a field written twice, an impossible day, or a
    number with decimals that is not in quotes.
    """
    written = text_of(file) if content is None else content
    try:
        node = yaml.compose(written, Loader=LOADER)
    except yaml.YAMLError as error:
        raise LawFileError(f"law/{file}: {error}") from error
    if not isinstance(node, yaml.MappingNode):
        raise LawFileError(f"law/{file}: the file holds no fields")
    return mapping_of(node, file)


def rows_of(shape: Shape, content: str | None = None) -> list[Row]:
    """The rows of one list of one file, checked; `content` replaces the package's text.

    Raises LawFileError naming file, line and row for everything that is missing, unknown,
    unreadable, or out of order in time.
    """
    rows, problems = read_rows(shape, content)
    if problems:
        raise LawFileError("\n".join(problems))
    return rows


def head_day(file: str, name: str, *, content: str | None = None) -> date:
    """A day written at the head of a file; raises LawFileError where it is missing."""
    found = document_of(file, content).get(name)
    if not isinstance(found, date):
        raise LawFileError(f"law/{file}: '{name}' is missing or is not a day")
    return found


def read_rows(shape: Shape, content: str | None = None) -> tuple[list[Row], list[str]]:
    """The rows that can be read and one sentence for each fault of the others."""
    document = document_of(shape.file, content)
    defaults, listed = document.get("defaults", {}), document.get(shape.rows)
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        return [], [f"law/{shape.file}: '{shape.rows}' is missing or is not a list of rows"]
    if not isinstance(defaults, dict):
        return [], [f"law/{shape.file}: 'defaults' is not a list of fields"]
    rows, problems = [], []
    for raw in listed:
        row, faults = read_row(shape, raw, defaults=defaults)
        problems += [f"{place(shape, raw)}: {fault}" for fault in faults]
        rows += [] if faults else [row]
    return rows, problems or period_problems(shape, rows)


def read_row(shape: Shape, raw: Row, *, defaults: Row) -> tuple[Row, list[str]]:
    """One row, merged over the defaults, through its parsers; and what is wrong with it."""
    required = {**shape.common, **shape.fields}
    parsers = {**OPTIONAL, **shape.optional, **required}
    merged = {name: raw.get(name, defaults.get(name)) for name in parsers}
    faults = [f"the field '{name}' is missing" for name in required if merged[name] is None]
    faults += [f"the field '{name}' is unknown" for name in raw if name not in {*parsers, LINE}]
    row: Row = {LINE: raw[LINE], "valid_until": None}
    for name, parser in parsers.items():
        if merged[name] is None:
            continue
        try:
            row[name] = parser(merged[name])
        except ValueError as error:
            faults.append(f"{name}: {error}")
    return row, faults or consistency_faults(row)


def consistency_faults(row: Row) -> list[str]:
    """What the fields of a readable row say against one another."""
    faults = []
    if row["verified"] != (row["grade"] != "C"):
        faults.append("grade A or B is verified: true, grade C (own knowledge) verified: false")
    if row["valid_until"] is not None and row["valid_until"] <= row["valid_from"]:
        faults.append("valid_until is not after valid_from")
    return faults


def period_problems(shape: Shape, rows: list[Row]) -> list[str]:
    """The gaps and overlaps between the rows, oldest first, of each series of a shape."""
    if shape.one_series_per is None:
        return []
    problems = []
    last: dict[object, Row] = {}
    for row in rows:
        series = row.get(shape.one_series_per)
        fault = junction_fault(last.get(series), row)
        problems += [f"{place(shape, row)}: {fault}"] if fault else []
        last[series] = row
    return problems


def junction_fault(before: Row | None, after: Row) -> str:
    """What is wrong where one row ends and the next begins; empty when they meet."""
    if before is None or before["valid_until"] == after["valid_from"]:
        return ""
    start, end = after["valid_from"], before["valid_until"]
    if end is None or end > start:
        return f"it begins on {start}, when the row before it still holds (until {end})"
    return f"no row holds from {end} to {start}"


def place(shape: Shape, row: Mapping[str, object]) -> str:
    """File, line and name of a row, as every message begins."""
    return f"law/{shape.file}:{row[LINE]} (row {row.get(shape.named_by)})"


def mapping_of(node: yaml.MappingNode, file: str) -> Row:
    """A YAML mapping as a dictionary that knows its line; refuses a field written twice."""
    fields: Row = {LINE: node.start_mark.line + 1}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in fields:
            line = key_node.start_mark.line + 1
            raise LawFileError(f"law/{file}:{line}: the field '{key}' is written twice")
        fields[key] = plain(value_node, file)
    return fields


def plain(node: yaml.Node, file: str) -> object:
    """A YAML value as a plain one."""
    if isinstance(node, yaml.MappingNode):
        return mapping_of(node, file)
    if isinstance(node, yaml.SequenceNode):
        return [plain(each, file) for each in node.value]
    try:
        return scalar(node.tag.rpartition(":")[2], str(node.value))
    except ValueError as error:
        raise LawFileError(f"law/{file}:{node.start_mark.line + 1}: {error}") from error


def scalar(kind: str, written: str) -> object:
    """A single YAML value by its kind; only what has one exact reading is accepted."""
    if kind == "str":
        return written
    if kind == "null":
        return None
    if kind == "int":
        return int(written)
    if kind == "timestamp":
        return date.fromisoformat(written)
    if kind == "bool" and written in ("true", "false"):
        return written == "true"
    raise ValueError(f"write {written} in quotes")
