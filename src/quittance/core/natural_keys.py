"""Natural keys: what makes a fact the same one when the books are given again.

A key is a text of parts set apart by `|`, readable and the same whatever the file's name or the
order of its lines: `entry|VE|2026-01-31|000871|411000|C1|D|1`. It holds what identifies a fact and
not what a correction changes (amount, label, due date); the last part is a rank among facts that
these parts do not tell apart. The grammar: docs/algorithms/ledger.md.
"""

from collections.abc import Sequence

import polars as pl

from quittance.core.schema import checked

BASES = {"base": pl.String, "file": pl.String}
MARK = "|"
UNNUMBERED = r"^0*$"


def key_text(*parts: pl.Expr) -> pl.Expr:
    r"""The parts of a key as one text; a mark within a part is written `\|`, nothing as nothing.

    >>> pl.select(key_text(pl.lit("invoice"), pl.lit("C|1"), pl.lit(None, pl.String))).item()
    'invoice|C\\|1|'
    """
    return pl.concat_str(*map(escaped, parts), separator=MARK)


def escaped(part: pl.Expr) -> pl.Expr:
    """A part of a key, its marks escaped so that different parts never make the same text."""
    text = part.cast(pl.String).fill_null("")
    backslash = text.str.replace_all("\\", "\\\\", literal=True)
    return backslash.str.replace_all(MARK, f"\\{MARK}", literal=True)


def entry_number() -> pl.Expr:
    """What numbers an accounting entry: its number, or its piece where it has none."""
    return pl.when(pl.col("entry").str.contains(UNNUMBERED)).then("piece").otherwise("entry")


def line_base() -> pl.Expr:
    """What identifies a line of an accounting entry on a customer's account, but for its rank."""
    entry = [pl.lit("entry"), pl.col("journal"), pl.col("date"), entry_number()]
    side = pl.when(pl.col("amount_minor") > 0).then(pl.lit("D")).otherwise(pl.lit("C"))
    return key_text(*entry, pl.col("account"), pl.col("auxiliary"), side)


@checked(rows={"document": pl.String})
def invoice_base(rows: pl.DataFrame) -> pl.Expr:
    """What identifies a line of a list of invoices: its number, else all that it says.

    A number is of one customer and one day, because series begin anew and a contract's number
    comes back every month.
    """
    numbered = key_text(*map(pl.col, ("kind", "customer", "document", "date")))
    if not (rows["document"] == "").any():
        return numbered
    told = ("due_date", "currency", "amount_minor")
    whole = key_text(*map(pl.col, ("kind", "customer", "document", "date", *told)))
    return pl.when(pl.col("document") == "").then(whole).otherwise(numbered)


def payment_base() -> pl.Expr:
    """What identifies a line of a list of payments: all that it says."""
    told = ("customer", "document", "invoice_key", "payment_date", "currency", "amount_minor")
    return key_text(pl.lit("receipt"), *map(pl.col, told))


@checked(rows=BASES)
def with_natural_key(rows: pl.DataFrame, *, order: Sequence[str | pl.Expr]) -> pl.DataFrame:
    """Rows with `natural_key`: their `base`, then their rank among those of their file and base.

    `order` names all that may tell such rows apart, so that the rank is theirs wherever they stand
    in the file: only rows that say the same are ranked as they stand.
    """
    of_one_base = ["base", "file"]
    placed = rows.with_row_index("at")
    several = placed.filter(pl.struct(of_one_base).is_duplicated())
    ranks = several.sort(*order, "at", nulls_last=True).select(
        "at", rank=pl.int_range(1, pl.len() + 1).over(of_one_base)
    )
    if not ranks.is_empty():
        placed = placed.join(ranks, on="at", how="left", maintain_order="left")
    rank = pl.col("rank").fill_null(1).cast(pl.String) if ranks.height else pl.lit("1")
    return placed.with_columns(natural_key=pl.concat_str("base", rank, separator=MARK)).drop(
        "at", "rank", strict=False
    )
