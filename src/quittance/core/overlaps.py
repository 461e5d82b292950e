"""Files that overlap: what several of them hold counts once, what a file replaces counts no more.

People give a year again each month, corrected and longer. An accounting entry, or a line of a list,
is taken from one file only; within one file two equal payments stay two. See
docs/algorithms/ledger.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from quittance.core.natural_keys import entry_number
from quittance.core.phrase import Phrase
from quittance.core.problems import Rule, no_problems, problems_at
from quittance.core.schema import ENTRIES, FILES, Schema, checked, empty

NO_FILES = empty(FILES)
LINES: Schema = {
    "file": pl.String,
    "line": pl.Int64,
    "customer": pl.String,
    "document": pl.String,
    "base": pl.String,
    "natural_key": pl.String,
    "is_numbered": pl.Boolean,
}
NEWER_BY_CONTENT = ("newest", "size", "batch", "place")  # of two exports of a ledger
NEWER_BY_BATCH = ("batch", "newest", "size", "place")  # of two lists, which state what is paid
AGES = (("file", "age"), ("age", "batch"))
Version = Sequence[pl.Expr]  # what is told of one file's version of a fact

TWICE = Rule(
    "ledger-counted-once",
    "warning",
    ("count",),
    Phrase(
        "écritures déjà présentes dans un autre fichier : {count}.",
        "entries already present in another file: {count}.",
    ),
    Phrase(
        "Deux exports qui se recouvrent contiennent les mêmes écritures.",
        "Two exports that overlap hold the same entries.",
    ),
    Phrase("Elles sont comptées une fois.", "They are counted once."),
)
CONFLICT = Rule(
    "ledger-conflict",
    "error",
    ("journal", "entry", "date", "other"),
    Phrase(
        "journal {journal}, écriture {entry} du {date} : son contenu diffère dans {other}.",
        "journal {journal}, entry {entry} of {date}: its content differs in {other}.",
    ),
    Phrase(
        "Une même écriture ne peut pas avoir deux contenus.",
        "One entry cannot have two contents.",
    ),
    Phrase(
        "La version de l'export le plus récent est retenue ; vérifiez laquelle est juste.",
        "The version of the newer export is kept; check which one is right.",
    ),
)
LIST_TWICE = Rule(
    "list-counted-once",
    "warning",
    ("count",),
    Phrase(
        "lignes déjà présentes dans un autre fichier : {count}.",
        "lines already present in another file: {count}.",
    ),
    Phrase(
        "Deux listes qui se recouvrent contiennent les mêmes factures et règlements.",
        "Two lists that overlap hold the same invoices and payments.",
    ),
    Phrase("Elles sont comptées une fois.", "They are counted once."),
)
LIST_CONFLICT = Rule(
    "list-conflict",
    "warning",
    ("customer", "document", "other", "count"),
    Phrase(
        "client {customer}, facture {document} : {other} en dit autre chose ({count} en tout).",
        "customer {customer}, invoice {document}: {other} says otherwise ({count} in all).",
    ),
    Phrase(
        "De deux listes, celle qui va le plus loin est la plus récente.",
        "Of two lists, the one that goes further is the newer one.",
    ),
    Phrase(
        "Ses lignes sont retenues ; vérifiez laquelle est juste.",
        "Its lines are kept; check which one is right.",
    ),
)
NUMBER_AGAIN = Rule(
    "list-number-again",
    "warning",
    ("customer", "document", "count"),
    Phrase(
        "client {customer}, facture {document} : même numéro à une autre date dans un autre "
        "fichier ({count} en tout).",
        "customer {customer}, invoice {document}: same number on another date in another file "
        "({count} in all).",
    ),
    Phrase(
        "Un numéro peut revenir : nouvelle série, loyer, abonnement.",
        "A number may come back: a new series, a rent, a subscription.",
    ),
    Phrase(
        "Ces factures sont comptées chacune ; si la date a été corrigée, retirez l'ancienne liste.",
        "Each is counted; if the date was corrected, take the older list away.",
    ),
)


@dataclass(frozen=True)
class Once:
    """Rows of several files, each fact of one file only, and what is told of the others."""

    rows: pl.DataFrame
    problems: pl.DataFrame


@dataclass(frozen=True)
class Span:
    """The period that a file covers, and in which journals (None: it has none)."""

    file: str
    batch: int
    first: date
    last: date
    journals: tuple[str, ...] | None


@checked(entries=ENTRIES, files=FILES)
def entries_once(entries: pl.DataFrame, files: pl.DataFrame) -> Once:
    """The entries of several exports of a ledger, an entry found in two taken from the newer one.

    The newer export goes further or has more lines; of two alike, the one given later.
    """
    if entries["file"].n_unique() < 2:
        return Once(entries, no_problems())
    live = in_force(entries, files, day="date")
    keyed = live.with_columns(natural=entry_natural(), content=entry_content())
    told = [pl.col("journal", "entry", "date").first(), pl.col("line").min()]
    found, versions = newest_versions(
        keyed, known_files(entries, files, day="date"), order=NEWER_BY_CONTENT, told=told
    )
    return Once(found.select(entries.columns), entry_problems(versions))


@checked(lines=LINES, files=FILES)
def lines_once(
    lines: pl.DataFrame, files: pl.DataFrame, *, day: str, values: Sequence[str]
) -> Once:
    """The lines of several lists, each fact of the list that was given last.

    A numbered document is taken whole (all its instalments) from one list. Without a number only
    equal lines are the same, as many times as the list that has most of them says.
    """
    if lines["file"].n_unique() < 2:
        return Once(lines, no_problems())
    live = in_force(lines, files, day=day)
    content = pl.struct(values or "natural_key").hash(0)
    keyed = live.with_columns(natural=line_natural(), content=content)
    told = [pl.col("customer", "document").first(), pl.col("line").min()]
    found, versions = newest_versions(
        keyed, known_files(lines, files, day=day), order=NEWER_BY_BATCH, told=told
    )
    return Once(found.select(lines.columns), line_problems(versions))


def entry_natural() -> pl.Expr:
    """A number for what makes an accounting entry the same one in two files."""
    return pl.struct(pl.col("journal", "date"), entry_number().alias("number")).hash(0)


def entry_content() -> pl.Expr:
    """A number for what a line of an entry says."""
    return pl.struct("account", "auxiliary", "piece", "debit_minor", "credit_minor").hash(0)


def line_natural() -> pl.Expr:
    """A number for what makes a line of a list the same one in two files."""
    is_numbered = pl.col("is_numbered")
    return pl.when(is_numbered).then("base").otherwise("natural_key").hash(0)


def known_files(rows: pl.DataFrame, files: pl.DataFrame, *, day: str) -> pl.DataFrame:
    """Each file met, with `batch`, `place`, `replaces`, its `newest` day and its `size` in lines.

    A file that `files` does not know was given with the first batch, in the order of the rows.
    """
    met = rows.group_by("file", maintain_order=True).agg(
        newest=pl.col(day).max(), size=pl.len().cast(pl.Int64)
    )
    return (
        met.with_row_index("seen")
        .join(files, on="file", how="left", nulls_equal=True, maintain_order="left")
        .with_columns(
            batch=pl.col("batch").fill_null(0),
            place=pl.coalesce("place", pl.col("seen").cast(pl.Int64)),
            replaces=pl.col("replaces").fill_null(value=False),
        )
    )


def newest_versions(
    rows: pl.DataFrame, known: pl.DataFrame, *, order: Sequence[str], told: Version
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of the newest version of each fact (`natural`), and what is told of the others.

    `age` counts files from the newest one on. Of a version left aside: its file and batch, those of
    the version kept (`other`, `kept_batch`), and whether both say the same. Nothing is told of a
    version that a later import took the place of.
    """
    aged = known.sort(order, descending=True).with_columns(age=pl.int_range(pl.len()))
    ages, batches = (dict(aged.select(one, other).iter_rows()) for one, other in AGES)
    placed = rows.with_columns(
        age=pl.col("file").replace_strict(ages, return_dtype=pl.Int64)
    ).with_columns(kept=pl.col("age").min().over("natural"))
    is_kept = pl.col("age") == pl.col("kept")
    batch = pl.col("age", "kept").replace_strict(batches, return_dtype=pl.Int64)
    aside = placed.filter(~is_kept).with_columns(batch.name.suffix("_batch"))
    aside = aside.filter(pl.col("kept_batch") <= pl.col("age_batch"))
    others = placed.filter(is_kept).join(aside.select("natural"), on="natural", how="semi")
    content = pl.col("content").reinterpret(signed=True).sum()
    chosen = others.group_by("natural").agg(content, other=pl.col("file").first())
    versions = (
        aside.group_by("natural", "file", "kept_batch", batch="age_batch")
        .agg(content, *told)
        .join(chosen, on="natural")
        .with_columns(is_same=pl.col("content") == pl.col("content_right"))
    )
    return placed.filter(is_kept), versions


def entry_problems(aside: pl.DataFrame) -> pl.DataFrame:
    """How many entries two files of one import hold, and each one whose two contents differ.

    A later import that corrects an entry is no contradiction: it is told as a change.
    """
    differing = aside.filter(~pl.col("is_same"), pl.col("kept_batch") <= pl.col("batch"))
    facts = ["journal", "entry", "date", "other"]
    return pl.concat(
        [
            problems_at(counted(aside), TWICE, facts=["count"], lines=0),
            problems_at(differing.sort("file", "line"), CONFLICT, facts=facts, lines=0),
        ]
    )


def line_problems(aside: pl.DataFrame) -> pl.DataFrame:
    """How many lines two lists of one import hold, and how many of them differ."""
    differing = aside.filter(~pl.col("is_same"), pl.col("kept_batch") == pl.col("batch"))
    first = differing.sort("line").group_by("file", maintain_order=True).agg(
        pl.col("line", "customer", "document", "other").first(), count=pl.len()
    )  # fmt: skip
    facts = ["customer", "document", "other", "count"]
    return pl.concat(
        [
            problems_at(counted(aside), LIST_TWICE, facts=["count"], lines=0),
            problems_at(first.sort("file"), LIST_CONFLICT, facts=facts, lines=0),
        ]
    )


def counted(aside: pl.DataFrame) -> pl.DataFrame:
    """Per file, how many of its versions say the same as another file of its own batch."""
    same = aside.filter("is_same", pl.col("kept_batch") == pl.col("batch"))
    no_line = pl.lit(None, dtype=pl.Int64).first()
    return same.group_by("file").agg(count=pl.len(), line=no_line).sort("file")


@checked(invoices=LINES)
def numbers_again(invoices: pl.DataFrame) -> pl.DataFrame:
    """One warning where invoices of one number and customer have other dates in other files."""
    if invoices["file"].n_unique() < 2:
        return no_problems()
    numbered = invoices.filter("is_numbered", pl.col("kind") == "invoice")
    whose = ["customer", "document"]
    several = numbered.filter(pl.struct(whose).is_duplicated())
    again = (
        several.sort("date", "file", "line")
        .group_by(whose, maintain_order=True)
        .agg(
            pl.col("file", "line").last(),
            days=pl.col("date").n_unique(),
            files=pl.col("file").n_unique(),
        )
        .filter(pl.col("days") > 1, pl.col("files") > 1)
    )
    first = again.head(1).with_columns(count=pl.lit(again.height))
    return problems_at(first, NUMBER_AGAIN, facts=[*whose, "count"], lines=0)


@checked(rows={"file": pl.String}, files=FILES)
def spans(rows: pl.DataFrame, files: pl.DataFrame, *, day: str) -> list[Span]:
    """The period of each of the `files` that has rows, and its journals if the rows have any."""
    has_journals = "journal" in rows.columns
    found = []
    for file, batch in files.select("file", "batch").iter_rows():
        mine = rows.filter(pl.col("file") == file)
        first, last = mine[day].min(), mine[day].max()
        if isinstance(first, date) and isinstance(last, date):
            journals = tuple(mine["journal"].unique()) if has_journals else None
            found.append(Span(file, batch, first, last, journals))
    return found


def is_within(span: Span, *, day: str) -> pl.Expr:
    """Whether a row lies in the period of a file, and in one of its journals."""
    is_then = pl.col(day).is_between(span.first, span.last)
    return is_then if span.journals is None else is_then & pl.col("journal").is_in(span.journals)


@checked(rows={"file": pl.String}, files=FILES)
def in_force(rows: pl.DataFrame, files: pl.DataFrame, *, day: str) -> pl.DataFrame:
    """The rows without those of older batches that lie in the period of a file that replaces."""
    replacing = spans(rows, files.filter("replaces"), day=day)
    if not replacing:
        return rows
    batches = dict(files.select("file", "batch").iter_rows())
    batch = pl.col("file").replace_strict(batches, default=0, return_dtype=pl.Int64)
    gone = [(batch < span.batch) & is_within(span, day=day) for span in replacing]
    return rows.filter(~pl.any_horizontal(gone))


@checked(rows={"natural": pl.UInt64, "file": pl.String}, files=FILES)
def absent_rows(rows: pl.DataFrame, files: pl.DataFrame, *, batch: int, day: str) -> pl.DataFrame:
    """The rows of older batches in the period of a file of a batch, and in no file of that batch.

    Adds `covering`, the file whose period it is. The rows have `natural`.
    """
    is_newer = pl.col("batch") == batch
    newer = files.filter(is_newer)
    older = files.filter(pl.col("batch") < batch)
    given = rows.join(newer, on="file", how="semi")
    left = rows.join(older, on="file", how="semi").join(given, on="natural", how="anti")
    left = in_force(left, older, day=day)
    found = [left.clear().with_columns(covering=pl.lit(""))]
    for span in spans(given, newer, day=day):
        is_mine = is_within(span, day=day)
        found.append(left.filter(is_mine).with_columns(covering=pl.lit(span.file)))
        left = left.filter(~is_mine)
    return pl.concat(found)
