"""How large a workbook is once it is open: asked before it is opened.

A workbook is a zip: a thousandth of what it unpacks to. And a sheet is a rectangle: two cells in
its opposite corners are seventeen thousand million cells in memory, whatever lies between. What
the file says of its sizes is not believed: every part is unpacked, and counted, piece by piece.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from quittance.core.problems import UnusableInput, problem
from quittance.readers.reader import Source
from quittance.readers.tabular_rules import OVERSIZED, WORKBOOK

MOST_BYTES = 1_500_000_000  # a million lines of fifteen columns are 900 MB of XML
MOST_CELLS = 40_000_000
MOST_PARTS = 1_000
PIECE = 8 * 1024**2
LONGEST_TAG = 8_192
DEFLATED, STORED = 8, 0
HEADER = 30  # bytes of a local header before its two texts
OTHER_FORMS = {"xl/workbook.bin", "content.xml"}  # of the binary and of the open document form
NUMBER = re.compile(rb"""[\s"']r\s*=\s*["']\s*[A-Za-z]{0,3}([0-9]{1,9})""")
COLUMN = re.compile(rb"""[\s"']r\s*=\s*["']\s*([A-Za-z]{2,3})[0-9]""")  # beyond Z
ROW = re.compile(rb"[<:]row[\s>/]")
CELL = re.compile(rb"[<:]c[\s>/]")
UNUSUAL = (b":c", b":row", b"<c\n", b"<c\t", b"<c\r")
LETTERS = 26


class Extent(NamedTuple):
    """How far the cells of a part reach."""

    rows: int = 0
    columns: int = 0

    def joined(self, other: "Extent") -> "Extent":
        """Both together."""
        return Extent(max(self.rows, other.rows), max(self.columns, other.columns))


def refuse_oversized(source: Source) -> None:
    """Refuse a workbook that would not fit in memory, or is of another form than XLSX.

    Raises UnusableInput.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            parts = archive.infolist()
        names = {part.filename.replace("\\", "/").lower() for part in parts}
        if names & OTHER_FORMS or len(parts) > MOST_PARTS:
            raise UnusableInput(problem(WORKBOOK, file=source.name))
        left = MOST_BYTES
        for part in parts:
            left = refuse_part(source, part, left=left)
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError):
        raise UnusableInput(problem(WORKBOOK, file=source.name)) from None


def refuse_part(source: Source, part: zipfile.ZipInfo, *, left: int) -> int:
    """Refuse a part with too many bytes or too wide a rectangle; how many bytes are left."""
    reach, cells_of_row, lines = Extent(0, LETTERS), 0, 0
    for piece in whole_tags(unpacked(source.content, part)):
        left -= len(piece)
        first, *counts = cells_by_row(piece)
        counts = [cells_of_row + first, *counts]
        cells_of_row, lines = counts[-1], lines + len(counts) - 1
        reach = reach.joined(extent_of(piece)).joined(Extent(lines, max(counts)))
        if left < 0 or reach.rows * reach.columns > MOST_CELLS:
            raise UnusableInput(problem(OVERSIZED, reach.rows, reach.columns, file=source.name))
    return left


def cells_by_row(piece: bytes) -> list[int]:
    """How many cells of the row before go on in a piece, then how many each of its rows has."""
    if any(one in piece for one in UNUSUAL):  # slower
        return [len(CELL.findall(row)) for row in ROW.split(piece)]
    return [sum(row.count(one) for one in (b"<c ", b"<c>", b"<c/")) for row in piece.split(b"<row")]


def extent_of(piece: bytes) -> Extent:
    """How far the places go that a piece names: `r="AC12"` of a cell, `r="12"` of a row."""
    columns = max(map(number_of, set(COLUMN.findall(piece))), default=0)
    return Extent(max(map(int, NUMBER.findall(piece)), default=0), columns)


def number_of(letters: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * LETTERS + letter - ord("A") + 1
    return number


def whole_tags(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Pieces cut between tags, so that none is cut in two; a tag is not believed to be longer."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        end = text.rfind(b">") + 1
        if not end and len(text) > LONGEST_TAG:
            end = len(text)
        rest = text[end:]
        yield text[:end]
    yield rest


def unpacked(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part, to the end of what is packed there, whatever the list of parts says."""
    at = part.header_offset
    texts = sum(int.from_bytes(content[at + n : at + n + 2], "little") for n in (26, 28))
    start = at + HEADER + texts
    packed = content[start : start + part.compress_size]
    if part.compress_type == STORED:
        yield from (packed[n : n + PIECE] for n in range(0, len(packed), PIECE))
        return
    if part.compress_type != DEFLATED or part.flag_bits & 1:
        raise ValueError("packed in a way that no spreadsheet uses")
    opener = zlib.decompressobj(-15)
    while packed and not opener.eof:
        piece = opener.decompress(packed, PIECE)
        packed = opener.unconsumed_tail
        if piece:
            yield piece
    yield opener.flush(PIECE)
