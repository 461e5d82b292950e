"""`--convert-to` and `--rates`: a report with its totals as one, at the rates of the files."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import typer

from quittance.cli import options as opt
from quittance.cli.files import RATES_SUFFIXES, names, read_all
from quittance.core.phrase import Phrase
from quittance.core.problems import Rule, UnusableInput, problem
from quittance.core.schema import EXCHANGE_RATES, shaped
from quittance.reports.converted import with_converted_total
from quittance.reports.report import Report

if TYPE_CHECKING:
    from quittance.cli.reports import Build

NOT_RATES = Rule(
    "file-not-rates",
    "error",
    (),
    Phrase("pas un fichier de cours de change.", "not a file of exchange rates."),
    Phrase(
        "--rates prend les fichiers de la BCE : eurofxref-hist.csv ou .zip, eurofxref-daily.xml.",
        "--rates takes the files of the ECB: eurofxref-hist.csv or .zip, eurofxref-daily.xml.",
    ),
    Phrase(
        "Téléchargez-le sur https://www.ecb.europa.eu/stats/eurofxref/.",
        "Download it from https://www.ecb.europa.eu/stats/eurofxref/.",
    ),
)


def converting(build: "Build", amount: str, *, to: str, paths: list[Path]) -> "Build":
    """A builder whose report also has the total of an amount in one currency, if one is asked for.

    The files of rates are read when the report is built; what they hold amiss joins its problems.
    """
    if bool(to) != bool(paths):
        raise typer.BadParameter("--convert-to et --rates vont ensemble / go together")
    if not to:
        return build
    code = opt.currency(to)

    return lambda book, as_of, problems: totalled(
        lambda met: build(book, as_of, pl.concat([problems, met])), amount, to=code, paths=paths
    )


def totalled(
    build: Callable[[pl.DataFrame], Report], amount: str, *, to: str, paths: list[Path]
) -> Report:
    """A report, built with the problems of the files of rates, and its converted total."""
    rates, met = published(paths)
    return with_converted_total(build(met), amount, to=to, rates=rates)


def published(paths: list[Path]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rates of some files together, and the problems; refuses any other kind of file."""
    readings, met = read_all(paths, {}, suffixes=RATES_SUFFIXES)
    if not readings:
        raise UnusableInput(problem(NOT_RATES, file=", ".join(map(str, paths))))
    for reading in readings:
        if reading.kind != "exchange_rates":
            raise UnusableInput(problem(NOT_RATES, file=names([reading])))
    return pl.concat(shaped(reading.rows, EXCHANGE_RATES) for reading in readings), met
