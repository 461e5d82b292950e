"""Which reader a file is for: each reader is asked, the content decides, never the name."""

from collections.abc import Mapping

from quittance.core.phrase import Phrase
from quittance.core.problems import Rule, UnusableInput, problem
from quittance.readers import fec, tabular
from quittance.readers.reader import Reading, Source

EMPTY = Rule(
    "file-empty",
    "error",
    (),
    Phrase("le fichier est vide", "the file is empty"),
    Phrase("Un export contient au moins un en-tête.", "An export holds at least a heading."),
    Phrase("Relancez l'export.", "Run the export again."),
)
FOREIGN = Rule(
    "file-foreign",
    "error",
    ("format",),
    Phrase("le contenu est {format}, pas un export de données",
           "the content is {format}, not an export of data"),
    Phrase("Le contenu fait foi, pas l'extension du nom.",
           "The content is what counts, not the extension of the name."),
    Phrase("Exportez les données en FEC, CSV ou XLSX.", "Export the data as FEC, CSV or XLSX."),
)  # fmt: skip
UNKNOWN = Rule(
    "file-unknown",
    "error",
    ("start",),
    Phrase("format non reconnu : « {start} »", "format not recognised: '{start}'"),
    Phrase(
        "Sont lus : le FEC, et les listes CSV ou XLSX de factures, de règlements et de clients.",
        "Read are: the FEC, and CSV or XLSX lists of invoices, payments and customers.",
    ),
    Phrase(
        "Vérifiez que la première ligne porte les noms des colonnes.",
        "Check that the first line holds the names of the columns.",
    ),
)
MAGIC = {
    b"%PDF": Phrase("un PDF", "a PDF"),
    b"\x89PNG": Phrase("une image", "an image"),
    b"\xff\xd8\xff": Phrase("une image", "an image"),
    b"\xd0\xcf\x11\xe0": Phrase("un ancien classeur Excel (.xls)", "an old Excel workbook (.xls)"),
    b"<?xml": Phrase("du XML", "XML"),
    b"{": Phrase("du JSON", "JSON"),
}


def read(source: Source, declared: Mapping[str, str] | None = None) -> Reading:
    """The rows and problems of a file of any known format.

    `declared` maps fields to headings for lists. Raises UnusableInput when nothing can be read.
    """
    if not source.content.strip():
        raise UnusableInput(problem(EMPTY, file=source.name))
    for mark, form in MAGIC.items():
        if source.content.lstrip().startswith(mark):
            told = problem(FOREIGN, form.fr, file=source.name)
            raise UnusableInput(told)
    if fec.identify(source):
        return fec.read(source)
    if declared or tabular.identify(source):
        return tabular.read(source, declared)
    start = source.content[:60].decode("utf-8", errors="replace").split("\n")[0]
    raise UnusableInput(problem(UNKNOWN, start, file=source.name))
