"""The files of an import read by the readers that know them, and what was understood of each.

A file that cannot be read keeps the problems that say why; a person then says which column is
which, or leaves the file out. What was said of a list serves for the next one with its headings.
"""

import io
from collections.abc import Mapping
from typing import Protocol

import polars as pl

from quittance.core.problems import UnusableInput, no_problems, problem
from quittance.readers.outline import Outline, outline
from quittance.readers.reader import Reading, Source
from quittance.readers.registry import read
from quittance.readers.tabular_rules import NO_SUCH_COLUMN
from quittance.services.import_files import content_of
from quittance.storage.models import Import, ImportFile

MAPPED = ("applied", "undoing")
FIELDS_READ = ("format", "kind", "lines", "facts", "mapping", "rows", "problems")


class Tell(Protocol):
    """How a long work says where it stands."""

    def __call__(self, step: str, /, **facts: object) -> None:
        """One step: `read` with the file's name, `compare`, `write`."""


def say_nothing(_step: str, /, **_facts: object) -> None:
    """For works that nobody watches."""


def read_files(found: Import, *, tell: Tell) -> bool:
    """Read each file with the reader that knows it; whether all of them could be.

    Raises UnusableInput when a column that a person declared is in none of them.
    """
    files = list(found.files.order_by("pk"))
    declared = {field: name for file in files for field, name in file.mapping.items()}
    for place, file in enumerate(files):
        tell("read", name=file.name, done=place, of=len(files))
        source = Source(file.name, content_of(file))
        try:
            keep_reading(file, understood(file, source))
        except UnusableInput as refusal:
            keep_refusal(file, refusal.problems)
    is_read = all(file.kind for file in files)
    used = {field for file in files for field in file.mapping}
    for field in declared.keys() - used if is_read else ():
        columns = " · ".join(file.facts["columns"] for file in files if "columns" in file.facts)
        names = ", ".join(file.name for file in files)
        raise UnusableInput(problem(NO_SUCH_COLUMN, field, declared[field], columns, file=names))
    return is_read


def understood(file: ImportFile, source: Source) -> Reading:
    """What a file says: as a person mapped it, as one of its headings was mapped before, or alone.

    Raises UnusableInput when it says nothing that can be used.
    """
    mapping = fitting(file, source)
    reading = read(source, mapping or None)
    file.mapping = mapping if "columns" in reading.facts else {}
    return reading


def fitting(file: ImportFile, source: Source) -> dict[str, str]:
    """The columns that a person declared for this file, or for an earlier one of its headings."""
    earlier = mapped_before(file)
    if not file.mapping and not earlier:
        return {}
    seen = outline(source)
    if seen is None:
        return {}
    if file.mapping:
        return {field: name for field, name in file.mapping.items() if name in seen.headings}
    return earlier.get(", ".join(seen.headings), {})


def mapped_before(file: ImportFile) -> dict[str, dict[str, str]]:
    """By headings, what was said of the lists that the company has applied; the last one counts."""
    known = ImportFile.objects.filter(
        company_id=file.company_id, belongs_to__state__in=MAPPED
    ).exclude(mapping={})
    told = known.order_by("belongs_to__position").values_list("facts__columns", "mapping")
    return dict(told)


def keep_reading(file: ImportFile, reading: Reading) -> None:
    """What a reader understood of a file."""
    file.format, file.kind, file.lines = reading.format, reading.kind, reading.lines
    file.facts = dict(reading.facts)
    file.rows, file.problems = packed(reading.rows), packed(reading.problems)
    file.save(update_fields=FIELDS_READ)


def keep_refusal(file: ImportFile, problems: pl.DataFrame) -> None:
    """Why a file cannot be read."""
    file.format, file.kind, file.lines, file.facts = "", "", 0, {}
    file.rows, file.problems = None, packed(problems)
    file.save(update_fields=FIELDS_READ)


def outline_of(file: ImportFile) -> Outline | None:
    """The headings and first lines of a file, where it has columns."""
    return outline(Source(file.name, content_of(file)))


def packed(frame: pl.DataFrame) -> bytes:
    """A frame as compressed Parquet."""
    out = io.BytesIO()
    frame.write_parquet(out, compression="zstd")
    return out.getvalue()


def unpacked(content: bytes | memoryview | None) -> pl.DataFrame:
    """The frame of a compressed Parquet."""
    return pl.read_parquet(io.BytesIO(bytes(content or b"")))


def problems_of(file: ImportFile) -> pl.DataFrame:
    """The problems that the reader met in a file."""
    if not file.problems:
        return no_problems()
    return unpacked(file.problems).with_columns(file=pl.lit(file.name))


def problems_met(files: Mapping[str, ImportFile]) -> pl.DataFrame:
    """The problems of several files, each under the label that the import gives it."""
    met = [problems_of(file).with_columns(file=pl.lit(label)) for label, file in files.items()]
    return pl.concat([no_problems(), *met])
