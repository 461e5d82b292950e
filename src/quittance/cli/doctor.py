"""`quittance doctor`: what is wrong with this installation, and how to mend it."""

import os
from typing import TYPE_CHECKING

import typer

from quittance.cli import options as opt
from quittance.core.phrase import Phrase

if TYPE_CHECKING:
    from datetime import datetime

    from quittance.reports.report import Report
    from quittance.storage.finding import Finding

TITLE = Phrase("État de l'installation", "State of the installation")
MARKS = {"fine": "✓", "warning": "!", "error": "✗"}
SEVERITIES = {
    "fine": Phrase("✓ bien", "✓ fine"),
    "warning": Phrase("! à revoir", "! to mend"),
    "error": Phrase("✗ faux", "✗ wrong"),
}


def doctor(
    *,
    form: opt.OutFormat = None,
    output: opt.Output = None,
    lang: opt.Language = opt.Lang.fr,
) -> None:
    """Ce qui ne va pas dans cette installation, et le remède. / What is wrong, and the remedy."""
    from quittance import clock
    from quittance.cli.reports import answer
    from quittance.storage.doctor import examine, has_errors

    now = clock.now()
    findings = examine(os.environ, now=now)
    if output is None and form in (None, opt.Format.table):
        typer.echo("\n".join(line(one, lang) for one in findings))
        raise typer.Exit(int(has_errors(findings)))
    try:
        answer(lambda: report_of(findings, now), form, output=output, lang=lang)
    except typer.Exit as end:
        raise typer.Exit(end.exit_code or int(has_errors(findings))) from None


def line(one: "Finding", lang: opt.Lang) -> str:
    """A finding as a line of text, its remedy on the next."""
    told = f"{MARKS[one.severity]} {one.subject.text(lang.value)} : {one.found.text(lang.value)}"
    if lang == opt.Lang.en:
        told = told.replace(" : ", ": ", 1)
    return f"{told}\n  → {one.remedy.text(lang.value)}" if one.remedy else told


def report_of(findings: list["Finding"], now: "datetime") -> "Report":
    """The findings as a report, so that every format shows them."""
    import polars as pl

    from quittance.reports.report import Column, Report

    rows = [
        {
            "check": one.code,
            "state": one.severity,
            **both("subject", one.subject),
            **both("found", one.found),
            **both("remedy", one.remedy or Phrase("", "")),
        }
        for one in findings
    ]
    columns = (
        Column("check", Phrase("Code", "Code")),
        Column("state", Phrase("État", "State"), words=SEVERITIES),
        Column("subject", Phrase("Contrôle", "Check"), "phrase"),
        Column("found", Phrase("Constat", "Found"), "phrase", is_prose=True),
        Column("remedy", Phrase("Remède", "Remedy"), "phrase", is_prose=True),
    )
    frame = pl.DataFrame(rows, schema_overrides={"state": pl.String})
    return Report("doctor", TITLE, now.date(), columns, frame)


def both(name: str, phrase: Phrase) -> dict[str, str]:
    """A phrase as the two columns that reports keep it in."""
    return {f"{name}_fr": phrase.fr, f"{name}_en": phrase.en}
