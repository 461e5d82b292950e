"""The files named on the command line, each read once by the reader that knows it."""

import filecmp
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from quittance.core.phrase import Phrase
from quittance.core.problems import Rule, UnusableInput, no_problems, problem
from quittance.readers import registry
from quittance.readers.reader import Reading, Source
from quittance.readers.tabular_rules import NO_SUCH_COLUMN

SUFFIXES = frozenset({".txt", ".csv", ".tsv", ".xlsx", ".fec"})
RATES_SUFFIXES = frozenset({".csv", ".xml", ".zip"})
FOREIGN = {
    "file-empty",
    "file-foreign",
    "file-unknown",
    "list-unknown",
    "list-nameless",
    "list-workbook",
}

ABSENT = Rule(
    "file-absent",
    "error",
    (),
    Phrase("ce fichier n'existe pas ou ne peut pas être lu.", "no such file, or unreadable."),
    Phrase("Chaque chemin désigne un fichier ou un dossier.", "Each path is a file or a folder."),
    Phrase("Vérifiez le chemin.", "Check the path."),
)
SKIPPED = Rule(
    "file-skipped",
    "warning",
    (),
    Phrase(
        "fichier du dossier non reconnu, laissé de côté.",
        "file of the folder not recognised, left out.",
    ),
    Phrase(
        "Sont lus : FEC, listes CSV et XLSX ; par --rates, les cours de la BCE.",
        "Read are: FEC, CSV and XLSX lists; by --rates, the rates of the ECB.",
    ),
    Phrase("Nommez-le seul pour savoir pourquoi.", "Name it alone to learn why."),
)
REPEATED = Rule(
    "file-repeated",
    "warning",
    ("other",),
    Phrase("même contenu que {other}, lu une seule fois.", "same content as {other}, read once."),
    Phrase("Un fichier donné deux fois ne compte qu'une fois.", "A file given twice counts once."),
    Phrase("Rien à faire.", "Nothing to do."),
)
Declared = Mapping[str, str]


def read_all(
    paths: Sequence[Path], declared: Declared, *, suffixes: frozenset[str] = SUFFIXES
) -> tuple[list[Reading], pl.DataFrame]:
    """Every file read once, folders opened; what a folder holds besides is told and left out.

    `declared` columns go to each list that has them. Raises UnusableInput when a file that was
    named cannot be read, or when no list has a declared column.
    """
    found = list(files(paths, suffixes))
    readings, used, met = [], set(), [no_problems()]
    for place, (path, is_named) in enumerate(found):
        earlier = same_content(path, [other for other, _ in found[:place]])
        label = labelled(path, [other for other, _ in found])
        if earlier:
            met.append(problem(REPEATED, labelled(earlier, [path, earlier]), file=label))
            continue
        try:
            reading, taken = read_mapped(path, declared, label=label)
        except UnusableInput as refusal:
            if is_named:
                raise
            is_foreign = set(refusal.problems["code"]) <= FOREIGN
            met.append(problem(SKIPPED, file=label) if is_foreign else refusal.problems)
            continue
        readings.append(reading)
        used |= set(taken) if "columns" in reading.facts else set()
    refuse_unused({field: declared[field] for field in declared if field not in used}, readings)
    return readings, pl.concat([*met, *(reading.problems for reading in readings)])


def files(
    paths: Sequence[Path], suffixes: frozenset[str] = SUFFIXES
) -> Iterator[tuple[Path, bool]]:
    """Each file, and whether it was named itself (and not found in a folder)."""
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() in suffixes)
            yield from ((one, False) for one in inside)
        else:
            yield path, True


def same_content(path: Path, earlier: Sequence[Path]) -> Path | None:
    """The first of some files that holds the same bytes."""
    if not path.is_file():
        return None
    return next((one for one in earlier if filecmp.cmp(one, path, shallow=False)), None)


def labelled(path: Path, among: Sequence[Path]) -> str:
    """The name that a file goes by: with its folder when another one has the same name."""
    alike = {one.resolve() for one in among if one.name == path.name}
    return path.name if len(alike) < 2 else str(path)


def read_mapped(path: Path, declared: Declared, *, label: str) -> tuple[Reading, Declared]:
    """One file, and the declared columns that it has; raises UnusableInput."""
    try:
        return read_file(path, declared, label=label), declared
    except UnusableInput as refusal:
        first = refusal.problems.row(0, named=True)
        if first["code"] != NO_SUCH_COLUMN.code:
            raise
        rest = {field: name for field, name in declared.items() if field != first["facts"][0]}
        try:
            return read_mapped(path, rest, label=label)
        except UnusableInput:
            raise refusal from None


def read_file(path: Path, declared: Declared, *, label: str) -> Reading:
    """One file; raises UnusableInput, also when it is not there."""
    try:
        content = path.read_bytes()
    except OSError:
        raise UnusableInput(problem(ABSENT, file=str(path))) from None
    return registry.read(Source(label, content), declared)


def refuse_unused(unused: Declared, readings: Sequence[Reading]) -> None:
    """Refuse a declared column that no list has."""
    columns = " · ".join(one.facts["columns"] for one in readings if "columns" in one.facts)
    for field, heading in unused.items():
        raise UnusableInput(problem(NO_SUCH_COLUMN, field, heading, columns, file=names(readings)))


def names(readings: Sequence[Reading]) -> str:
    """The files of some readings, for a sentence."""
    return ", ".join(reading.facts["file"] for reading in readings)
