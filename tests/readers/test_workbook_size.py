"""Workbooks that are small on the disk and enormous in memory are refused before they are open."""

import io
import zipfile

import pytest
from tests.readers.workbooks import written

from quittance.core.problems import UnusableInput
from quittance.readers import registry, workbook_size
from quittance.readers.reader import Source
from quittance.readers.workbook_size import Extent, extent_of, number_of, refuse_oversized

LIST = [("client", "facture", "date", "échéance", "montant"), ("C1", "F1", "x", "y", 12)]
HEAD = '<c r="A1"><v>1</v></c>'
BROKEN = "<c\n/>"
SHEET = "xl/worksheets/sheet1.xml"


def source(content: bytes) -> Source:
    return Source("liste.xlsx", content)


def with_part(text: str, *, name: str = SHEET, form: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook of one part."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", form) as archive:
        archive.writestr(name, text)
    return content.getvalue()


def code_of(content: bytes) -> str:
    """Why a workbook is refused; empty when it is not."""
    try:
        refuse_oversized(source(content))
    except UnusableInput as refusal:
        return str(refusal.problems["code"][0])
    return ""


def test_a_workbook_as_spreadsheets_write_it_passes() -> None:
    assert code_of(written(LIST)) == ""
    assert registry.read(source(written(LIST))).kind == "invoices"


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>',
        "<row r='1048576'><c r = 'XFD1048576'><v>1</v></c></row>",
        '<row><c\nt="n"r="XFD1048576"><v>1</v></c></row>',
        '<x:row r="1048576"><x:c r="xfd1048576"><x:v>1</x:v></x:c></x:row>',
        f'<row r="1">{"<c/>" * 16_000}<c><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
        f'<row r="1">{BROKEN * 16_000}</row><row r="1048576"><c><v>1</v></c></row>',
        f"<row>{'<c/>' * 16_000}</row>{'<row/>' * 9_000}<row><c><v>1</v></c></row>",
    ],
    ids=[
        "corner",
        "other quotes",
        "no space",
        "prefixed",
        "columns counted",
        "broken",
        "rows counted",
    ],
)
def test_a_cell_far_away_is_refused(far: str) -> None:
    assert code_of(with_part(f"<sheetData><row>{HEAD}</row>{far}</sheetData>")) == "list-oversized"


def test_the_name_of_the_part_and_how_it_is_packed_do_not_matter() -> None:
    far = f'<row>{HEAD}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert code_of(with_part(far, name="xl/other.bin")) == "list-oversized"
    assert code_of(with_part(far, form=zipfile.ZIP_STORED)) == "list-oversized"
    assert code_of(with_part(far, form=zipfile.ZIP_LZMA)) == "list-workbook"


def test_a_long_list_with_few_columns_and_a_wide_one_with_few_lines_pass() -> None:
    long = '<row r="1048576"><c r="Z1048576"><v>1</v></c></row>'
    assert code_of(with_part(f"<sheetData>{long}</sheetData>")) == ""
    assert code_of(with_part('<sheetData><row r="9"><c r="XFD9"/></row></sheetData>')) == ""


def test_cells_are_counted_across_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_size, "PIECE", 64)
    monkeypatch.setattr(workbook_size, "MOST_CELLS", 9 * 30)
    rows = "<row>" + "<c><v>1</v></c>" * 30 + "</row>"
    assert code_of(with_part(rows * 9)) == ""
    assert code_of(with_part(rows * 10)) == "list-oversized"


def test_what_unpacks_to_too_much_is_refused_whatever_it_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook_size, "MOST_BYTES", 1_000_000)
    content = with_part("<t>" + "a" * 999_000 + "</t>", name="xl/sharedStrings.xml")
    assert code_of(content) == ""
    content = bytearray(with_part("<t>" + "a" * 2_000_000 + "</t>", name="xl/sharedStrings.xml"))
    assert code_of(bytes(content)) == "list-oversized"
    size_told = content.rindex(b"PK\x01\x02") + 24
    content[size_told : size_told + 4] = (7).to_bytes(4, "little")
    assert code_of(bytes(content)) == "list-oversized"


@pytest.mark.parametrize("name", ["content.xml", "xl/workbook.bin", "XL\\Workbook.BIN"])
def test_other_forms_of_workbook_are_not_opened(name: str) -> None:
    assert code_of(with_part("<x/>", name=name)) == "list-workbook"


def test_a_zip_of_thousands_of_parts_is_no_workbook() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(workbook_size.MOST_PARTS + 1):
            archive.writestr(f"{number}", "")
    assert code_of(content.getvalue()) == "list-workbook"


def test_places_are_read_as_spreadsheets_do() -> None:
    assert [number_of(one) for one in (b"A", b"z", b"AA", b"XFD")] == [1, 26, 27, 16_384]
    assert extent_of(b'<row r="7"><c s="r" r="AB12"/>') == Extent(12, 28)
    assert extent_of(b"<sheetData/>") == Extent(0, 0)
