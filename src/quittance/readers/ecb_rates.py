"""Euro foreign exchange reference rates: how much of each currency one euro is, day by day.

Issued by the European Central Bank on the working days of TARGET, around 16:00
(https://www.ecb.europa.eu/stats/eurofxref/). Read: the table of one day (`eurofxref.csv`), the
whole history since 1999 (`eurofxref-hist.csv`), either of them in its `.zip`, and the same as XML
(`eurofxref-daily.xml`, `eurofxref-hist-90d.xml`, `eurofxref-hist.xml`).

    Date,USD,JPY,BGN,CYP,CZK,…,
    2024-06-28,1.0705,171.94,1.9558,N/A,25.025,…,
    2024-06-27,1.0696,171.86,1.9558,N/A,25.045,…,

A line is one rate: a cell of the CSV that says something else than `N/A`, or a Cube of the XML.
"""

import io
import re
import zipfile
import zlib
from xml.parsers.expat import ExpatError, ParserCreate

import polars as pl

from quittance.core.phrase import Phrase
from quittance.core.problems import (
    Rule,
    UnusableInput,
    no_problems,
    problem,
    problems_at,
    set_aside,
)
from quittance.core.schema import EXCHANGE_RATES
from quittance.readers.delimited import cut
from quittance.readers.reader import Reading, Source
from quittance.readers.text import decoded

HEADING = re.compile(r"\s*Date\s*(,\s*[A-Z]{3}\s*)+(,\s*)?")
VOCABULARY = "http://www.ecb.int/vocabulary/2002-08-01/eurofxref"
ZIP = b"PK\x03\x04"
LOOKED_AT = 65_536
MOST_BYTES = 64_000_000  # the whole history is 2 MB as CSV and 9 MB as XML
CELLS = {"line": pl.Int64, "day": pl.String, "currency": pl.String, "text": pl.String}
COLUMNS = {"file": pl.String, "line": pl.Int64, **EXCHANGE_RATES}

AGAIN = Phrase(
    "Téléchargez le fichier à nouveau sur le site de la BCE ; ce cours est laissé de côté.",
    "Download the file again from the ECB's site; this rate is left out.",
)
WHOLE_AGAIN = Phrase(
    "Téléchargez le fichier à nouveau sur le site de la BCE.",
    "Download the file again from the ECB's site.",
)
RATE = Rule(
    "rates-rate",
    "error",
    ("currency", "day", "text"),
    Phrase("cours {currency} du {day} illisible : « {text} ».",
           "unreadable rate of {currency} on {day}: '{text}'."),
    Phrase("Un cours est un nombre positif à six décimales au plus : 1.0876.",
           "A rate is a positive number with at most six decimals: 1.0876."),
    AGAIN,
)  # fmt: skip
DATE = Rule(
    "rates-date",
    "error",
    ("text",),
    Phrase("jour de publication illisible : « {text} ».",
           "unreadable day of publication: '{text}'."),
    Phrase("Le jour s'écrit 2026-11-20, ou 20 November 2026.",
           "The day is written 2026-11-20, or 20 November 2026."),
    AGAIN,
)  # fmt: skip
WIDTH = Rule(
    "rates-width",
    "error",
    ("fields", "expected"),
    Phrase("{fields} champ(s) au lieu de {expected}.", "{fields} field(s) instead of {expected}."),
    Phrase("Chaque ligne a une case par devise de l'en-tête.",
           "Each line has a cell for each currency of the heading."),
    AGAIN,
)  # fmt: skip
TWICE = Rule(
    "rates-contradictory",
    "error",
    ("currency", "day", "texts"),
    Phrase("plusieurs cours {currency} le {day} : {texts}.",
           "several rates of {currency} on {day}: {texts}."),
    Phrase("Une devise a un seul cours par jour.", "A currency has one rate a day."),
    AGAIN,
)  # fmt: skip
DOCTYPE = Rule(
    "rates-doctype",
    "error",
    (),
    Phrase("le XML a une déclaration DOCTYPE.", "the XML has a DOCTYPE declaration."),
    Phrase("Un fichier de la BCE n'en a pas ; elle pourrait faire lire d'autres fichiers.",
           "A file of the ECB has none; it could have other files read."),
    WHOLE_AGAIN,
)  # fmt: skip
DAMAGED = Rule(
    "rates-damaged",
    "error",
    (),
    Phrase("le fichier de cours est abîmé ou incomplet.", "the file of rates is damaged or cut."),
    Phrase("Un XML va jusqu'à sa dernière balise ; un .zip contient un fichier de cours entier.",
           "An XML goes to its last tag; a .zip holds one whole file of rates."),
    WHOLE_AGAIN,
)  # fmt: skip


def identify(source: Source) -> bool:
    """Whether it is the heading of the CSV or the vocabulary of the XML, maybe alone in a zip."""
    start = unpacked(source, LOOKED_AT)
    return is_xml(start) or bool(codes(start))


def read(source: Source) -> Reading:
    """The rates as `EXCHANGE_RATES`, with `file` and `line`, and the problems.

    Raises UnusableInput when the XML or the zip is damaged, or the XML declares a DOCTYPE.
    """
    content = unpacked(source, MOST_BYTES + 1)
    if not content or len(content) > MOST_BYTES:
        raise UnusableInput(problem(DAMAGED, file=source.name))
    if is_xml(content):
        cells, of_width = cubes(content, file=source.name), no_problems()
    else:
        cells, of_width = table(content, file=source.name)
    named = cells.with_columns(pl.col("day", "text").str.strip_chars(), file=pl.lit(source.name))
    stated = named.filter(is_stated(pl.col("text")))
    rows, problems = rates(stated)
    lines = stated.height + set_aside(of_width)
    problems = pl.concat([of_width, problems]).sort("line", maintain_order=True)
    facts = {"file": source.name, "form": "XML" if is_xml(content) else "CSV"}
    return Reading("ECB rates", "exchange_rates", rows, lines, problems, facts)


def unpacked(source: Source, most: int) -> bytes:
    """The first bytes of the file, or of the only file of a zip; none where it cannot be opened."""
    if not source.content.startswith(ZIP):
        return source.content[:most]
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            (only,) = archive.infolist()
            with archive.open(only) as file:
                return file.read(most)
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError, OSError):
        return b""


def is_xml(content: bytes) -> bool:
    """Whether it is an XML that names the bank's vocabulary near its beginning."""
    head = content[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"<") and VOCABULARY.encode() in head


def codes(content: bytes) -> list[str]:
    """The currencies of a CSV's heading, its first line that is not empty; else none."""
    line = decoded(content[:LOOKED_AT]).content.lstrip(b"\n").split(b"\n")[0]
    heading = line.decode(errors="replace")
    found = [cell.strip() for cell in heading.split(",")[1:] if cell.strip()]
    is_heading = HEADING.fullmatch(heading) and len(set(found)) == len(found)
    return found if is_heading else []


def table(content: bytes, *, file: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells of a CSV, one row each, and the lines that have another width than the heading."""
    text = decoded(content).content
    body = text.lstrip(b"\n")
    names = ["day", *codes(content)]
    first_line = len(text) - len(body) + 2
    rest = body.partition(b"\n")[2]
    frame, wrong = cut(rest, ",", names=names, used=set(names), first_line=first_line)
    cells = frame.unpivot(
        names[1:], index=["line", "day"], variable_name="currency", value_name="text"
    )
    stated = pl.col("text").str.split(",").list.slice(1).list.eval(is_stated(pl.element()))
    of_width = problems_at(
        wrong.with_columns(file=pl.lit(file)),
        WIDTH,
        facts=["fields", pl.lit(len(names))],
        lines=stated.list.sum(),
    )
    return cells.select(pl.col(*CELLS)), of_width


def is_stated(text: pl.Expr) -> pl.Expr:
    """Whether a cell says something: a currency not published on a day has `N/A`, or nothing."""
    return ~text.str.strip_chars().is_in(["", "N/A"])


def cubes(content: bytes, *, file: str) -> pl.DataFrame:
    """The rates of an XML, one row each. No DOCTYPE is let in, so no entity can be declared."""
    found: list[tuple[int, str, str, str]] = []
    days = [""]
    parser = ParserCreate(namespace_separator=" ")

    def element(name: str, attributes: dict[str, str]) -> None:
        if name != f"{VOCABULARY} Cube":
            return
        days.append(attributes.get("time", days[-1]))
        if attributes.keys() & {"currency", "rate"}:
            texts = (attributes.get("currency", "?"), attributes.get("rate", "?"))
            found.append((parser.CurrentLineNumber, days[-1], *texts))

    def doctype(*_: object) -> None:
        raise UnusableInput(problem(DOCTYPE, file=file, line=parser.CurrentLineNumber))

    parser.StartElementHandler, parser.StartDoctypeDeclHandler = element, doctype
    try:
        parser.Parse(content, True)
    except (ExpatError, LookupError, ValueError):
        line = parser.CurrentLineNumber
        raise UnusableInput(problem(DAMAGED, file=file, line=line)) from None
    return pl.DataFrame(found, schema=CELLS, orient="row")


def rates(cells: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells that are rates, as `COLUMNS`, and a problem for every other one."""
    valued = cells.with_columns(
        date=pl.coalesce(
            pl.col("day").str.to_date("%Y-%m-%d", strict=False),
            pl.col("day").str.to_date("%d %B %Y", strict=False),
        ),
        rate_e6=pl.when(pl.col("currency").str.contains(r"^[A-Z]{3}$")).then(millionths("text")),
    )
    undated = valued.filter(pl.col("date").is_null()).group_by("file", "day", maintain_order=True)
    counted = undated.agg(pl.col("line").min(), pl.len().alias("cells"))
    of_dates = problems_at(counted, DATE, facts=["day"], lines=pl.col("cells"))
    dated = valued.filter(pl.col("date").is_not_null())
    unreadable = dated.filter(pl.col("rate_e6").is_null())
    of_rates = problems_at(unreadable, RATE, facts=["currency", "day", "text"])
    sound, of_twice = without_contradictions(dated.filter(pl.col("rate_e6").is_not_null()))
    rows = sound.sort("line", maintain_order=True).select(
        pl.col(name).cast(dtype) for name, dtype in COLUMNS.items()
    )
    return rows, pl.concat([of_dates, of_rates, of_twice])


def millionths(text: str) -> pl.Expr:
    """A positive decimal text with at most six decimals as whole millionths, else null."""
    whole, part = (
        pl.col(text).str.extract(r"^(\d{1,9})(?:\.(\d{1,6}))?$", group) for group in (1, 2)
    )
    digits = pl.concat_str(whole, part.fill_null("").str.pad_end(6, "0"))
    value = digits.cast(pl.Int64, strict=False)
    return pl.when(value > 0).then(value)


def without_contradictions(rates: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rates without those of a currency that has several on a day, and a problem for each."""
    is_twice = pl.col("rate_e6").n_unique().over("currency", "date") > 1
    told = (
        rates.filter(is_twice)
        .group_by("file", "currency", "date", maintain_order=True)
        .agg(
            pl.col("day").first(),
            pl.col("line").min(),
            pl.len().alias("cells"),
            pl.col("text").str.join(", "),
        )
    )
    facts = ["currency", "day", "text"]
    return rates.filter(~is_twice), problems_at(told, TWICE, facts=facts, lines=pl.col("cells"))
