"""Where a report goes: the terminal, standard output, or a file written whole or not at all."""

import os
import sys
import tempfile
from pathlib import Path

import polars as pl
import typer

from quittance.cli.options import EXIT_FINE, EXIT_PROBLEMS, EXIT_UNUSABLE, Format, Lang
from quittance.core.phrase import Phrase
from quittance.core.problems import has_errors, sentences
from quittance.reports.report import Report

MOST_TOLD = 10
MORE_PROBLEMS = Phrase(
    "… et {count} de plus : quittance problems", "… and {count} more: quittance problems"
)
WRONG_NAME = Phrase(
    "{path} : le nom doit dire le format : .html, .xlsx, .csv, .json ou .txt, comme --format.",
    "{path}: the name must say the format: .html, .xlsx, .csv, .json or .txt, as --format.",
)
UNWRITABLE = Phrase(
    "{path} : écriture impossible ({cause}).", "{path}: cannot be written ({cause})."
)
BY_SUFFIX = {
    ".json": Format.json,
    ".csv": Format.csv,
    ".xlsx": Format.xlsx,
    ".html": Format.html,
    ".htm": Format.html,
    ".txt": Format.table,
}


def emit(report: Report, form: Format | None, *, path: Path | None, lang: Lang) -> None:
    """Render a report and end the command with the exit code of what was met."""
    chosen = format_of(form, path, lang=lang)
    if chosen == Format.table and path is None:
        from quittance.reports.render.terminal import print_report

        print_report(report, lang.value)
    else:
        deliver(rendered(report, chosen, lang=lang), path, lang=lang)
    if chosen != Format.table and report.problems.height:
        typer.echo(told(report.problems, lang), err=True)
    raise typer.Exit(EXIT_PROBLEMS if has_errors(report.problems) else EXIT_FINE)


def format_of(form: Format | None, path: Path | None, *, lang: Lang) -> Format:
    """The format asked for, or the one that the file's name says; they must not contradict.

    `.txt` is the terminal's table.
    """
    if path is None:
        return form or Format.table
    named = BY_SUFFIX.get(path.suffix.lower())
    is_same = form in (None, named) or (form == Format.csv_fr and named == Format.csv)
    if named is None or not is_same:
        typer.echo(WRONG_NAME.filled(path=path.name).text(lang.value), err=True)
        raise typer.Exit(EXIT_UNUSABLE)
    return form or named


def told(problems: pl.DataFrame, lang: Lang) -> str:
    """The problems as lines of text, errors first; past the tenth, only how many more."""
    ordered = problems.sort(pl.col("severity") != "error", maintain_order=True)
    lines = sentences(ordered.head(MOST_TOLD), lang.value)
    if problems.height > MOST_TOLD:
        lines.append(MORE_PROBLEMS.filled(count=problems.height - MOST_TOLD).text(lang.value))
    return "\n".join(lines)


def rendered(report: Report, form: Format, *, lang: Lang) -> bytes:
    """The bytes of a report in one format; each renderer is loaded only when it is asked for."""
    if form == Format.json:
        from quittance.reports.render.json import to_json

        return to_json(report, lang.value).encode()
    if form in (Format.csv, Format.csv_fr):
        from quittance.reports.render.csv import to_csv

        french = form == Format.csv_fr
        return to_csv(report, lang.value, dialect="excel-fr" if french else "standard").encode()
    if form == Format.xlsx:
        from quittance.reports.render.xlsx import to_xlsx

        return to_xlsx(report, lang.value)
    if form == Format.html:
        from quittance.reports.render.html import to_html

        return to_html(report, lang.value).encode()
    return plain_table(report, lang)


def plain_table(report: Report, lang: Lang) -> bytes:
    """The terminal's table as plain text, for a file."""
    import io

    from quittance.reports.render.terminal import print_report

    text = io.StringIO()
    print_report(report, lang.value, width=160, file=text)
    return text.getvalue().encode()


def deliver(content: bytes, path: Path | None, *, lang: Lang) -> None:
    """Write to standard output, or to a file that appears only when it is complete."""
    if path is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(content, path)
    except OSError as fault:
        typer.echo(UNWRITABLE.filled(path=path, cause=fault.strerror).text(lang.value), err=True)
        raise typer.Exit(EXIT_UNUSABLE) from None
    typer.echo(f"→ {path}", err=True)


def write_whole(content: bytes, path: Path) -> None:
    """Write beside the file, then put it in its place in one step; nothing is left on a failure."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
