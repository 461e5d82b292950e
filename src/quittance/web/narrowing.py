"""What an address asks of a report: which rows, in which order; used by tables and by downloads.

`q` words that must all be found in the texts of a row, whatever their accents and case, or an
amount · `<column>=<code>` for a column of codes · `sort=name` or `sort=-name`. With several tables
on one page each has a prefix: `open.q`, `open.sort`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

import polars as pl
from django.http import QueryDict

from quittance.core.money import LARGEST_AMOUNT, MINOR_DIGITS
from quittance.core.phrase import Language
from quittance.core.search import best_matches, search_index
from quittance.reports.render.formats import worded
from quittance.reports.report import Column, Report
from quittance.storage.people import searchable

DOWNWARDS = "-"
FORGIVING = 100_000  # rows: beyond, an index of their words would cost more than it helps
SEARCHED = "search_text"  # a column of rows that is searched in place of the texts shown
AMOUNT = re.compile(r"-?[\d\s.,\u00a0\u202f]*\d[\d\s.,\u00a0\u202f]*")


def narrowed(report: Report, query: QueryDict, *, lang: Language, prefix: str = "") -> Report:
    """The report with the rows asked for, in the order asked for, and their totals."""
    rows = report.rows
    kept = [*chosen(report, query, prefix=prefix), *worded_like(report, query, lang=lang,
                                                                prefix=prefix)]  # fmt: skip
    if kept:
        rows = rows.filter(pl.all_horizontal(kept))
    totals = totals_of(report, rows) if rows.height != report.rows.height else report.totals
    return replace(report, rows=ordered(report, rows, query=query, lang=lang, prefix=prefix),
                   totals=totals)  # fmt: skip


def chosen(report: Report, query: QueryDict, *, prefix: str = "") -> list[pl.Expr]:
    """One condition for each column of codes that the address fixes."""
    return [
        pl.col(column.name).is_in(codes)
        for column in report.columns
        if (codes := codes_asked(column, query, prefix=prefix))
    ]


def codes_asked(column: Column, query: QueryDict, *, prefix: str = "") -> list[str]:
    """The codes of a column that the address asks for, those that the column knows."""
    known: Mapping[str, object] = column.words or {}
    return [code for code in query.getlist(f"{prefix}{column.name}") if code in known]


def worded_like(
    report: Report, query: QueryDict, *, lang: Language, prefix: str = ""
) -> list[pl.Expr]:
    """One condition for each word of `q`; a single one when it is an amount."""
    asked = query.get(f"{prefix}q", "").strip()
    if not asked or not report.columns:
        return []
    is_ready = SEARCHED in report.rows.columns
    whole = pl.col(SEARCHED) if is_ready else texts_of(report, lang)
    words = (searchable(asked) if is_ready else folded_text(asked)).split()
    found = [whole.str.contains(word, literal=True) for word in words]
    amounts = amounts_like(report, asked)
    if amounts is not None:
        return [pl.any_horizontal(pl.all_horizontal(found), amounts)]
    may_forgive = bool(words) and is_ready and report.rows.height <= FORGIVING
    if may_forgive and report.rows.filter(found).is_empty():
        return [mistyped_like(report, words)]
    return found


def mistyped_like(report: Report, words: list[str]) -> pl.Expr:
    """Rows as near as the search of everything finds them, for words that no row holds."""
    texts = report.rows.select(text=pl.col(SEARCHED).fill_null(""))
    near = best_matches(search_index(texts), " ".join(words), largest=texts.height)
    return pl.int_range(pl.len(), dtype=pl.UInt32).is_in(near["row"].implode())


def texts_of(report: Report, lang: Language) -> pl.Expr:
    """All the texts of a row together, without accents."""
    texts = [folded(shown(c, lang)) for c in report.columns if c.kind in ("text", "phrase")]
    return pl.concat_str(texts, separator="\n", ignore_nulls=True) if texts else pl.lit("")


def amounts_like(report: Report, asked: str) -> pl.Expr | None:
    """Rows with this amount: exact with decimals, any of these units without; None for words."""
    money = [pl.col(c.name) for c in report.columns if c.kind == "money"]
    amount = amount_of(asked)
    if amount is None or not money:
        return None
    digits = pl.col("currency").replace_strict(MINOR_DIGITS, default=2, return_dtype=pl.Int64)
    power = pl.lit(10, dtype=pl.Int64).pow(digits).cast(pl.Int64)
    exponent = amount.as_tuple().exponent
    if exponent == 0:
        return pl.any_horizontal(one.abs() // power == int(amount) for one in money)
    thousandths = pl.lit(int(amount.scaleb(3)), dtype=pl.Int64)
    return pl.any_horizontal(one.abs() * 1000 == thousandths * power for one in money)


def amount_of(text: str) -> Decimal | None:
    """An amount as a reader types it, `1 234,50` or `1234.50`; None when it is none.

    >>> amount_of("1 234,50"), amount_of("FA-12")
    (Decimal('1234.50'), None)
    """
    if not AMOUNT.fullmatch(text) or len(text) > 20:
        return None
    plain = re.sub(r"\s", "", text).lstrip("-").replace(",", ".")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        return None
    is_fit = amount <= LARGEST_AMOUNT and -3 <= amount.as_tuple().exponent <= 0  # type: ignore[operator]
    return amount if is_fit else None


def ordered(
    report: Report, rows: pl.DataFrame, *, query: QueryDict, lang: Language, prefix: str = ""
) -> pl.DataFrame:
    """The rows in the order asked for; equal ones stay as the report has them."""
    column, is_downwards = order_asked(report, query, prefix=prefix)
    if column is None:
        return rows
    is_text = column.kind in ("text", "phrase")
    key = folded(shown(column, lang)) if is_text else pl.col(column.name)
    return rows.sort(key, descending=is_downwards, nulls_last=True, maintain_order=True)


def order_asked(
    report: Report, query: QueryDict, *, prefix: str = ""
) -> tuple[Column | None, bool]:
    """The column that the address sorts by and whether downwards; None for one that is unknown."""
    asked = query.get(f"{prefix}sort", "")
    name = asked.removeprefix(DOWNWARDS)
    column = next((one for one in report.columns if one.name == name), None)
    return column, asked.startswith(DOWNWARDS)


def totals_of(report: Report, rows: pl.DataFrame) -> pl.DataFrame:
    """The same totals as the report's over fewer rows, one row a currency."""
    totals = report.totals
    names = [n for n, t in totals.schema.items() if t.is_integer() and n in rows.columns]
    if not names or "currency" not in totals.columns or "currency" not in rows.columns:
        return totals.clear()
    return rows.group_by("currency").agg(pl.col(names).sum()).sort("currency")


def shown(column: Column, lang: Language) -> pl.Expr:
    """A column of texts as a reader sees it: the words of codes, one language of a phrase."""
    name = column.name if column.kind != "phrase" else f"{column.name}_{lang}"
    return worded(pl.col(name).cast(pl.String), column, lang=lang)


def folded(text: pl.Expr) -> pl.Expr:
    """Texts without accents, in lower case, so that `elan` finds `Élan` and stands beside it."""
    plain = text.str.normalize("NFKD").str.replace_all(r"\p{M}+", "")
    return plain.str.to_lowercase().str.replace_all("œ", "oe", literal=True)


def folded_text(text: str) -> str:
    """`folded` for one text.

    >>> folded_text("Élan du Cœur")
    'elan du coeur'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return plain.lower().replace("œ", "oe")
