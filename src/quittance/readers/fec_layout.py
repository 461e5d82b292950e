"""The heading and the lines of a FEC: separator, column names, and fields of each line."""

import difflib
import re
from dataclasses import dataclass
from functools import partial

import polars as pl

from quittance.core.problems import UnusableInput, no_problems, problem, problems_at
from quittance.readers import fec_rules as rules
from quittance.readers.delimited import cut
from quittance.readers.text import Decoded

COLUMNS = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib",
    "CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit",
    "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise",
)  # fmt: skip
AMOUNT_AND_SIDE = ("Montant", "Sens")  # in place of Debit and Credit
CASH_BASIS = ("DateRglt", "ModeRglt", "NatOp", "IdClient")  # the 22-column variant (BNC, BA)
ESSENTIAL = ("JournalCode", "EcritureDate", "CompteNum")
KNOWN = {name.lower(): name for name in (*COLUMNS, *AMOUNT_AND_SIDE, *CASH_BASIS)}
USED = (*COLUMNS[:16], *AMOUNT_AND_SIDE)
SEPARATORS = ("\t", "|", ";", ",")


@dataclass(frozen=True)
class Layout:
    """How the lines of a file are cut: the separator, and a name for each field of a line."""

    separator: str
    names: tuple[str, ...]
    heading_line: int  # counted from 1
    heading_end: int  # offset of the first byte after the heading

    @property
    def has_sides(self) -> bool:
        """Whether amounts are in two columns, Debit and Credit."""
        return "Debit" in self.names and "Credit" in self.names


def layout_of(text: Decoded, file: str) -> tuple[Layout, pl.DataFrame]:
    """The layout that the heading states, and the problems of the heading.

    Raises UnusableInput when no heading of a FEC is there or an essential column is missing.
    """
    start = len(text.content) - len(text.content.lstrip(b"\n"))
    end = text.content.find(b"\n", start)
    end = len(text.content) if end < 0 else end
    heading = text.content[start:end].decode("utf-8", errors="replace")
    separator = max(SEPARATORS, key=lambda mark: len(recognised(heading.split(mark))))
    found = [strip_quotes(name) for name in heading.rstrip().rstrip(separator).split(separator)]
    names = recognised(found)
    if len(names) < 4:
        raise UnusableInput(problem(rules.HEADER, heading[:80], file=file, line=start + 1))
    layout = Layout(
        separator,
        tuple(names.get(name, name) for name in found),
        start + 1,
        min(end + 1, len(text.content)),
    )
    return layout, heading_problems(layout, found, file=file)


def heading_problems(layout: Layout, found: list[str], *, file: str) -> pl.DataFrame:
    """What the heading lacks or misspells; raises UnusableInput when nothing can be read."""
    essential = [name for name in ESSENTIAL if name not in layout.names]
    if not layout.has_sides and not set(AMOUNT_AND_SIDE) <= set(layout.names):
        essential.append("Debit/Credit")
    here = partial(problem, file=file, line=layout.heading_line)
    if essential:
        facts = (", ".join(essential), ", ".join(found))
        raise UnusableInput(here(rules.ESSENTIAL_COLUMNS, *facts))
    expected = COLUMNS if layout.has_sides else (*COLUMNS[:11], *AMOUNT_AND_SIDE, *COLUMNS[13:])
    missing = [name for name in expected if name not in layout.names]
    met = [
        here(rules.SPELLING, raw, name)
        for raw, name in zip(found, layout.names, strict=True)
        if raw.lower() != name.lower()
    ]
    if missing:
        met.append(here(rules.MISSING_COLUMNS, ", ".join(missing)))
    return pl.concat([no_problems(), *met])


def recognised(found: list[str]) -> dict[str, str]:
    """The standard name of each heading that can be recognised, misspellings included.

    >>> recognised(["MontantDevise", "EcritureLibelle", "Toto"])
    {'MontantDevise': 'Montantdevise', 'EcritureLibelle': 'EcritureLib'}
    """
    names: dict[str, str] = {}
    for raw in found:
        bare = re.sub(r"[^a-z]", "", strip_quotes(raw).lower())
        exact = KNOWN.get(bare)
        close = difflib.get_close_matches(bare, KNOWN, n=1, cutoff=0.82) if not exact else []
        name = exact or (KNOWN[close[0]] if close else None)
        if name and name not in names.values():
            names[strip_quotes(raw)] = name
    return names


def strip_quotes(text: str) -> str:
    """A field without surrounding spaces and quotes."""
    return text.strip().strip('"').strip()


def fields(text: Decoded, layout: Layout, *, file: str) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """The used fields of every line of the right width, the problems of the others, the count."""
    body = memoryview(text.content)[layout.heading_end :].tobytes()
    first = layout.heading_line + 1
    table, wrong = cut(body, layout.separator, names=layout.names, used=USED, first_line=first)
    if layout_is_quoted(text.content, layout):
        table = table.with_columns(unquoted(pl.col(pl.String)))
    absent = [pl.lit("").alias(name) for name in USED if name not in table.columns]
    expected, start = pl.lit(len(layout.names)), pl.col("text").str.slice(0, 60)
    told = wrong.with_columns(file=pl.lit(file))
    problems = problems_at(told, rules.WIDTH, facts=["fields", expected, start])
    return table.with_columns(*absent, file=pl.lit(file)), problems, table.height + wrong.height


def unquoted(field: pl.Expr) -> pl.Expr:
    """A field without the quotes around it; a doubled quote inside stands for one."""
    bare = field.str.strip_chars().str.replace(r'^"(.*)"$', "$1")
    return bare.str.replace_all('""', '"', literal=True)


def layout_is_quoted(content: bytes, layout: Layout) -> bool:
    """Whether the fields of the file are wrapped in double quotes."""
    return content[: layout.heading_end].lstrip(b"\n").startswith(b'"')
