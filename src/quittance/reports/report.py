"""The one value that every report is, and that every door renders.

A report is rows under named columns, with totals per currency, key figures that carry their
formula, notes that state the assumptions, the problems met in the files, and at most one chart.
A report may hold other reports as `parts`: the whole picture is a report of reports.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import polars as pl

from quittance.core.phrase import Phrase
from quittance.core.problems import no_problems

Kind = Literal["text", "phrase", "date", "money", "days", "count", "percent", "number", "flag"]


@dataclass(frozen=True)
class Column:
    """One column: its machine name (a stable contract), its heading, and what it holds.

    Kinds: `text` String · `phrase` two columns `<name>_fr`, `<name>_en` in the rows, shown as one ·
    `date` Date · `money` Int64 minor units, the name ends in `_minor`, the currency is the row's
    `currency` column · `days` whole or Float64 days · `count` whole number · `percent` Float64,
    12.15 meaning 12.15 % · `number` Float64 without unit · `flag` Boolean. A text
    column of codes has `words`: a reader sees the words, JSON and standard CSV keep the codes.
    """

    name: str
    label: Phrase
    kind: Kind = "text"
    hint: Phrase | None = None  # a formula or an explanation, shown on demand
    words: Mapping[str, Phrase] | None = field(default=None, hash=False)  # what codes mean
    is_prose: bool = False  # a text to be read whole: it wraps where a name is shortened


@dataclass(frozen=True)
class Figure:
    """One key figure with the formula that gives it; `value` is None when it cannot be computed."""

    name: str
    label: Phrase
    value: int | float | str | date | None
    kind: Kind
    formula: Phrase
    currency: str | None = None  # for money
    comment: Phrase | None = None  # why it is None, or what to make of it


@dataclass(frozen=True)
class Series:
    """One line or one colour of bars of a chart; as many values as the chart has labels."""

    label: Phrase
    values: tuple[int | float | None, ...]


@dataclass(frozen=True)
class Chart:
    """A picture of the rows: `bars` (side by side), `stacked`, `lines`, or `pareto`.

    `pareto` draws the first series as bars and the second, a cumulative percentage, as a line.
    `unit` says what the values are: minor units of `currency`, days, percent or a count.
    """

    shape: Literal["bars", "stacked", "lines", "pareto"]
    title: Phrase
    labels: tuple[Phrase | date, ...]
    series: tuple[Series, ...]
    unit: Kind
    currency: str | None = None


@dataclass(frozen=True)
class Report:
    """A report, ready to be rendered as a table, JSON, CSV, XLSX or HTML."""

    name: str
    title: Phrase
    as_of: date
    columns: tuple[Column, ...] = ()
    rows: pl.DataFrame = field(default_factory=pl.DataFrame)
    totals: pl.DataFrame = field(default_factory=pl.DataFrame)  # one row per currency
    figures: tuple[Figure, ...] = ()
    notes: tuple[Phrase, ...] = ()
    problems: pl.DataFrame = field(default_factory=no_problems)
    chart: Chart | None = None
    parts: tuple["Report", ...] = ()
    rows_key: str = "rows"  # the name of the rows in JSON
    explanation: Phrase | None = None  # one sentence under the title
