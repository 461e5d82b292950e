"""Several exports together: entries given twice, and opening entries (*à nouveaux*).

An entry that two files hold is counted once. The opening entries of a year whose previous year is
given repeat what is already there: they are replaced by the original items, and whatever the two
years say differently is told and kept as an item, so that the balance stays the newer ledger's.
See docs/algorithms/ledger.md.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from quittance.core.allocations import MEMBERS, oldest_first, residuals
from quittance.core.calendar import span
from quittance.core.money import decimal_text
from quittance.core.natural_keys import key_text
from quittance.core.phrase import Phrase
from quittance.core.problems import Rule, no_problems, problem, problems_at
from quittance.core.schema import ALLOCATIONS, Schema, empty, shaped

OPENING_JOURNAL = r"(?i)^(an|ann|ano|anou|anouv|a_?nouv.*|ran|rn|ouv|ouvert.*|open.*|bo)\d*$"
OPENING_WORDS = (
    r"(?i)(^|\PL)[aàâ\x{FFFD}][ ._'’-]?nouveau|^nouveau|ouverture|balance initiale|opening"
)

REPEATS: Schema = {"file": pl.String, "line": pl.Int64, "other": pl.String}
CODES = ("item", "date", "customer", "account", "file", "matching_code", "matching_date")

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
DIFFERENCE = Rule(
    "ledger-opening-difference",
    "error",
    ("customer", "opening", "closing"),
    Phrase(
        "client {customer} : à-nouveau {opening}, clôture précédente {closing}.",
        "customer {customer}: opening balance {opening}, previous closing {closing}.",
    ),
    Phrase(
        "Les soldes d'ouverture sont ceux de la clôture précédente (C. com. art. L123-19).",
        "Opening balances are those of the previous closing (C. com. art. L123-19).",
    ),
    Phrase(
        "L'écart est compté à part ; réexportez les deux exercices.",
        "The difference is counted apart; export both years again.",
    ),
)


GAP = Rule(
    "ledger-gap",
    "error",
    ("last", "opening"),
    Phrase(
        "rien entre le {last} et l'ouverture du {opening}.",
        "nothing between {last} and the opening of {opening}.",
    ),
    Phrase(
        "Sans les exercices intermédiaires, on ne sait pas quelles factures ont été réglées.",
        "Without the years between, which invoices were paid is not known.",
    ),
    Phrase(
        "Donnez tous les exercices à la suite, ou le dernier seul.",
        "Give all the years in a row, or the last one alone.",
    ),
)
LONGEST_GAP_DAYS = 365  # more than that, and a whole year is missing


@dataclass(frozen=True)
class Merged:
    """Entries of several files, each counted once.

    `repeats` names the lines kept (`file`, `line`) that another file holds with the same matching
    code (`other`): the code joins them to the lines of that file too.
    """

    entries: pl.DataFrame
    problems: pl.DataFrame
    repeats: pl.DataFrame


@dataclass(frozen=True)
class Carried:
    """Customer lines without repeated openings, and which item bears which matching code."""

    lines: pl.DataFrame
    codes: pl.DataFrame
    problems: pl.DataFrame


def is_opening() -> pl.Expr:
    """Whether a line belongs to the opening entries of its file: the first of an opening journal.

    An entry of that journal on a later day is a correction, and as ordinary as any other.
    """
    journal, label = pl.col("journal"), pl.col("journal_label")
    is_named = journal.str.contains(OPENING_JOURNAL) | label.str.contains(OPENING_WORDS)
    return is_named & (pl.col("date") == pl.col("date").filter(is_named).min().over("file"))


def counted_once(entries: pl.DataFrame) -> Merged:
    """The entries of several files, an entry found in two files taken from the newer one."""
    if entries["file"].n_unique() < 2:
        return Merged(entries, no_problems(), empty(REPEATS))
    unnumbered = pl.col("entry").str.contains(r"^0*$")
    natural = pl.struct("journal", "date", pl.when(unnumbered).then("piece").otherwise("entry"))
    content = pl.struct("account", "auxiliary", "piece", "debit_minor", "credit_minor").hash(0)
    keyed = entries.with_columns(natural=natural.hash(0), content=content)
    versions = keyed.group_by("natural", "file").agg(
        pl.col("journal", "entry", "date").first(),
        pl.col("line").min(),
        pl.col("content").reinterpret(signed=True).sum(),
        lines=pl.len().cast(pl.Int64),
    )
    ages = entries.group_by("file").agg(newest=pl.col("date").max(), size=pl.len())
    ranked = versions.join(ages, on="file").sort("newest", "size", "file", descending=True)
    kept = ranked.unique("natural", keep="first", maintain_order=True)
    dropped = ranked.join(kept.select("natural", "file"), on=["natural", "file"], how="anti")
    if dropped.is_empty():
        return Merged(entries, no_problems(), empty(REPEATS))
    is_dropped = dropped.select("natural", "file")
    left = keyed.join(is_dropped, on=["natural", "file"], how="anti")
    repeats = repeated_lines(left, keyed.join(is_dropped, on=["natural", "file"], how="semi"))
    return Merged(left.drop("natural", "content"), overlap_problems(dropped, kept), repeats)


def repeated_lines(left: pl.DataFrame, dropped: pl.DataFrame) -> pl.DataFrame:
    """The matched lines that are kept from one file and bear the same code in another."""
    key = ["natural", "content", "matching_code"]
    copies = dropped.filter(pl.col("matching_code") != "").select(*key, other="file")
    return shaped(left.join(copies.unique(), on=key), REPEATS)


def overlap_problems(dropped: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """How many entries were found twice, and each one whose two contents differ."""
    pairs = dropped.join(kept.select("natural", "content", other="file"), on="natural")
    differing = pairs.filter(pl.col("content") != pl.col("content_right")).sort("file", "line")
    same = pairs.filter(pl.col("content") == pl.col("content_right"))
    counts = same.group_by("file").agg(count=pl.len(), line=pl.lit(None, dtype=pl.Int64).first())
    return pl.concat(
        [
            problems_at(counts.sort("file"), TWICE, facts=["count"], lines=0),
            problems_at(differing, CONFLICT, facts=["journal", "entry", "date", "other"], lines=0),
        ]
    )


def carried_forward(lines: pl.DataFrame, repeats: pl.DataFrame) -> Carried:
    """Customer lines without the openings that repeat an earlier year, and where codes moved."""
    problems = [no_problems()]
    elsewhere = lines.join(repeats, on=["file", "line"]).with_columns(file="other")
    codes = [lines.filter(pl.col("matching_code") != "").select(CODES), elsewhere.select(CODES)]
    days = lines.filter("is_opening").select("date", "file").unique().sort("date", "file")
    for day, file in days.iter_rows():
        is_this = pl.col("is_opening") & (pl.col("file") == file) & (pl.col("date") == day)
        before = lines.filter(pl.col("date") < day, pl.col("file").ne_missing(file))
        if before.filter(~pl.col("is_opening")).is_empty():
            continue
        problems.append(gap_problem(before, day, file=file))
        openings = lines.filter(is_this)
        gaps = differences(openings, before, day=day)
        known = pl.concat(codes).join(before, on="item", how="semi")
        left = residuals(before, matched(before, known))
        codes.append(codes_moved(openings, left, file=file))
        problems.append(difference_problems(gaps, file))
        lines = pl.concat([lines.filter(~is_this), difference_lines(gaps, lines)], how="diagonal")
    kept = pl.concat(codes).join(lines.select("item"), on="item", how="semi")
    return Carried(lines, kept, pl.concat(problems))


def gap_problem(before: pl.DataFrame, day: date, *, file: str) -> pl.DataFrame:
    """A problem when the books before the opening end more than a year earlier."""
    days = span(before["date"])
    if days is None or (day - days[1]).days <= LONGEST_GAP_DAYS:
        return no_problems()
    return problem(GAP, days[1], day, file=file)


def matched(lines: pl.DataFrame, codes: pl.DataFrame) -> pl.DataFrame:
    """Allocations from the matching codes (*lettrage*), file after file.

    A code belongs to one account (411, 413, 4191…) of one customer and to one file's fiscal year,
    and may be reused the year after; an item carried forward brings to its new code what its old
    one left open.
    """
    amounts = lines.select("item", "amount_minor")
    done = empty(ALLOCATIONS)
    for file in codes.group_by("file").agg(pl.col("date").max()).sort("date", "file")["file"]:
        left = residuals(amounts, done).select("item", amount_minor="open_minor")
        group = pl.struct("customer", "account", "matching_code").hash(0).reinterpret(signed=True)
        members = (
            codes.filter(pl.col("file") == file)
            .select("item", "date", recorded_date="matching_date", group=group)
            .join(left, on="item")
        )
        done = pl.concat([done, oldest_first(shaped(members, MEMBERS))])
    return done


def codes_moved(openings: pl.DataFrame, before: pl.DataFrame, *, file: str) -> pl.DataFrame:
    """The matching codes of opening lines, on the original items that the lines stand for.

    An opening line stands for the oldest item with something left (`before`, `open_minor`) of the
    same customer and piece, whose whole amount it carries, or else what was left of it. A code on
    an opening line that stands for none is let go.
    """
    left = before.filter(pl.col("open_minor") != 0)
    whole = stood_for(openings, left, carried="amount_minor")
    rest = stood_for(
        openings.join(whole, left_on="item", right_on="opening", how="anti"),
        left.join(whole, on="item", how="anti"),
        carried="open_minor",
    )
    pairs = pl.concat([whole, rest])
    codes = openings.filter(pl.col("matching_code") != "").select(
        "account", "matching_code", "matching_date", opening="item"
    )
    moved = pairs.join(codes, on="opening")
    return moved.with_columns(file=pl.lit(file)).select(CODES)


def stood_for(openings: pl.DataFrame, left: pl.DataFrame, *, carried: str) -> pl.DataFrame:
    """The item that each opening line stands for, by customer, piece and a carried amount."""
    key = ["customer", "piece", "carried"]
    rank = pl.int_range(pl.len()).over(key).alias("rank")
    old = left.sort("date", "item").with_columns(carried=carried).with_columns(rank)
    new = openings.sort("line").with_columns(carried="amount_minor").with_columns(rank)
    lines = new.select(*key, "rank", opening="item")
    return old.select("item", "date", "rank", *key).join(lines, on=[*key, "rank"])


def differences(openings: pl.DataFrame, before: pl.DataFrame, *, day: date) -> pl.DataFrame:
    """The customers whose opening balance is not the closing balance of what came before."""
    sums = pl.col("amount_minor").sum()
    opened = openings.group_by("customer").agg(opening=sums)
    closed = before.group_by("customer").agg(closing=sums)
    both = opened.join(closed, on="customer", how="full", coalesce=True).fill_null(0)
    return (
        both.filter(pl.col("opening") != pl.col("closing"))
        .with_columns(date=pl.lit(day))
        .sort("customer")
    )


def difference_problems(gaps: pl.DataFrame, file: str) -> pl.DataFrame:
    """A problem for each customer whose two balances differ."""
    shown: list[pl.Expr | str] = [decimal_text("opening"), decimal_text("closing")]
    placed = gaps.with_columns(file=pl.lit(file), line=pl.lit(None, dtype=pl.Int64))
    return problems_at(placed, DIFFERENCE, facts=["customer", *shown], lines=0)


def difference_lines(gaps: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """An item for each difference, dated on the opening day."""
    last = int(lines["item"].max())  # type: ignore[arg-type]
    return gaps.select(
        "customer",
        "date",
        natural_key=key_text(pl.lit("difference"), pl.col("date"), pl.col("customer")),
        item=pl.int_range(1, pl.len() + 1) + last,
        amount_minor=pl.col("opening") - pl.col("closing"),
        kind=pl.lit("opening"),
        piece=pl.lit("écart d'à-nouveau"),
        auxiliary=pl.col("customer"),
        is_opening=pl.lit(True),
    )
