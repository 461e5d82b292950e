"""The page that a terminal shows: title, figures, table, bars and notes, then the problems."""

from dataclasses import dataclass
from typing import IO, Self

import polars as pl
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from quittance.core.phrase import Language
from quittance.core.problems import sentences
from quittance.reports.render import words
from quittance.reports.render.formats import clean, counted, date_text, figure_text, number_text
from quittance.reports.render.problem_texts import problem_counts, problems_of
from quittance.reports.render.tables import Table, complete, table_of
from quittance.reports.render.terminal_bars import bar_lines, can_be_drawn
from quittance.reports.render.terminal_table import grids
from quittance.reports.report import Figure, Report

PROBLEMS_SHOWN = 10
FIGURES_BESIDE = 70  # a narrower terminal has each formula under its figure


@dataclass(frozen=True)
class Page:
    """A terminal, the language of its reader and how many rows of a table it shows."""

    console: Console
    lang: Language
    rows: int

    @classmethod
    def on(cls, file: IO[str] | None, *, width: int | None, lang: Language, rows: int) -> Self:
        """A page on a file, or on the terminal itself."""
        console = Console(width=width, file=file, highlight=False, markup=False, emoji=False)
        return cls(console, lang, rows)

    def print(self, report: Report) -> None:
        """Print the report, its parts one after the other, then the problems of all."""
        self._one(report, first=True)
        problems = problems_of(report)
        if problems.height:
            self._problems(problems)

    def _one(self, report: Report, *, first: bool) -> None:
        self._title(report, first=first)
        if report.figures:
            self._figures(report.figures)
        if report.chart is not None and can_be_drawn(report.chart):
            self.console.print()
            for line in bar_lines(report.chart, self.lang, width=self.console.width):
                self.console.print(line)
        table = table_of(complete(report), self.lang, limit=self.rows)
        if table is not None:
            self._table(table)
        self._notes(report)
        for part in report.parts:
            self._one(part, first=False)

    def _title(self, report: Report, *, first: bool) -> None:
        title = clean(report.title.text(self.lang))
        if first:
            self.console.print(Text(title, style="bold"))
            day = date_text(report.as_of, self.lang)
            self._dim(words.POSITION_AT.filled(date=day).text(self.lang))
        else:
            self.console.print()
            self.console.rule(Text(title, style="bold"), align="left", style="dim")
        if report.explanation:
            self.console.print(Text(clean(report.explanation.text(self.lang))))

    def _figures(self, figures: tuple[Figure, ...]) -> None:
        """Label, value and formula on one line each, or the formula below on a narrow page."""
        beside = self.console.width >= FIGURES_BESIDE
        grid = Grid.grid(padding=(0, 3, 0, 0))
        grid.add_column(overflow="fold")
        grid.add_column(justify="right", no_wrap=True)
        if beside:
            grid.add_column(overflow="fold", ratio=1)
        for figure in figures:
            label, value = Text(clean(figure.label.text(self.lang))), self._value(figure)
            formula = Text(self._formula(figure), style="dim")
            grid.add_row(label, value, *([formula] if beside else []))
            if not beside:
                grid.add_row(formula)
        self.console.print()
        self.console.print(grid)

    def _value(self, figure: Figure) -> Text:
        text = figure_text(figure, self.lang)
        return Text(text, style="bold red" if text.startswith("-") else "bold")

    def _formula(self, figure: Figure) -> str:
        said = [figure.formula, *([figure.comment] if figure.comment else [])]
        return "\n".join(clean(phrase.text(self.lang)) for phrase in said)

    def _table(self, table: Table) -> None:
        self.console.print()
        if not table.row_count:
            self._dim(words.NO_ROW.text(self.lang))
            return
        for number, grid in enumerate(grids(table, self.lang, width=self.console.width)):
            if number:
                self.console.print()
                self._dim(words.CONTINUED.text(self.lang))
            self.console.print(grid)
        left_out = table.row_count - table.rows.height
        if left_out:
            one, many = words.ONE_MORE_ROW_TERMINAL, words.MORE_ROWS_TERMINAL
            self._dim(counted(left_out, self.lang, one=one, many=many))
        self._dim(self._caption(table))

    def _caption(self, table: Table) -> str:
        parts = [counted(table.row_count, self.lang, one=words.ONE_ROW, many=words.ROWS)]
        if table.currency and any(column.kind == "money" for column in table.columns):
            parts.append(words.AMOUNTS_IN.filled(currency=table.currency).text(self.lang))
        return " · ".join(parts)

    def _notes(self, report: Report) -> None:
        if not report.notes:
            return
        self.console.print()
        self.console.print(Text(words.NOTES.text(self.lang), style="bold"))
        self._list([clean(note.text(self.lang)) for note in report.notes])

    def _problems(self, problems: pl.DataFrame) -> None:
        self.console.print()
        counts = problem_counts(problems, self.lang)
        heading = words.PROBLEMS_COUNTED.filled(counts=counts)
        self.console.print(Text(heading.text(self.lang), style="bold yellow"))
        errors_first = problems.sort("severity", maintain_order=True)
        shown = sentences(errors_first.head(PROBLEMS_SHOWN), self.lang)
        self._list([clean(sentence) for sentence in shown])
        left_out = problems.height - len(shown)
        if left_out:
            count = number_text(left_out, lang=self.lang)
            self._dim(words.MORE_PROBLEMS.filled(count=count).text(self.lang))

    def _list(self, texts: list[str]) -> None:
        grid = Grid.grid(padding=(0, 1, 0, 0))
        grid.add_column()
        grid.add_column(overflow="fold", ratio=1)
        for text in texts:
            grid.add_row("•", Text(text))
        self.console.print(grid)

    def _dim(self, text: str) -> None:
        self.console.print(Text(text, style="dim"))
