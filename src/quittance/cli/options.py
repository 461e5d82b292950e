"""The options that several commands share, and what their texts mean."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

LARGEST_AMOUNT = 10**12
EXIT_FINE, EXIT_PROBLEMS, EXIT_UNUSABLE = 0, 1, 2
PANEL_OUT = "Sortie / Output"


class Lang(StrEnum):
    """Languages of the reports."""

    fr = "fr"
    en = "en"


class Format(StrEnum):
    """Formats that a report is rendered in."""

    table = "table"
    json = "json"
    csv = "csv"
    csv_fr = "csv-fr"
    xlsx = "xlsx"
    html = "html"


class Allocate(StrEnum):
    """Where allocations come from."""

    books = "books"
    fifo = "fifo"


class Side(StrEnum):
    """What a payment settles first."""

    principal = "principal"
    interest = "interest"


class YearBase(StrEnum):
    """Days of the year that interest is divided by."""

    fixed = "365"
    actual = "actual"


class CustomerKind(StrEnum):
    """Who the debtor is."""

    business = "business"
    consumer = "consumer"
    public = "public"


class Creditor(StrEnum):
    """Who the creditor is: it picks the column of the legal rate."""

    company = "company"
    individual = "individual"


def day(text: str) -> date:
    """A day written YYYY-MM-DD, or DD/MM/YYYY, from 1900 to 2199."""
    parts = text.split("/")
    iso = "-".join(part.zfill(2) for part in reversed(parts)) if len(parts) == 3 else text
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        raise typer.BadParameter(f"'{text}' : écrivez AAAA-MM-JJ / write YYYY-MM-DD") from None
    if not 1900 <= found.year < 2200:
        raise typer.BadParameter(f"'{text}' : année de 1900 à 2199 / year from 1900 to 2199")
    return found


def amount(text: str, digits: int = 2) -> Decimal:
    """An amount in major units: `10000`, `1234.56`, `1234,56` or `1 234,56`.

    More decimals than the currency has are refused, so that `10.000` is never ten euros.
    """
    bare = re.sub(r"[ \u202f\u00a0]", "", text)
    if not re.fullmatch(rf"\d{{1,13}}([.,]\d{{1,{digits}}})?" if digits else r"\d{1,13}", bare):
        raise typer.BadParameter(
            f"'{text}' : montant illisible, écrivez 10000 ou 1234,56 / "
            "unreadable amount, write 10000 or 1234.56"
        )
    value = Decimal(bare.replace(",", "."))
    if value > LARGEST_AMOUNT:
        raise typer.BadParameter(f"'{text}' : montant impossible / impossible amount")
    return value


def currency(text: str) -> str:
    """A currency code of three letters (ISO 4217)."""
    code = text.strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise typer.BadParameter(f"'{text}' : code de trois lettres / a code of three letters")
    return code


def payment(text: str, digits: int = 2) -> tuple[date, Decimal]:
    """A payment written DATE:AMOUNT."""
    when, _, much = text.partition(":")
    if not much:
        raise typer.BadParameter(f"'{text}' : écrivez DATE:MONTANT / write DATE:AMOUNT")
    return day(when), amount(much, digits)


def edges(text: str) -> tuple[int, ...]:
    """Bucket edges written `30,60,90`."""
    try:
        found = tuple(int(part) for part in text.split(","))
    except ValueError:
        found = ()
    if not found or found[0] < 1 or any(a >= b for a, b in pairwise(found)):
        raise typer.BadParameter(
            f"'{text}' : écrivez par exemple 30,60,90 / write for example 30,60,90"
        )
    return found


def declared(texts: list[str]) -> dict[str, str]:
    """Declared columns, each written FIELD=HEADING."""
    pairs = [text.partition("=") for text in texts]
    if any(not heading for _, _, heading in pairs):
        raise typer.BadParameter("écrivez CHAMP=COLONNE / write FIELD=COLUMN")
    return {field.strip(): heading.strip() for field, _, heading in pairs}


Paths = Annotated[
    list[Path],
    typer.Argument(help="FEC, CSV ou XLSX, ou un dossier / FEC, CSV or XLSX, or a folder"),
]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of",
        help="Date de l'arrêté ; sans elle, celle du dernier mouvement / "
        "Date of the report; without it, the last movement's",
    ),
]
KnownOn = Annotated[
    str,
    typer.Option("--known-on", help="Tel qu'on le savait ce jour-là / As it was known on that day"),
]
Terms = Annotated[
    list[str],
    typer.Option(
        "--terms",
        help='Conditions : 30, "45 EOM", "EOM 45", "30 EOM 10", ou un CSV client;conditions / '
        "Terms, or a CSV customer;terms",
    ),
]
Allocation = Annotated[
    Allocate,
    typer.Option(
        "--allocate",
        help="books : lettrage des livres ; fifo : puis du plus ancien au plus récent / "
        "books: their matching codes; fifo: then oldest first",
    ),
]
Buckets = Annotated[str, typer.Option("--buckets", help="Tranches en jours / Bucket edges in days")]
Customers = Annotated[
    list[str], typer.Option("--customer", help="Code client, répétable / Customer code, repeatable")
]
Declared = Annotated[
    list[str],
    typer.Option("--map", help='Colonne d\'une liste : amount="Total TTC" / Column of a list'),
]
Margin = Annotated[
    float, typer.Option("--margin", help="Marge nette en % / Net margin in %", min=0.01)
]
ConvertTo = Annotated[
    str,
    typer.Option(
        "--convert-to",
        help="Total converti dans cette devise, avec --rates / Total converted to this currency",
    ),
]
RatesFiles = Annotated[
    list[Path],
    typer.Option(
        "--rates", help="Cours de la BCE : eurofxref-hist.csv, .zip ou .xml / Rates of the ECB"
    ),
]
OutFormat = Annotated[
    Format | None,
    typer.Option("--format", help="Format de sortie / Output format", rich_help_panel=PANEL_OUT),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", help="Fichier à écrire / File to write", rich_help_panel=PANEL_OUT
    ),
]
Language = Annotated[
    Lang, typer.Option("--lang", help="Langue / Language", rich_help_panel=PANEL_OUT)
]
Amount = Annotated[str, typer.Option("--amount", help="Montant TTC / Amount incl. VAT")]
Due = Annotated[str, typer.Option("--due", help="Échéance / Due date")]
On = Annotated[str, typer.Option("--on", help="Arrêté au / Computed up to")]
Payments = Annotated[
    list[str], typer.Option("--payment", help="DATE:MONTANT, répétable / repeatable")
]
Debtor = Annotated[CustomerKind, typer.Option("--customer", help="Débiteur / Debtor")]
CreditorKind = Annotated[Creditor, typer.Option("--creditor", help="Créancier / Creditor")]
Notice = Annotated[str, typer.Option("--notice", help="Mise en demeure du / Formal notice of")]
Insolvency = Annotated[
    str, typer.Option("--insolvency", help="Jugement d'ouverture du / Opening judgment of")
]
Judgment = Annotated[
    str, typer.Option("--judgment", help="Jugement exécutoire le / Judgment enforceable on")
]
Compound = Annotated[
    bool, typer.Option("--compound", help="Anatocisme (C. civ. 1343-2) / Compound interest")
]
Currency = Annotated[str, typer.Option("--currency", help="Devise / Currency")]


@dataclass(frozen=True)
class BooksRequest:
    """What every command on books is asked: which files, as of when, read how, shown how."""

    paths: list[Path]
    as_of: date | None
    known_on: date | None
    terms: list[str]
    allocate: Allocate
    customers: list[str]
    declared: dict[str, str]
    form: Format | None
    output: Path | None
    lang: Lang


def books_request(
    paths: Paths,
    *,
    as_of: AsOf = "",
    known_on: KnownOn = "",
    terms: Terms = [],  # noqa: B006  (typer copies it)
    allocate: Allocation = Allocate.books,
    customer: Customers = [],  # noqa: B006
    columns: Declared = [],  # noqa: B006
    form: OutFormat = None,
    output: Output = None,
    lang: Language = Lang.fr,
) -> BooksRequest:
    """The options that every command on books has; its signature is added to theirs."""
    return BooksRequest(
        paths=paths,
        as_of=day(as_of) if as_of else None,
        known_on=day(known_on) if known_on else None,
        terms=terms,
        allocate=allocate,
        customers=customer,
        declared=declared(columns),
        form=form,
        output=output,
        lang=lang,
    )
