"""The reader of the ECB's reference rates: every layout in a golden file, and what is refused."""

import io
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers import regenerate_rates as samples

from quittance.core.problems import UnusableInput, sentences, set_aside
from quittance.core.schema import EXCHANGE_RATES, shaped
from quittance.readers import ecb_rates, registry
from quittance.readers.reader import Reading, Source

CASES = samples.cases()
XML = (samples.SAMPLES / "one-day.xml").read_bytes()
CSV = (samples.SAMPLES / "history.csv").read_bytes()


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


def refused(content: bytes) -> str:
    source = Source("cours", content)
    assert ecb_rates.identify(source)
    with pytest.raises(UnusableInput) as refusal:
        registry.read(source)
    (said,) = sentences(refusal.value.problems, "en")
    return said


@pytest.mark.parametrize("case", CASES)
def test_a_sample_reads_as_its_golden_file_shows(case: str) -> None:
    """After a wanted change: .venv/bin/python tests/readers/regenerate_rates.py, read the diff."""
    assert samples.dump(case) == samples.golden(case).read_text(encoding="utf-8")


def test_every_golden_file_has_its_sample() -> None:
    golden = {path.name for path in samples.SAMPLES.glob("*.expected.txt")}
    assert golden == {samples.golden(case).name for case in CASES}


@pytest.mark.parametrize("case", CASES)
def test_the_content_is_known_under_any_name(case: str) -> None:
    source = Source("facture.pdf", (samples.SAMPLES / case).read_bytes())
    reading = registry.read(source)
    assert (reading.format, reading.kind) == ("ECB rates", "exchange_rates")
    assert reading.rows.height + set_aside(reading.problems) == reading.lines
    assert reading.facts["file"] == "facture.pdf"
    assert list(shaped(reading.rows, EXCHANGE_RATES).columns) == ["currency", "date", "rate_e6"]


def test_the_zip_says_what_its_file_says() -> None:
    inside = samples.golden("history.csv").read_text(encoding="utf-8").split("\n", 1)[1]
    assert samples.golden("history.zip").read_text(encoding="utf-8").split("\n", 1)[1] == inside


@pytest.mark.parametrize(
    ("text", "rate_e6"),
    [
        ("1.0876", 1_087_600),
        ("1", 1_000_000),
        ("0.000001", 1),
        ("1836200", 1_836_200_000_000),
        ("999999999.999999", 999_999_999_999_999),
        ("1.08760000", None),
        ("0.0000", None),
        ("-1.0876", None),
        ("1,0876", None),
        ("1.", None),
        (".5", None),
        ("1e3", None),
        ("nan", None),
        ("1 087", None),
        ("١.٥", None),
    ],
)
def test_a_rate_is_read_exactly_or_told(text: str, rate_e6: int | None) -> None:
    content = XML.replace(b"rate='1.0705'", f"rate='{text}'".encode())
    reading = ecb_rates.read(Source("cours.xml", content))
    dollars = reading.rows.filter(currency="USD")["rate_e6"].to_list()
    assert dollars == ([] if rate_e6 is None else [rate_e6])
    assert reading.problems["code"].to_list() == ([] if dollars else ["rates-rate"])


@pytest.mark.parametrize("absent", ["N/A", "", " N/A ", "  "])
def test_a_currency_without_a_rate_that_day_is_no_problem(absent: str) -> None:
    content = f"Date,USD,JPY,\n2024-06-28,{absent},171.94,\n".encode()
    reading = ecb_rates.read(Source("cours.csv", content))
    assert reading.rows["currency"].to_list() == ["JPY"]
    assert (reading.lines, reading.problems.height) == (1, 0)


@pytest.mark.parametrize(
    "declaration",
    [
        b"<!DOCTYPE x>",
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
    ],
)
def test_a_doctype_is_refused_before_any_entity_is_read(declaration: bytes) -> None:
    content = XML.replace(b"\n", b"\n" + declaration + b"\n", 1)
    assert refused(content).startswith("cours:2: the XML has a DOCTYPE declaration.")


@pytest.mark.parametrize(
    "content",
    [
        XML[:-30],
        XML.replace(b"</Cube>", b"", 1),
        XML.replace(b"UTF-8", b"KLINGON"),
        XML.replace(b"rate='1.0705'", b"rate='&nothing;'"),
        XML.replace(b"rate='1.0705'", b"rate='1.0705' rate='2'"),
    ],
)
def test_an_xml_that_is_not_whole_is_refused(content: bytes) -> None:
    assert "the file of rates is damaged or cut." in refused(content)


def test_a_zip_with_a_damaged_end_is_refused() -> None:
    content = bytearray(zipped(a=CSV + b"2024-06-27,1.0696,\n" * 9000))
    place = content.index(b"PK\x01\x02")
    content[place + 16 : place + 20] = b"\0\0\0\0"  # another checksum than the content's
    assert "damaged" in refused(bytes(content))


def test_a_zip_that_swells_beyond_reason_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ecb_rates, "MOST_BYTES", 100)
    assert "damaged" in refused(zipped(a=CSV))


@pytest.mark.parametrize(
    "content",
    [
        zipped(a=CSV, b=CSV),
        zipped(a=b"Client;Facture\n"),
        b"PK\x03\x04 and no archive",
        b"Date;USD;JPY\n2024-06-28;1,07;171,94\n",
        b"Date,Client,Montant\n2024-06-28,C1,12.00\n",
        b"Date,USD,USD\n2024-06-28,1.07,1.08\n",
        b"Date\n2024-06-28\n",
        b"<?xml version='1.0'?><Cube/>",
        ecb_rates.VOCABULARY.encode(),
    ],
)
def test_what_has_another_form_is_not_taken_for_rates(content: bytes) -> None:
    assert not ecb_rates.identify(Source("eurofxref-hist.csv", content))


def test_a_date_is_read_in_both_of_the_banks_forms() -> None:
    for text in ("20 November 2026", "2026-11-20"):
        content = f"Date, USD, \n{text}, 1.0876, \n".encode()
        (row,) = ecb_rates.read(Source("a", content)).rows.iter_rows(named=True)
        assert (row["date"], row["rate_e6"]) == (date(2026, 11, 20), 1_087_600)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.sampled_from([CSV, XML, XML[:600], b"Date,USD,JPY,\n", zipped(a=CSV)]),
    st.binary(max_size=120),
    st.integers(0, 1200),
)
def test_any_bytes_are_read_or_refused_with_every_rate_counted(
    content: bytes, noise: bytes, at: int
) -> None:
    source = Source("a", content[:at] + noise + content[at:])
    if not ecb_rates.identify(source):
        return
    with suppress(UnusableInput):
        accounted_for(ecb_rates.read(source))


def accounted_for(reading: Reading) -> None:
    assert reading.rows.height + set_aside(reading.problems) == reading.lines
    assert (reading.rows["rate_e6"] > 0).all()
    assert all(sentences(reading.problems, "fr"))
