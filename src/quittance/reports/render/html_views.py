"""What the page shows, as plain words: sections, cards, tables and problems, without any tag."""

import re
from dataclasses import dataclass

from quittance.core.phrase import Language, Phrase
from quittance.reports.render import words
from quittance.reports.render.chart_svg import chart_svg
from quittance.reports.render.formats import (
    NUMERIC,
    clean,
    counted,
    figure_text,
    number_text,
)
from quittance.reports.render.problem_texts import problem_counts, problem_texts, problems_of
from quittance.reports.render.tables import Table, complete, headings, table_of
from quittance.reports.report import Chart, Figure, Report

ROWS_SHOWN, ROWS_AT_FIRST = 200, 25
PROBLEMS_SHOWN, PROBLEMS_AT_FIRST = 200, 20
TEXT_LONG = 14  # characters; a longer text may be broken into lines
VALUE_LONG = 15
CHART_SIZES = (("s", 340, 300), ("m", 640, 320), ("l", 1080, 360))
XMLNS = ' xmlns="http://www.w3.org/2000/svg"'
Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Card:
    """One key figure."""

    label: str
    value: str
    look: str  # classes: none, neg, long
    formula: str
    comment: str


@dataclass(frozen=True)
class TableView:
    """One table; `first` and `rest` are the rows shown at once and on demand."""

    title: str
    label: str
    caption: str
    headings: list[str]
    looks: list[str]  # a class a column: n number, t long text, nothing for a short one
    first: list[Row]
    rest: list[Row]
    totals: list[Row]
    count: int
    more: str
    left_out: str
    hints: list[tuple[str, str]]


@dataclass(frozen=True)
class Section:
    """A report or one of its parts, with the level of its heading."""

    anchor: str
    level: int
    title: str
    explanation: str
    cards: list[Card]
    chart_title: str
    charts: list[str]  # the same chart for a small, a middle and a large width
    table: TableView | None
    notes: list[str]


@dataclass(frozen=True)
class ProblemView:
    """One problem."""

    severity: str
    word: str
    place: str
    found: str
    rule: str
    remedy: str


@dataclass(frozen=True)
class ProblemsView:
    """The problems shown at once and on demand, and how many there are in all."""

    all: int
    counts: str
    first: list[ProblemView]
    rest: list[ProblemView]
    more: str
    left_out: str


def sections(report: Report, lang: Language, *, level: int = 1, anchor: str = "r") -> list[Section]:
    """The report and its parts in reading order, each with an anchor of its own."""
    found = [_section(report, lang, level=level, anchor=anchor)]
    for number, part in enumerate(report.parts, start=1):
        name = f"{anchor}-{number}-{re.sub('[^a-z0-9]+', '-', part.name.lower()).strip('-')}"
        found += sections(part, lang, level=min(level + 1, 5), anchor=name)
    return found


def problems_view(report: Report, lang: Language) -> ProblemsView:
    """The problems of the report and its parts, errors first."""
    problems = problems_of(report).sort("severity", maintain_order=True)
    texts = problem_texts(problems.head(PROBLEMS_SHOWN), lang)
    shown = [_problem(row, lang) for row in texts.iter_rows(named=True)]
    rest, left = shown[PROBLEMS_AT_FIRST:], problems.height - len(shown)
    more = words.SHOW_MORE_PROBLEMS.filled(count=len(rest)).text(lang)
    beyond = words.MORE_PROBLEMS.filled(count=number_text(left, lang=lang)).text(lang)
    return ProblemsView(
        all=problems.height,
        counts=problem_counts(problems, lang),
        first=shown[:PROBLEMS_AT_FIRST],
        rest=rest,
        more=more,
        left_out=beyond if left else "",
    )


def _section(report: Report, lang: Language, *, level: int, anchor: str) -> Section:
    return Section(
        anchor=anchor,
        level=level,
        title=clean(report.title.text(lang)),
        explanation=_text(report.explanation, lang),
        cards=[_card(figure, lang) for figure in report.figures],
        chart_title=_text(report.chart.title if report.chart else None, lang),
        charts=charts(report.chart, lang) if report.chart else [],
        table=_table(report, lang),
        notes=[clean(note.text(lang)) for note in report.notes],
    )


def _text(phrase: Phrase | None, lang: Language) -> str:
    return clean(phrase.text(lang)) if phrase else ""


def _card(figure: Figure, lang: Language) -> Card:
    value = figure_text(figure, lang)
    looks = {
        "none": figure.value is None,
        "neg": figure.kind in NUMERIC and value.startswith("-"),
        "long": len(value) > VALUE_LONG,
    }
    return Card(
        label=_text(figure.label, lang),
        value=value,
        look=" ".join(name for name, holds in looks.items() if holds),
        formula=_text(figure.formula, lang),
        comment=_text(figure.comment, lang),
    )


def charts(chart: Chart, lang: Language) -> list[str]:
    """The chart for each width of page; the style sheet shows one of them."""
    found = []
    for size, width, height in CHART_SIZES:
        svg = chart_svg(chart, lang, width=width, height=height)
        found.append(svg.replace(XMLNS, "").replace('class="chart"', f'class="chart chart-{size}"'))
    return found


def _table(report: Report, lang: Language) -> TableView | None:
    table = table_of(complete(report), lang, limit=ROWS_SHOWN)
    if table is None:
        return None
    rows = table.rows.rows()
    first = rows if len(rows) <= ROWS_AT_FIRST + 5 else rows[:ROWS_AT_FIRST]
    rest = rows[len(first) :]
    title = clean(report.title.text(lang))
    return TableView(
        title=title,
        label=words.TABLE_OF.filled(title=title).text(lang),
        caption=_caption(table, lang),
        headings=headings(table.columns, lang),
        looks=[_look(table, place) for place in range(len(table.columns))],
        first=first,
        rest=rest,
        totals=table.totals.rows(),
        count=table.row_count,
        more=words.SHOW_MORE_ROWS.filled(count=len(rest)).text(lang),
        left_out=_left_out(table, lang),
        hints=[(_text(c.label, lang), _text(c.hint, lang)) for c in table.columns if c.hint],
    )


def _look(table: Table, place: int) -> str:
    column = table.columns[place]
    if column.kind in NUMERIC or column.kind == "date":
        return "n"
    longest = table.rows.to_series(place).str.len_chars().fill_null(0).to_list()
    return "t" if max(longest, default=0) > TEXT_LONG else ""


def _caption(table: Table, lang: Language) -> str:
    parts = [counted(table.row_count, lang, one=words.ONE_ROW, many=words.ROWS)]
    if table.currency and any(column.kind == "money" for column in table.columns):
        parts.append(words.AMOUNTS_IN.filled(currency=table.currency).text(lang))
    return " · ".join(parts)


def _left_out(table: Table, lang: Language) -> str:
    if table.row_count <= table.rows.height:
        return ""
    shown = number_text(table.rows.height, lang=lang)
    count = number_text(table.row_count, lang=lang)
    return words.ROWS_LEFT_OUT.filled(shown=shown, count=count).text(lang)


def _problem(row: dict[str, object], lang: Language) -> ProblemView:
    word = words.SEVERITY_ERROR if row["severity"] == "error" else words.SEVERITY_WARNING
    place = f"{row['file']}:{row['line']}" if row["line"] is not None else str(row["file"])
    found, rule, remedy = (clean(str(row[name])) for name in ("found", "rule", "remedy"))
    return ProblemView(
        str(row["severity"]),
        word.text(lang),
        place=clean(place),
        found=found,
        rule=rule,
        remedy=remedy,
    )
