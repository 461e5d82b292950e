"""The commands that read books and print one report of them."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn

import polars as pl
import typer

from quittance.cli.books import Loaded, Settings, load
from quittance.cli.options import EXIT_UNUSABLE, BooksRequest, Format, Lang
from quittance.cli.output import emit, told
from quittance.core.book import Book, books_date, known_on, of_customers
from quittance.core.calendar import span
from quittance.core.exchange_rates import ExchangeRateRefusal
from quittance.core.legal_values import MissingLegalValue
from quittance.core.phrase import Phrase, day_words
from quittance.core.problems import UnusableInput
from quittance.core.terms import UnreadableTerms
from quittance.reports.report import Report

UNKNOWN_CUSTOMER = Phrase(
    "client inconnu : {codes}. --customer prend les codes des livres, que montre quittance aging.",
    "unknown customer: {codes}. --customer takes the codes of the books, as quittance aging shows.",
)
KNOWN_ON = Phrase(
    "Tel qu'on le savait au {day} : ce qui a été enregistré après n'y est pas.",
    "As it was known on {day}: what was recorded later is not there.",
)
BEFORE_BOOKS = Phrase(
    "La date est avant le premier mouvement des livres ({day}) : ils n'en disent rien.",
    "The day is before the first movement of the books ({day}): they say nothing of it.",
)
Build = Callable[[Book, date, pl.DataFrame], Report]


def run(request: BooksRequest, build: Build) -> None:
    """Read the books, build the report, render it."""

    def built() -> Report:
        with working(request):
            loaded = load(request.paths, settings_of(request))
            book, as_of = bound(loaded, request)
            return build(book, as_of, loaded.problems)

    answer(built, request.form, output=request.output, lang=request.lang)


def answer(
    built: Callable[[], Report], form: Format | None, *, output: Path | None, lang: Lang
) -> None:
    """Render a report; every refusal is one sentence on standard error, and exit code 2."""
    try:
        report = built()
    except UnusableInput as refusal:
        refuse(told(refusal.problems, lang))
    except (UnreadableTerms, MissingLegalValue, ExchangeRateRefusal) as refusal:
        refuse(refusal.phrase.text(lang.value))
    emit(report, form, path=output, lang=lang)


def settings_of(request: BooksRequest) -> Settings:
    """How the files are to be read."""
    return Settings(
        terms=tuple(request.terms),
        allocate=request.allocate.value,
        declared=request.declared,
    )


def refuse(text: str) -> NoReturn:
    """Say why nothing was done, and end with the exit code of unusable input."""
    typer.echo(text, err=True)
    raise typer.Exit(EXIT_UNUSABLE)


def bound(loaded: Loaded, request: BooksRequest) -> tuple[Book, date]:
    """The book as known and of the customers asked for, and the day of the report."""
    book = known_on(loaded.book, request.known_on) if request.known_on else loaded.book
    as_of = request.as_of or books_date(book) or request.known_on
    if as_of is None:
        raise typer.BadParameter("--as-of")
    if request.customers:
        known = set(book.customers["customer"])
        absent = [code for code in request.customers if code not in known]
        if absent:
            refuse(UNKNOWN_CUSTOMER.filled(codes=", ".join(absent)).text(request.lang.value))
        book = of_customers(book, request.customers)
    return replace(book, notes=(*book.notes, *dated_notes(book, as_of, request=request))), as_of


def dated_notes(book: Book, as_of: date, *, request: BooksRequest) -> list[Phrase]:
    """What the asked days mean for the report: known earlier, or before the books begin."""
    days = span(book.items["date"])
    notes = []
    if request.known_on:
        notes.append(KNOWN_ON.filled(day=day_words(request.known_on)))
    if days and as_of < days[0]:
        notes.append(BEFORE_BOOKS.filled(day=day_words(days[0])))
    return notes


def working(request: BooksRequest) -> AbstractContextManager[object]:
    """A sign of life on the terminal while large files are read."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    names = ", ".join(path.name for path in request.paths[:3])
    return Console(stderr=True).status(f"{names}…")
