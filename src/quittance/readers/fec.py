"""FEC, the accounting entries file that every French accounting program writes.

Issued by the tax administration: LPF art. A47 A-1, BOI-CF-IOR-60-40-20
(https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000027804775). One flat file a fiscal year,
named SIRENFECAAAAMMJJ.txt. Read: `Debit/Credit` and `Montant/Sens`; 18 columns and the 22-column
cash-basis variant; tab or pipe; the usual liberties that programs take, each with a warning.

    JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|…|Debit|Credit|EcritureLet|…
    VE|Ventes|000012|20250131|411000|…|1200,00|0,00|AA|…
    VE|Ventes|000012|20250131|707000|…|0,00|1000,00||…
"""

import re

import polars as pl
from stdnum.fr import siren

from quittance.core.money import decimal_text
from quittance.core.problems import Rule, problem, problems_at
from quittance.core.schema import ENTRIES, shaped
from quittance.readers import fec_rules as rules
from quittance.readers.fec_layout import fields, layout_of, recognised
from quittance.readers.reader import Reading, Source
from quittance.readers.text import REPLACEMENT, amount_minor, day, decoded, minor_units

NAME = re.compile(r"(\d{9})FEC(\d{8})", re.IGNORECASE)
DATES = {"EcritureDate": "date", "PieceDate": "piece_date", "DateLet": "matching_date",
         "ValidDate": "valid_date"}  # fmt: skip
TEXTS = {"JournalCode": "journal", "JournalLib": "journal_label", "EcritureNum": "entry",
         "CompteNum": "account", "CompteLib": "account_label", "CompAuxNum": "auxiliary",
         "CompAuxLib": "auxiliary_label", "PieceRef": "piece", "EcritureLib": "label",
         "EcritureLet": "matching_code"}  # fmt: skip
NO_DATE = r"^0*$"
COUNTED_ONCE = (~pl.col("fault")).cast(pl.Int64)  # a line with two faults is set aside once
Step = tuple[pl.DataFrame, list[pl.DataFrame]]


def identify(source: Source) -> bool:
    """Whether the first line holds the column names of a FEC."""
    heading = decoded(source.content[:4096]).content.lstrip(b"\n").split(b"\n")[0].decode()
    return any(len(recognised(heading.split(mark))) >= 6 for mark in "\t|;,")


def read(source: Source) -> Reading:
    """The lines of accounting entries as `ENTRIES`, and the problems.

    An entry is read whole or set aside whole. Raises UnusableInput when no column heading is
    there or an essential column is missing.
    """
    text = decoded(source.content)
    layout, of_heading = layout_of(text, source.name)
    table, of_width, lines = fields(text, layout, file=source.name)
    table, of_text = with_texts(table, is_damaged=text.is_damaged)
    table, of_amounts = with_amounts(table, has_sides=layout.has_sides)
    table, of_dates = with_dates(table)
    entries, of_entries = balanced_entries(table)
    of_name = name_problems(source.name, entries)
    met = [of_heading, of_width, *of_text, *of_amounts, *of_dates, *of_entries, *of_name]
    facts = {"file": source.name, "encoding": text.encoding, "separator": layout.separator}
    problems = pl.concat(met).sort("line", maintain_order=True)
    return Reading("FEC", "entries", shaped(entries, ENTRIES), lines, problems, facts)


def with_texts(table: pl.DataFrame, *, is_damaged: bool) -> Step:
    """Names of ours for the text columns, spaces trimmed; damaged characters and accounts told."""
    table = table.with_columns(
        pl.col(fec).str.strip_chars().alias(our) for fec, our in TEXTS.items()
    )
    table = table.drop(TEXTS)
    is_account = pl.col("account").str.contains(r"^[1-9]\d\d")
    met = [problems_at(table.filter(~is_account), rules.ACCOUNT, facts=["account"])]
    if is_damaged:
        names = pl.concat_str("label", "auxiliary_label", "account_label", separator=" ")
        damaged = table.filter(names.str.contains(REPLACEMENT, literal=True))
        met.append(
            first_of(damaged, rules.DAMAGED, facts=[names.str.strip_chars().str.slice(0, 60)])
        )
    return table.with_columns(fault=~is_account), met


def first_of(frame: pl.DataFrame, rule: Rule, *, facts: list[pl.Expr | str]) -> pl.DataFrame:
    """One warning for all the rows of a frame: how many, and the first one; none if it is empty."""
    first = frame.sort("line").head(1)
    counted: list[pl.Expr | str] = [pl.lit(frame.height), *facts]
    return problems_at(first, rule, facts=counted, lines=0)


def with_amounts(table: pl.DataFrame, *, has_sides: bool) -> Step:
    """`debit_minor` and `credit_minor`, never negative; unreadable amounts told."""
    met: list[pl.DataFrame] = []
    if not has_sides:
        table, met = with_sides(table)
    plain = pl.col("Debit", "Credit").str.contains(r"^\d{1,12}(,\d{1,2})?$").all()
    if table.select(plain).row(0) == (True, True):
        debit, credit = minor_units(table["Debit"]), minor_units(table["Credit"])
        table = table.with_columns(debit.alias("debit_minor"), credit.alias("credit_minor"))
        return both_sides(table.drop("Debit", "Credit"), met)
    return any_amounts(table, met)


def any_amounts(table: pl.DataFrame, met: list[pl.DataFrame]) -> Step:
    """Amounts written in any of the known ways: points, signs, spaces, empty for zero."""
    has_point = pl.any_horizontal(pl.col("Debit", "Credit").str.contains(r"\.\d*\s*$"))
    sides = [
        amount_minor(with_comma(pl.col(side))).alias(f"{side}·") for side in ("Debit", "Credit")
    ]
    is_blank = [pl.col(side).str.strip_chars() == "" for side in ("Debit", "Credit")]
    table = table.with_columns(*sides, point=has_point, blank=is_blank[0] & is_blank[1])
    table = table.with_columns(
        pl.when(blank).then(0).otherwise(f"{side}·").alias(f"{side}·")
        for side, blank in zip(("Debit", "Credit"), is_blank, strict=True)
    )
    unread = pl.col("Debit·").is_null() | pl.col("Credit·").is_null()
    negative = (pl.col("Debit·") < 0) | (pl.col("Credit·") < 0)
    shown = pl.concat_str("Debit", "Credit", separator=" / ")
    both: list[pl.Expr | str] = ["Debit", "Credit"]
    blank = table.filter("blank")
    met = [
        *met,
        problems_at(table.filter(unread), rules.AMOUNT, facts=both, lines=COUNTED_ONCE),
        problems_at(blank, rules.AMOUNT_MISSING, facts=[], lines=COUNTED_ONCE),
        first_of(table.filter("point", ~unread), rules.POINT_DECIMAL, facts=[shown]),
        first_of(table.filter(negative), rules.NEGATIVE, facts=[shown]),
    ]
    debit, credit = pl.col("Debit·").fill_null(0), pl.col("Credit·").fill_null(0)
    table = table.with_columns(
        debit_minor=pl.max_horizontal(debit, 0) + pl.max_horizontal(-credit, 0),
        credit_minor=pl.max_horizontal(credit, 0) + pl.max_horizontal(-debit, 0),
        fault=pl.col("fault") | unread | pl.col("blank"),
    )
    return both_sides(table.drop("Debit", "Credit", "Debit·", "Credit·", "point", "blank"), met)


def with_comma(text: pl.Expr) -> pl.Expr:
    """A decimal point as a comma; null for `1.200`, which may be one euro twenty or 1 200 euros."""
    is_doubtful = text.str.contains(r"^[^,]*\.\d{3}\s*$")
    return pl.when(~is_doubtful).then(text.str.replace(r"\.(\d*\s*)$", ",$1"))


def both_sides(table: pl.DataFrame, met: list[pl.DataFrame]) -> Step:
    """Tell the lines that have a debit and a credit; both are counted."""
    double = table.filter(pl.col("debit_minor") > 0, pl.col("credit_minor") > 0)
    shown: list[pl.Expr | str] = [decimal_text("debit_minor"), decimal_text("credit_minor")]
    return table, [*met, first_of(double, rules.BOTH_SIDES, facts=shown)]


def with_sides(table: pl.DataFrame) -> Step:
    """`Montant` and `Sens` as `Debit` and `Credit`; an unknown side told."""
    sense = pl.col("Sens").str.strip_chars().str.to_uppercase()
    is_debit = sense.is_in(["D", "+1", "1", "+"])
    is_credit = sense.is_in(["C", "-1", "-"])
    unknown = ~(is_debit | is_credit)
    told = problems_at(table.filter(unknown), rules.SENSE, facts=["Sens"], lines=COUNTED_ONCE)
    is_blank = pl.col("Montant").str.strip_chars() == ""
    nothing = pl.when(is_blank).then(pl.lit("")).otherwise(pl.lit("0,00"))
    table = table.with_columns(
        Debit=pl.when(is_credit).then(nothing).otherwise("Montant"),
        Credit=pl.when(is_credit).then("Montant").otherwise(nothing),
        fault=pl.col("fault") | unknown,
    )
    return table.drop("Montant", "Sens"), [told]


def with_dates(table: pl.DataFrame) -> Step:
    """The four dates; the entry's own must be readable, the others fall back to it."""
    met: list[pl.DataFrame] = []
    for fec, our in DATES.items():
        raw = pl.col(fec).str.strip_chars()
        table = table.with_columns(raw.alias(fec), day(raw, "YYYYMMDD").alias(our))
        odd = table.filter(pl.col(our).is_null(), ~pl.col(fec).str.contains(NO_DATE))
        if odd.height:
            table = table.with_columns(other_date(fec, our))
            read = odd.filter(other_date(fec, our).is_not_null())
            met.append(first_of(read, rules.OTHER_DATES, facts=[pl.lit(fec), fec]))
        still = table.filter(pl.col(our).is_null(), ~pl.col(fec).str.contains(NO_DATE))
        if our != "date":
            named: list[pl.Expr | str] = [pl.lit(still.height), fec]
            first = still.sort("line").head(1)
            met.append(problems_at(first, rules.SIDE_DATE, facts=[pl.lit(fec), *named], lines=0))
    undated = pl.col("date").is_null()
    told = table.filter(undated)
    met.append(problems_at(told, rules.DATE, facts=["EcritureDate"], lines=COUNTED_ONCE))
    return table.with_columns(fault=pl.col("fault") | undated).drop(DATES), met


def other_date(fec: str, our: str) -> pl.Expr:
    """A date written in ISO or day/month/year where the standard form is not there."""
    iso, french = day(pl.col(fec), "YYYY-MM-DD"), day(pl.col(fec), "DD/MM/YYYY")
    return pl.coalesce(our, iso, french).alias(our)


def balanced_entries(table: pl.DataFrame) -> Step:
    """The lines of sound, balanced entries; a problem for each entry set aside."""
    table = table.with_columns(entry_id=entry_key(table).cast(pl.Int64))
    is_broken = pl.col("fault").any().over("entry_id")
    has_fault = bool(table["fault"].any())
    broken = table.filter(is_broken) if has_fault else table.clear()
    sound = table.filter(~is_broken) if has_fault else table
    unbalanced = unbalanced_entries(sound)
    met = [incomplete(broken)]
    if unbalanced.height:
        met.append(unbalanced_problems(unbalanced))
        sound = sound.join(unbalanced.select("entry_id"), on="entry_id", how="anti")
    return sound, met


def entry_key(table: pl.DataFrame) -> pl.Series:
    """A number that the lines of one entry share: journal, number and date.

    Where no entry is numbered (EcritureNum empty or 0), the piece takes the number's place.
    """
    unnumbered = pl.col("entry").str.contains(r"^0*$")
    number = pl.when(unnumbered).then("piece").otherwise("entry")
    keys = pl.struct("file", "journal", number.alias("number"), "date")
    return table.select(keys.hash(0).reinterpret(signed=True)).to_series()


def unbalanced_entries(sound: pl.DataFrame) -> pl.DataFrame:
    """The entries whose debits and credits differ.

    Entries that do not balance alone but balance together with the others of the same journal and
    day that do not either are one entry whose lines carry different numbers or pieces.
    """
    per_entry = sound.group_by("entry_id").agg(
        pl.col("file", "journal", "entry", "date").first(),
        pl.col("debit_minor", "credit_minor").sum(),
        line=pl.col("line").min(),
        count=pl.len(),
    )
    difference = pl.col("debit_minor") - pl.col("credit_minor")
    alone = per_entry.filter(difference != 0)
    return alone.filter(difference.sum().over("file", "journal", "date") != 0)


def unbalanced_problems(unbalanced: pl.DataFrame) -> pl.DataFrame:
    """A problem for each entry whose debits and credits differ."""
    shown = [decimal_text("debit_minor"), decimal_text("credit_minor")]
    facts: list[pl.Expr | str] = ["journal", "entry", *shown]
    lines = pl.col("count").cast(pl.Int64)
    return problems_at(unbalanced.sort("line"), rules.UNBALANCED, facts=facts, lines=lines)


def incomplete(broken: pl.DataFrame) -> pl.DataFrame:
    """A problem for the readable lines of each entry that has an unreadable one."""
    others = (
        broken.filter(~pl.col("fault"))
        .group_by("entry_id", maintain_order=True)
        .agg(pl.col("file", "journal", "entry", "line").first(), count=pl.len())
    )
    facts: list[pl.Expr | str] = ["journal", "entry", "count"]
    return problems_at(others, rules.INCOMPLETE, facts=facts, lines=pl.col("count").cast(pl.Int64))


def name_problems(name: str, entries: pl.DataFrame) -> list[pl.DataFrame]:
    """What the file's name says otherwise than its content; the content is what counts."""
    match = NAME.search(name)
    if not match:
        return []
    met = []
    if not siren.is_valid(match[1]):
        met.append(problem(rules.NAME_SIREN, match[1], file=name))
    first, last = entries["date"].min(), entries["date"].max()
    closing = pl.Series([match[2]]).str.to_date("%Y%m%d", strict=False)[0]
    if last is not None and (closing is None or last > closing or (closing - last).days > 366):
        met.append(problem(rules.NAME_PERIOD, match[2], first, last, file=name))
    return met
