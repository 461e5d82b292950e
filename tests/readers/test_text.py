"""Bytes to text, texts to amounts and days."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quittance.readers.text import (
    DAY_FORMATS,
    amount_minor,
    day,
    decoded,
    encoding_of,
    is_utf8,
    minor_units,
)

FEW = settings(max_examples=60, derandomize=True, deadline=None)
ACCENTS = "Échéance à 5 €, œuvre"


def amount(text: str, decimal: str = ",", digits: int = 2) -> int | None:
    frame = pl.DataFrame({"text": [text]})
    return frame.select(amount_minor(pl.col("text"), decimal=decimal, digits=digits)).item()


def a_day(text: str, written: str) -> str | None:
    found = pl.DataFrame({"text": [text]}).select(day(pl.col("text"), written)).item()
    return found.isoformat() if found else None


# Encodings


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("iso-8859-15", "iso-8859-15"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_a_french_text_is_read_in_its_own_encoding(encoding: str, found: str) -> None:
    content = f"Libellé\tClient\n{ACCENTS}\tDupont\n".encode(encoding)
    text = decoded(content)
    assert text.encoding == found
    assert text.content.decode() == f"Libellé\tClient\n{ACCENTS}\tDupont\n"
    assert not text.is_damaged


def test_plain_ascii_is_utf_8() -> None:
    assert encoding_of(b"Debit;Credit\n1;2\n") == "utf-8"
    assert encoding_of(b"") == "utf-8"


def test_the_letters_of_cp1252_are_not_those_of_iso_8859_15() -> None:
    """0x80 to 0x9F are letters in one and control codes in the other."""
    assert encoding_of(b"re\xe7u") == "iso-8859-15"
    assert encoding_of(b"re\xe7u \x80") == "cp1252"
    assert decoded(b"\xbd\xa4\xe9").content.decode() == "œ€é"


def test_a_few_damaged_bytes_do_not_change_the_encoding_of_a_file() -> None:
    content = (ACCENTS * 20).encode() + b" re\xe7u"
    text = decoded(content)
    assert (text.encoding, text.is_damaged) == ("utf-8", True)
    assert ACCENTS in text.content.decode()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r\r\n", "\r"])
def test_every_end_of_line_becomes_one_line_feed(newline: str) -> None:
    assert decoded(f"a{newline}b{newline}".encode()).content == b"a\nb\n"


def test_a_carriage_return_inside_a_label_does_not_cut_the_line() -> None:
    assert decoded(b"a\rb;c\nd\n").content == b"ab;c\nd\n"


@FEW
@given(st.binary(max_size=200))
def test_any_bytes_become_valid_text(content: bytes) -> None:
    assert is_utf8(decoded(content).content)


# Amounts


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1234,56", 123456),
        ("1234,5", 123450),
        ("1234", 123400),
        ("0001234,50", 123450),
        ("1 234,56", 123456),
        ("1\u00a0234,56", 123456),
        ("1\u202f234,56 €", 123456),
        ("1'234,56", 123456),
        ("1.234,56", 123456),
        ("1.234", 123400),
        ("1.234.567,8", 123456780),
        ("-12,00", -1200),
        ("12,00-", -1200),
        ("(12,00)", -1200),
        ("+12,00", 1200),
        ("12,00 EUR", 1200),
        ("12,000", 1200),
        ("0,00", 0),
        ("999999999999,99", 99999999999999),
        ("", None),
        ("-", None),
        ("abc", None),
        ("12,345", None),
        ("1,2,3", None),
        ("1.23", None),  # neither a decimal point nor thousands
        ("12 345 678 901 234,00", None),  # beyond a thousand billion
        ("99999999999999999999999999,00", None),
        ("1e5", None),
        ("--12", None),
        ("12;00", None),
        ("0x10", None),
        ("NaN", None),
    ],
)
def test_a_french_amount_is_exact_or_nothing(text: str, minor: int | None) -> None:
    assert amount(text) == minor


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1,234.56", 123456),
        ("1,234", 123400),
        ("$1,234.50", 123450),
        ("£12", 1200),
        ("1,23", None),
        ("1.234.5", None),
    ],
)
def test_an_english_amount_is_exact_or_nothing(text: str, minor: int | None) -> None:
    assert amount(text, decimal=".") == minor


@pytest.mark.parametrize(
    ("text", "digits", "minor"),
    [("1234", 0, 1234), ("1 234", 0, 1234), ("12,5", 0, None), ("1,234", 3, 1234), ("5", 3, 5000)],
)
def test_an_amount_has_the_decimals_of_its_currency(
    text: str, digits: int, minor: int | None
) -> None:
    assert amount(text, digits=digits) == minor
    assert minor_units(pl.Series([text]), digits=digits).to_list() == [minor]


@FEW
@given(st.lists(st.integers(-(10**13), 10**13), max_size=5), st.sampled_from([",", "."]))
def test_the_short_way_reads_what_the_long_way_reads(cents: list[int], mark: str) -> None:
    """A column of plain figures takes a short way; one odd amount sends it the long way."""
    texts = [f"{'-' if c < 0 else ''}{abs(c) // 100}{mark}{abs(c) % 100:02}" for c in cents]
    assert minor_units(pl.Series(texts, dtype=pl.String), decimal=mark).to_list() == cents
    assert minor_units(pl.Series([*texts, "1 0"]), decimal=mark).to_list() == [*cents, 1000]


# Days


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("YYYYMMDD", "20250131"),
        ("YYYY-MM-DD", "2025-01-31"),
        ("YYYY/MM/DD", "2025/1/31"),
        ("DD/MM/YYYY", "31/01/2025"),
        ("DD/MM/YYYY", "31/1/2025"),
        ("MM/DD/YYYY", "1/31/2025"),
        ("DD-MM-YYYY", "31-01-2025"),
        ("DD.MM.YYYY", "31.01.2025"),
        ("DD/MM/YY", "31/01/25"),
        ("MM/DD/YY", "01/31/25"),
    ],
)
def test_a_day_is_read_in_its_form_only(written: str, text: str) -> None:
    assert a_day(text, written) == "2025-01-31"
    assert all(a_day(text, other) is None for other in set(DAY_FORMATS) - {written})


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("20250231", "YYYYMMDD"),
        ("2025-02-29", "YYYY-MM-DD"),
        ("31/04/2025", "DD/MM/YYYY"),
        ("00000000", "YYYYMMDD"),
        ("2025013", "YYYYMMDD"),
        ("20250131x", "YYYYMMDD"),
        ("31/01/2025", "DD/MM/YY"),
        ("", "YYYYMMDD"),
    ],
)
def test_a_day_that_does_not_exist_is_nothing(text: str, written: str) -> None:
    assert a_day(text, written) is None
