"""Opening entries (*à nouveaux*) and the matching codes that they carry on.

The opening entries of a year whose previous year is given repeat what is already there: they are
replaced by the original items, and whatever the two years say differently is told and kept as an
item, so that the balance stays the newer ledger's.
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
from quittance.core.schema import ALLOCATIONS, MATCHING_CODES, Schema, checked, empty, shaped

LINES: Schema = {
    "item": pl.Int64,
    "natural_key": pl.String,
    "customer": pl.String,
    "date": pl.Date,
    "amount_minor": pl.Int64,
    "fiscal_year": pl.Int64,
    "is_opening": pl.Boolean,
}
BORNE: Schema = {
    "item": pl.Int64,
    "account": pl.String,
    "fiscal_year": pl.Int64,
    "matching_code": pl.String,
}
CODES = (
    "item", "date", "customer", "account", "fiscal_year", "matching_code", "matching_date",
)  # fmt: skip

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
class Carried:
    """Customer lines without repeated openings, and which item bears which matching code."""

    lines: pl.DataFrame
    codes: pl.DataFrame
    problems: pl.DataFrame


@checked(lines=LINES)
def carried_forward(lines: pl.DataFrame) -> Carried:
    """Customer lines without the openings that repeat an earlier year, and where codes moved."""
    problems = [no_problems()]
    codes = [lines.filter(pl.col("matching_code") != "").select(CODES)]
    years = lines.filter("is_opening", pl.col("fiscal_year") > 0)["fiscal_year"].unique().sort()
    for year in years:
        is_this = pl.col("is_opening") & (pl.col("fiscal_year") == year)
        openings, before = lines.filter(is_this), lines.filter(pl.col("fiscal_year") < year)
        if before.is_empty():
            continue
        day, file = openings.sort("date", "file").select("date", "file").row(0)
        problems.append(gap_problem(before, day, file=file))
        gaps = differences(openings, before, day=day)
        known = pl.concat(codes).join(before, on="item", how="semi")
        left = residuals(before, matched(before, known))
        codes.append(codes_moved(openings, left))
        problems.append(difference_problems(gaps, file))
        others = difference_lines(gaps, lines, year=year)
        lines = pl.concat([lines.filter(~is_this), others], how="diagonal")
    kept = pl.concat(codes).join(lines.select("item"), on="item", how="semi")
    return Carried(lines, kept, pl.concat(problems))


def gap_problem(before: pl.DataFrame, day: date, *, file: str) -> pl.DataFrame:
    """A problem when the books before the opening end more than a year earlier."""
    days = span(before["date"])
    if days is None or (day - days[1]).days <= LONGEST_GAP_DAYS:
        return no_problems()
    return problem(GAP, days[1], day, file=file)


@checked(lines={"item": pl.Int64, "amount_minor": pl.Int64})
def matched(lines: pl.DataFrame, codes: pl.DataFrame) -> pl.DataFrame:
    """Allocations from the matching codes (*lettrage*), one fiscal year after the other.

    A code belongs to one account (411, 413, 4191…) of one customer and to one fiscal year, and may
    be reused the year after; an item carried forward brings to its new code what its old one left
    open.
    """
    amounts = lines.select("item", "amount_minor")
    done = empty(ALLOCATIONS)
    for year in codes["fiscal_year"].unique().sort():
        left = residuals(amounts, done).select("item", amount_minor="open_minor")
        group = pl.struct("customer", "account", "matching_code").hash(0).reinterpret(signed=True)
        members = (
            codes.filter(pl.col("fiscal_year") == year)
            .select("item", "date", recorded_date="matching_date", group=group)
            .join(left, on="item")
        )
        done = pl.concat([done, oldest_first(shaped(members, MEMBERS))])
    return done


@checked(allocations=ALLOCATIONS, codes=BORNE)
def codes_of_pairs(allocations: pl.DataFrame, codes: pl.DataFrame) -> pl.DataFrame:
    """The books' own code of each pair that their matching settles: `MATCHING_CODES`."""
    group, pair = ["account", "fiscal_year", "matching_code"], ["debit_item", "credit_item"]
    borne = codes.select("item", *group).unique()
    both = (
        allocations.select(pair)
        .unique()
        .join(borne, left_on="debit_item", right_on="item")
        .join(borne, left_on=["credit_item", *group], right_on=["item", *group])
    )
    told = both.group_by(pair).agg(pl.col("matching_code").unique().sort().str.join(" "))
    return shaped(told, MATCHING_CODES)


def codes_moved(openings: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
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
    codes = openings.filter(pl.col("matching_code") != "").select(
        "account", "fiscal_year", "matching_code", "matching_date", opening="item"
    )
    return pl.concat([whole, rest]).join(codes, on="opening").select(CODES)


def stood_for(openings: pl.DataFrame, left: pl.DataFrame, *, carried: str) -> pl.DataFrame:
    """The item that each opening line stands for, by customer, piece and a carried amount."""
    key = ["customer", "piece", "carried"]
    rank = pl.int_range(pl.len()).over(key).alias("rank")
    old = left.sort("date", "item").with_columns(carried=carried).with_columns(rank)
    new = openings.sort("item").with_columns(carried="amount_minor").with_columns(rank)
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


def difference_lines(gaps: pl.DataFrame, lines: pl.DataFrame, *, year: int) -> pl.DataFrame:
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
        fiscal_year=pl.lit(year, pl.Int64),
    )
