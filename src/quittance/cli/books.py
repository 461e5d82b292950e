"""From the files named on the command line to one Book: read, settle, date, bind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from quittance.cli.files import SUFFIXES, names, read_all
from quittance.core import allocations as alloc
from quittance.core import terms as payment_terms
from quittance.core.book import Book
from quittance.core.ledger import Receivables, receivables
from quittance.core.listing import (
    CUSTOMER_ROWS,
    INVOICE_ROWS,
    PAYMENT_ROWS,
    kind_of,
    receivables_of_lists,
)
from quittance.core.phrase import Phrase
from quittance.core.problems import Rule, UnusableInput, problem
from quittance.core.schema import ENTRIES, Schema, empty, shaped
from quittance.law.tables import load_law
from quittance.readers.reader import Reading

DEFAULT_TERMS = "30"  # C. com. L441-10 I: thirty days where nothing is agreed

TWO_SOURCES = Rule(
    "file-two-sources",
    "error",
    ("ledger", "lists"),
    Phrase(
        "FEC ({ledger}) et liste de factures ou de règlements ({lists}) ensemble.",
        "a FEC ({ledger}) and a list of invoices or payments ({lists}) together.",
    ),
    Phrase(
        "Les mêmes mouvements seraient comptés deux fois.",
        "The same movements would be counted twice.",
    ),
    Phrase("Donnez l'un ou l'autre.", "Give one or the other."),
)
NOTHING = Rule(
    "file-no-receivable",
    "error",
    (),
    Phrase("aucun mouvement sur un compte client.", "no movement on any customer's account."),
    Phrase("Les créances sont aux comptes 411, 413, 416 et 4191, ou dans une liste de factures.",
           "Receivables are on accounts 411, 413, 416 and 4191, or in a list of invoices."),
    Phrase("Vérifiez que l'export est complet.", "Check that the export is complete."),
)  # fmt: skip
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
ASSUMED_TERMS = Phrase(
    "{count} échéance(s) absente(s) des fichiers (un FEC n'en a pas) : calculées avec {how}.",
    "{count} due date(s) absent from the files (a FEC has none): computed with {how}.",
)
BY_DEFAULT = Phrase("« {terms} »{law}", "'{terms}'{law}")
BY_CUSTOMER = Phrase(
    "les conditions propres à {count} client(s)", "the terms of {count} customer(s)"
)
BOTH_WAYS = Phrase("{own}, et {default} pour les autres", "{own}, and {default} for the others")
LEGAL_DEFAULT = Phrase(
    " (délai légal à défaut d'accord, C. com. L441-10 I ; --terms pour le vôtre)",
    " (the law's default, C. com. L441-10 I; --terms for yours)",
)
SETTLED_FIFO = Phrase(
    "{count} lettrage(s) supposé(s), du plus ancien au plus récent (--allocate fifo) : {share} % "
    "des règlements et avoirs.",
    "{count} allocation(s) assumed, oldest first (--allocate fifo): {share} % of payments and "
    "credit notes.",
)
NOT_MATCHED = Phrase(
    "Aucun lettrage utilisable dans les fichiers : les règlements restent non affectés. "
    "--allocate fifo les impute du plus ancien au plus récent.",
    "No usable matching code in the files: payments stay unallocated. "
    "--allocate fifo settles oldest first.",
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
    found = gathered(readings, settings)
    problems = pl.concat([met, unread, found.problems])
    if found.items.is_empty():
        where = ", ".join(path.name for path in paths)
        raise UnusableInput(pl.concat([problem(NOTHING, file=where), problems]))
    customers = with_customer_lists(found.customers, [*readings, *told])
    items, allocations = found.items, found.allocations
    dated = payment_terms.with_due_dates(items, customers, default=default or DEFAULT_TERMS)
    notes = [*found.notes, *terms_notes(items, customers, default=default)]
    if settings.allocate == "fifo":
        allocations, note = settled_oldest_first(dated, allocations)
        notes.append(note)
    elif allocations.is_empty() and (dated["amount_minor"] < 0).any():
        notes.append(NOT_MATCHED)
    dated, allocations = payment_terms.split_into_instalments(
        dated, allocations, customers=customers, default=default or DEFAULT_TERMS
    )
    book = Book(customers, dated, allocations, load_law(), found.ledger, notes=tuple(notes))
    return Loaded(book, problems)


def default_terms(given: Sequence[str]) -> tuple[str, list[Path]]:
    """The terms of everybody, and the lists of terms by customer, of `--terms` options."""
    lists = [Path(text) for text in given if Path(text).suffix.lower() in SUFFIXES]
    texts = [text for text in given if Path(text).suffix.lower() not in SUFFIXES]
    for text in texts:
        payment_terms.parsed(text)
    return (texts[-1] if texts else ""), lists


def gathered(readings: list[Reading], settings: Settings) -> Receivables:
    """The receivables of all files together; entries and lists of invoices never mix."""
    entries = of_kind(readings, "entries")
    invoices, payments = of_kind(readings, "invoices"), of_kind(readings, "payments")
    if entries and (invoices or payments):
        facts = (names(entries), names([*invoices, *payments]))
        raise UnusableInput(problem(TWO_SOURCES, *facts))
    if entries:
        return receivables(rows_of(entries, ENTRIES), settings.currency)
    return receivables_of_lists(
        rows_of(invoices, INVOICE_ROWS),
        rows_of(payments, PAYMENT_ROWS),
        customers=rows_of(of_kind(readings, "customers"), CUSTOMER_ROWS),
    )


def of_kind(readings: list[Reading], kind: str) -> list[Reading]:
    """The readings whose rows are of one kind."""
    return [reading for reading in readings if reading.kind == kind]


def rows_of(readings: list[Reading], schema: Schema) -> pl.DataFrame:
    """The rows of some readings together."""
    frames = [shaped(reading.rows, schema) for reading in readings]
    return pl.concat(frames) if frames else empty(schema)


def with_customer_lists(customers: pl.DataFrame, readings: list[Reading]) -> pl.DataFrame:
    """Customers with the terms and kinds that lists of customers state; the last list decides."""
    lists = rows_of(of_kind(readings, "customers"), CUSTOMER_ROWS)
    if lists.is_empty():
        return customers
    told = lists.select(
        customer=pl.coalesce("customer", "key"),
        own_terms="terms",
        own_kind=pl.when(pl.col("customer_kind").is_not_null()).then(
            kind_of(pl.col("customer_kind"))
        ),
    ).unique("customer", keep="last")
    joined = customers.join(told, on="customer", how="left", maintain_order="left")
    return joined.with_columns(
        terms=pl.coalesce("own_terms", "terms"), kind=pl.coalesce("own_kind", "kind")
    ).select(customers.columns)


def terms_notes(items: pl.DataFrame, customers: pl.DataFrame, *, default: str) -> list[Phrase]:
    """What the report says of due dates that were computed: how many, and with which terms."""
    computed = items.filter(pl.col("due_date").is_null(), pl.col("amount_minor") > 0)
    if computed.is_empty():
        return []
    stated = computed.join(customers.select("customer", "terms"), on="customer", how="left")
    has_own = pl.col("terms").fill_null("") != ""
    own = BY_CUSTOMER.filled(count=stated.filter(has_own)["customer"].n_unique())
    law = Phrase("", "") if default else LEGAL_DEFAULT
    usual = BY_DEFAULT.filled(terms=default or DEFAULT_TERMS, law=law)
    ways = {(True,): own, (False,): usual}
    found = set(stated.select(has_own).unique().iter_rows())
    how = ways[found.pop()] if len(found) == 1 else BOTH_WAYS.filled(own=own, default=usual)
    return [ASSUMED_TERMS.filled(count=computed.height, how=how)]


def settled_oldest_first(
    items: pl.DataFrame, allocations: pl.DataFrame
) -> tuple[pl.DataFrame, Phrase]:
    """What the books leave unmatched settled oldest first, customer by customer, and a note.

    An advance is for an order not yet invoiced, a doubtful claim is apart: neither is touched.
    """
    sound = items.filter(~pl.col("kind").is_in(["advance", "doubtful"]))
    left = alloc.residuals(sound, allocations).filter(pl.col("open_minor") != 0)
    group = pl.struct("customer", "currency").hash(0).reinterpret(signed=True)
    members = left.select(
        "item", "date", group=group, amount_minor="open_minor", recorded_date=pl.lit(None)
    )
    assumed = alloc.oldest_first(shaped(members, alloc.MEMBERS))
    credits_ = int(-items.filter(pl.col("amount_minor") < 0)["amount_minor"].sum())
    share = round(int(assumed["amount_minor"].sum()) * 100 / credits_) if credits_ else 0
    note = SETTLED_FIFO.filled(count=assumed.height, share=share)
    return pl.concat([allocations, assumed]), note
