"""From the files named on the command line to one Book: read, settle, date, bind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import polars as pl

from quittance.cli.files import SUFFIXES, names, read_all
from quittance.core import terms as payment_terms
from quittance.core.assembly import Assumptions, book_of
from quittance.core.book import Book
from quittance.core.phrase import Phrase
from quittance.core.problems import Rule, UnusableInput, problem
from quittance.core.sources import Given, Kind, gathered
from quittance.law.tables import load_law
from quittance.readers.reader import Reading

NOTHING = Rule(
    "file-no-receivable",
    "error",
    (),
    Phrase("aucun mouvement sur un compte client.", "no movement on any customer's account."),
    Phrase("Les créances sont aux comptes 411, 413, 416 et 4191, ou dans une liste de factures.",
           "Receivables are on accounts 411, 413, 416 and 4191, or in a list of invoices."),
    Phrase("Vérifiez que l'export est complet.", "Check that the export is complete."),
)  # fmt: skip
RATES_APART = Rule(
    "file-rates-apart",
    "warning",
    (),
    Phrase("des cours de change, laissés de côté ici.", "a file of exchange rates, left out here."),
    Phrase(
        "Les cours se donnent à --rates, avec --convert-to.",
        "Rates are given to --rates, with --convert-to.",
    ),
    Phrase("Rien à faire si vous ne convertissez pas.", "Nothing to do if you do not convert."),
)
NOT_TERMS = Rule(
    "file-not-terms",
    "error",
    (),
    Phrase("pas une liste de clients et de conditions.", "not a list of customers and terms."),
    Phrase(
        "--terms prend des conditions (30, 45 EOM) ou un CSV « client;conditions ».",
        "--terms takes terms (30, 45 EOM) or a CSV 'customer;terms'.",
    ),
    Phrase("Donnez-y une ligne par client.", "Give it one line for each customer."),
)


@dataclass(frozen=True)
class Settings:
    """What the command line says about the reading of books."""

    terms: tuple[str, ...] = ()
    allocate: str = "books"
    declared: dict[str, str] = field(default_factory=dict)
    currency: str = "EUR"


@dataclass(frozen=True)
class Loaded:
    """A book and what could not be read of its files."""

    book: Book
    problems: pl.DataFrame


def load(paths: Sequence[Path], settings: Settings) -> Loaded:
    """The book that the files make; raises UnusableInput when they make none.

    Raises `terms.UnreadableTerms` when a text of terms is none.
    """
    readings, met = read_all(paths, settings.declared)
    default, lists = default_terms(settings.terms)
    told, unread = read_all(lists, {})
    for reading in told:
        if reading.kind != "customers":
            raise UnusableInput(problem(NOT_TERMS, file=names([reading])))
    apart = [problem(RATES_APART, file=names([one])) for one in readings if is_rates(one)]
    movements = [one for one in readings if not is_rates(one)]
    found = gathered(given([*movements, *told]), settings.currency)
    problems = pl.concat([met, unread, *apart, found.problems])
    if found.items.is_empty():
        where = ", ".join(path.name for path in paths)
        raise UnusableInput(pl.concat([problem(NOTHING, file=where), problems]))
    book = book_of(
        found.customers,
        found.items,
        allocations=found.allocations,
        ledger=found.ledger,
        law=load_law(),
        assumed=Assumptions(default, settings.allocate == "fifo"),
        notes=found.notes,
    )
    return Loaded(book, problems)


def is_rates(reading: Reading) -> bool:
    """Whether a file holds exchange rates, which are no movement of any customer."""
    return reading.kind == "exchange_rates"


def given(readings: Sequence[Reading]) -> list[Given]:
    """Readings as files given together, in their order."""
    return [Given(one.facts["file"], cast(Kind, one.kind), one.rows) for one in readings]


def default_terms(given: Sequence[str]) -> tuple[str, list[Path]]:
    """The terms of everybody, and the lists of terms by customer, of `--terms` options."""
    lists = [Path(text) for text in given if Path(text).suffix.lower() in SUFFIXES]
    texts = [text for text in given if Path(text).suffix.lower() not in SUFFIXES]
    for text in texts:
        payment_terms.readable(text)
    return (texts[-1] if texts else ""), lists
