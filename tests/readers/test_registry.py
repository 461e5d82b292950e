"""Which reader a file is for: the content decides."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers import fecs, workbooks

from quittance.core.problems import UnusableInput, sentences
from quittance.readers import registry
from quittance.readers.reader import Source

INVOICES = b"Client;Facture;Date;Montant\nC1;F1;31/01/2025;12,00\n"
WORDS = io.BytesIO()
with zipfile.ZipFile(WORDS, "w") as archive:
    archive.writestr("word/document.xml", "<w/>")


@pytest.mark.parametrize(
    ("content", "form", "kind"),
    [
        (fecs.fec(), "FEC", "entries"),
        (INVOICES, "CSV", "invoices"),
        (workbooks.written([["Client", "Facture", "Date", "Montant"]]), "XLSX", "invoices"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.xlsx", "732829320FEC20251231.txt", "a.pdf"])
def test_the_content_decides_whatever_the_name(
    content: bytes, form: str, kind: str, name: str
) -> None:
    reading = registry.read(Source(name, content))
    assert (reading.format, reading.kind) == (form, kind)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t\n", "the file is empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "the content is in PDF format"),
        (b"\x89PNG\r\n", "the content is in PNG format"),
        (b"\xff\xd8\xff\xe0", "the content is in JPEG format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "the content is in XLS (Excel 97-2003) format"),
        (b"\x1f\x8b\x08", "the content is in GZIP format"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>', "the content is in XML format"),
        (b"\n<html><table>", "the content is in HTML format"),
        (b'{"Invoices": []}', "the content is in JSON format"),
        (b"[1]", "the content is in JSON format"),
        (b"PK\x03\x04 not a workbook", "not a readable XLSX workbook"),
        (WORDS.getvalue(), "not a readable XLSX workbook"),
        (workbooks.written([]), "not a readable XLSX workbook"),
        (
            workbooks.written([["Bonjour", "Monde"]]),
            "a needed column is missing (not recognised: Bonjour, Monde)",
        ),
        (b"Bonjour\nMonde\n", "format not recognised: 'Bonjour'"),
        ("Été;œuvre\n".encode("cp1252"), "format not recognised: 'Été;œuvre'"),
        ("a\tb\n".encode("utf-16"), "format not recognised: 'a b'"),
        (b"\x00\x01\x02\x1b[2J", "the content is in binaire/binary format"),
    ],
)
def test_what_is_no_export_is_refused_with_a_sentence(content: bytes, told: str) -> None:
    with pytest.raises(UnusableInput) as refusal:
        registry.read(Source("a.txt", content))
    (said,) = sentences(refusal.value.problems, "en")
    assert said.startswith(f"a.txt: {told}")
    assert "\x1b" not in said


def test_a_declared_mapping_opens_a_list_that_is_not_recognised() -> None:
    content = b"Qui;Quoi;Quand;Combien\nC1;F1;31/01/2025;12,00\n"
    with pytest.raises(UnusableInput, match="format not recognised"):
        registry.read(Source("a.csv", content))
    declared = {"customer": "Qui", "document": "Quoi", "issue_date": "Quand", "amount": "Combien"}
    assert registry.read(Source("a.csv", content), declared).rows["amount_minor"].to_list() == [
        1200
    ]


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.sampled_from([b"", b"PK\x03\x04", INVOICES, b'Client,Facture,Date,Montant\n"', b"\xff\xfe"]),
    st.binary(max_size=200),
)
def test_any_bytes_are_read_or_refused_with_a_sentence(head: bytes, tail: bytes) -> None:
    told = []
    try:
        told = [registry.read(Source("a.txt", head + tail)).kind]
    except UnusableInput as refusal:
        told = sentences(refusal.problems, "fr")
    assert told
    assert all(told)
