"""Which reader a file is for: each reader is asked, the content decides, never the name."""

from collections.abc import Mapping

from quittance.core.phrase import Phrase
from quittance.core.problems import Rule, UnusableInput, problem
from quittance.readers import ecb_rates, fec, tabular
from quittance.readers.reader import Reading, Source
from quittance.readers.text import decoded, encoding_of

EMPTY = Rule(
    "file-empty",
    "error",
    (),
    Phrase("le fichier est vide.", "the file is empty."),
    Phrase("Un export contient au moins un en-tête.", "An export holds at least a heading."),
    Phrase("Relancez l'export.", "Run the export again."),
)
FOREIGN = Rule(
    "file-foreign",
    "error",
    ("format",),
    Phrase("le contenu est au format {format}, ce n'est pas un export de données.",
           "the content is in {format} format, not an export of data."),
    Phrase("Le contenu fait foi, pas l'extension du nom.",
           "The content is what counts, not the extension of the name."),
    Phrase("Exportez les données en FEC, CSV ou XLSX.", "Export the data as FEC, CSV or XLSX."),
)  # fmt: skip
UNKNOWN = Rule(
    "file-unknown",
    "error",
    ("start",),
    Phrase("format non reconnu : « {start} ».", "format not recognised: '{start}'."),
    Phrase(
        "Sont lus : le FEC, les listes CSV ou XLSX de factures, de règlements et de clients, et "
        "les cours de change de la BCE (CSV, XML ou .zip).",
        "Read are: the FEC, CSV or XLSX lists of invoices, payments and customers, and the "
        "exchange rates of the ECB (CSV, XML or .zip).",
    ),
    Phrase(
        "Vérifiez que la première ligne porte les noms des colonnes, ou dites quelle colonne est "
        'laquelle, par exemple --map amount="Total TTC".',
        "Check that the first line holds the names of the columns, or say which column is which, "
        'for instance --map amount="Total TTC".',
    ),
)
MAGIC = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\xd0\xcf\x11\xe0": "XLS (Excel 97-2003)",
    b"\x1f\x8b": "GZIP",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7Z",
    b"MZ\x90\x00": "EXE",
    b"\x7fELF": "ELF",
    b"<?xml": "XML",
    b"<": "HTML",
    b"{": "JSON",
    b"[": "JSON",
}


def read(source: Source, declared: Mapping[str, str] | None = None) -> Reading:
    """The rows and problems of a file of any known format.

    `declared` maps fields to headings for lists. Raises UnusableInput when nothing can be read.
    """
    if not source.content.strip():
        raise UnusableInput(problem(EMPTY, file=source.name))
    if ecb_rates.identify(source):
        return ecb_rates.read(source)
    start = source.content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, form in MAGIC.items():
        if start.startswith(mark):
            raise UnusableInput(problem(FOREIGN, form, file=source.name))
    if is_binary(source.content[:1000]):
        raise UnusableInput(problem(FOREIGN, "binaire/binary", file=source.name))
    if fec.identify(source):
        return fec.read(source)
    if declared or tabular.identify(source):
        return tabular.read(source, declared)
    first = decoded(source.content[:1000]).content.decode().strip().split("\n")[0]
    raise UnusableInput(problem(UNKNOWN, first[:60], file=source.name))


def is_binary(start: bytes) -> bool:
    """Whether a file is neither text nor a workbook."""
    is_text = encoding_of(start).startswith("utf-16") or start.startswith(tabular.XLSX)
    return 0 in start and not is_text
