"""Bytes to text, and texts to amounts and dates, for every reader of text files.

Encodings met in French exports: UTF-8 and UTF-16 (Excel's "Unicode text"), with or without BOM,
ISO-8859-15 and Windows-1252. ISO-8859-15 and cp1252 differ by the bytes 0x80–0x9F, which
are letters in cp1252 and control codes in ISO-8859-15.
"""

import re
from dataclasses import dataclass

import polars as pl

from quittance.core.money import LARGEST_AMOUNT

REPLACEMENT = "\ufffd"
SPACES = r"[\s\u00a0\u202f\u2009'’]"
CP1252_ONLY = re.compile(rb"[\x80-\x9f]")
UTF8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
NOT_ASCII = re.compile(rb"[\x80-\xff]")
DAY_FORMATS = {
    "YYYYMMDD": (r"^\d{8}$", "%Y%m%d"),
    "YYYY-MM-DD": (r"^\d{4}-\d{2}-\d{2}$", "%Y-%m-%d"),
    "YYYY/MM/DD": (r"^\d{4}/\d{1,2}/\d{1,2}$", "%Y/%m/%d"),
    "DD/MM/YYYY": (r"^\d{1,2}/\d{1,2}/\d{4}$", "%d/%m/%Y"),
    "MM/DD/YYYY": (r"^\d{1,2}/\d{1,2}/\d{4}$", "%m/%d/%Y"),
    "DD-MM-YYYY": (r"^\d{1,2}-\d{1,2}-\d{4}$", "%d-%m-%Y"),
    "DD.MM.YYYY": (r"^\d{1,2}\.\d{1,2}\.\d{4}$", "%d.%m.%Y"),
    "DD/MM/YY": (r"^\d{1,2}/\d{1,2}/\d{2}$", "%d/%m/%y"),
    "MM/DD/YY": (r"^\d{1,2}/\d{1,2}/\d{2}$", "%m/%d/%y"),
}


@dataclass(frozen=True)
class Decoded:
    """The file in UTF-8 with one line feed per line, and the encoding it came in."""

    content: bytes
    encoding: str

    @property
    def is_damaged(self) -> bool:
        """Whether some bytes could not be read in the file's own encoding."""
        return REPLACEMENT.encode() in self.content


def decoded(content: bytes) -> Decoded:
    """The bytes of a text file in UTF-8, newlines made one LF each (CR LF, CR CR LF, CR alone)."""
    encoding = encoding_of(content)
    if encoding == "utf-8":
        body = content.removeprefix(b"\xef\xbb\xbf")
        if not body.isascii() and not is_utf8(body):
            body = body.decode("utf-8", errors="replace").encode()
    else:
        body = content.decode(encoding, errors="replace").encode()
    if b"\r" in body:
        body = body.replace(b"\r", b"") if b"\n" in body else body.replace(b"\r", b"\n")
    return Decoded(body, encoding)


def is_utf8(content: bytes) -> bool:
    """Whether the bytes are valid UTF-8 throughout."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def encoding_of(content: bytes) -> str:
    """The encoding of a text file, from its bytes alone.

    A file whose accents are mostly UTF-8 stays UTF-8 when a few bytes are damaged, so that the
    damaged lines are shown instead of every accent of the file being misread.

    >>> encoding_of("échéance".encode("iso-8859-15")), encoding_of("5 €".encode("cp1252"))
    ('iso-8859-15', 'cp1252')
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    head = content[:1000]
    if head.count(0) * 3 > len(head):  # UTF-16 without its mark: every other byte is zero
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    if content.isascii() or content.startswith(b"\xef\xbb\xbf") or is_utf8(content):
        return "utf-8"
    sample = content[:4_000_000]
    paired = sum(map(len, UTF8_PAIR.findall(sample)))
    if paired * 2 > len(NOT_ASCII.findall(sample)):
        return "utf-8"
    return "cp1252" if CP1252_ONLY.search(content) else "iso-8859-15"


def amount_minor(text: pl.Expr, *, decimal: str = ",", digits: int = 2) -> pl.Expr:
    """Texts as whole minor units; null where the text is not an amount or is beyond reason.

    Read: `1234,5` · `0001234,50` · `1 234,50` (any space) · `-12,00` · `12,00-` · `(12,00)` ·
    a trailing currency sign. More decimals than the currency has are refused unless zero.
    """
    thousands = "." if decimal == "," else ","
    bare = text.str.replace_all(SPACES, "").str.replace_all(r"(?i)(€|eur|\$|£)", "")
    bare = bare.str.replace(r"^\((.*)\)$", "-$1").str.replace(r"^([^-]*)-$", "-$1")
    grouped = rf"^[+-]?\d{{1,3}}(\{thousands}\d{{3}})+(\{decimal}\d*)?$"
    bare = pl.when(bare.str.contains(grouped)).then(
        bare.str.replace_all(thousands, "", literal=True)
    ).otherwise(bare)  # fmt: skip
    pattern = rf"^([+-]?)(\d+)(?:\{decimal}(\d{{0,{digits}}})0*)?$"
    whole = bare.str.extract(pattern, 2).cast(pl.Int64, strict=False)
    cents = bare.str.extract(pattern, 3).fill_null("").str.pad_end(digits, "0")
    cents_value = cents.cast(pl.Int64, strict=False).fill_null(0) if digits else pl.lit(0)
    size = pl.when(whole < LARGEST_AMOUNT).then(whole * 10**digits + cents_value)
    return pl.when(bare.str.starts_with("-")).then(-size).otherwise(size)


def minor_units(texts: pl.Series, *, decimal: str = ",", digits: int = 2) -> pl.Series:
    """A column of texts as whole minor units, as `amount_minor` reads them.

    A column of nothing but plain figures (`1234,5`, `-12`), which most are, takes a short way.
    """
    plain = rf"^-?\d{{1,12}}(\{decimal}\d{{1,{digits}}})?$" if digits else r"^-?\d{1,12}$"
    if texts.str.contains(plain).all():
        exact = texts.str.replace(decimal, ".", literal=True).cast(pl.Decimal(18, digits))
        return pl.Series(exact * 10**digits).cast(pl.Int64)
    read = amount_minor(pl.col("text"), decimal=decimal, digits=digits)
    return texts.to_frame("text").select(read).to_series()


def day(text: pl.Expr, written: str) -> pl.Expr:
    """Texts as days under one of `DAY_FORMATS`; null where the text is no such day."""
    pattern, form = DAY_FORMATS[written]
    return pl.when(text.str.contains(pattern)).then(text.str.to_date(form, strict=False))
