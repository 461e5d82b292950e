"""The fields of a list of customers beside code, name, terms and kind, each in its normal form.

They are checked with the functions that the screens use. What cannot be read is told, line by
line, and left out; the rest of the line is kept.
"""

from collections.abc import Callable, Mapping

import polars as pl

from quittance.core import addresses, bank_identifiers, identifiers
from quittance.core.customer_lists import LISTED, are_kinds
from quittance.core.identifiers import Refusal, letters
from quittance.core.phrase import LANGUAGES
from quittance.core.problems import Rule, problems_at
from quittance.readers import customer_rules as rules

Read = Callable[[str], str | Refusal]
Columns = Mapping[str, str]  # field → heading
Problems = list[pl.DataFrame]

RAW = (*LISTED, "contact_first_name", "mobile", "address_more", "postcode", "city")
IDENTIFIERS: Mapping[str, Read] = {
    "siren": identifiers.siren,
    "siret": identifiers.siret,
    "vat": identifiers.vat,
    "iban": bank_identifiers.iban,
    "country": addresses.country,
    "email": addresses.email,
}
LONGEST = {
    "customer": 100, "name": 300, "segment": 60, "group": 200, "contact_name": 200,
    "contact_role": 60, "address": 1000, "collector": 254, "salesperson": 254,
}  # fmt: skip
LANGUAGE_WORDS = {"FR": "fr", "EN": "en", "ANG": "en"}  # what the words for a language begin with
DEFAULT_COUNTRY = "FR"
SEPARATOR = "\t"


def with_kind_or_segment(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows whose column of segments is the kind of customer, where all its words are kinds."""
    if "customer_kind" in rows.columns or "segment" not in rows.columns:
        return rows
    return rows.rename({"segment": "customer_kind"}) if are_kinds(rows["segment"]) else rows


def with_details(rows: pl.DataFrame, headings: Columns) -> tuple[pl.DataFrame, Problems]:
    """Rows with every field of `LISTED` in its normal form, null where nothing is stated."""
    absent = [pl.lit(None, pl.String).alias(name) for name in RAW if name not in rows.columns]
    texts = pl.col(pl.String).exclude("file")
    rows = rows.with_columns(absent).with_columns(pl.when(texts != "").then(texts).name.keep())
    met: Problems = []
    for name, read in IDENTIFIERS.items():
        rows, problems = normal(rows, name, read=read)
        met.append(problems)
    rows, of_several = without_contradictions(rows)
    rows, of_languages = with_language(rows, headings)
    rows, of_phones = with_phone(rows)
    rows, of_places = with_address(rows)
    rows, of_lengths = within_lengths(with_contact_name(rows), headings)
    return rows, [*met, of_several, of_languages, *of_phones, of_places, of_lengths]


def normal(
    rows: pl.DataFrame, name: str, *, read: Read, rule: Rule = rules.UNREADABLE
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A column in its normal form, each different text read once; what is refused is told."""
    found = {text: read(text) for text in rows[name].drop_nulls().unique().to_list()}
    sound = {text: value for text, value in found.items() if isinstance(value, str)}
    wrong = {text: value for text, value in found.items() if isinstance(value, Refusal)}
    told = no_problem(rows) if not wrong else problems_at(
        rows.filter(pl.col(name).is_in(list(wrong))),
        rule,
        facts=[
            pl.col(name).replace_strict({text: one.phrase.fr for text, one in wrong.items()}),
            pl.col(name).replace_strict({text: one.phrase.en for text, one in wrong.items()}),
        ],
        lines=0,
    )  # fmt: skip
    kept = pl.col(name).replace_strict(
        list(sound), list(sound.values()), default=None, return_dtype=pl.String
    )
    return rows.with_columns(kept if sound else pl.lit(None, pl.String).alias(name)), told


def no_problem(rows: pl.DataFrame) -> pl.DataFrame:
    """No problem of some rows."""
    return problems_at(rows.clear(), rules.UNREADABLE, facts=["file", "file"])


def without_contradictions(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows whose SIRET and VAT number are of their SIREN; without a SIREN, the SIRET has it."""
    rows = rows.with_columns(siren=pl.coalesce("siren", pl.col("siret").str.slice(0, 9)))
    of_siret = pl.col("siret").str.slice(0, 9) != pl.col("siren")
    is_french = pl.col("vat").str.contains("^FR..[0-9]{9}$") & ~pl.col("vat").str.contains(
        "^FR..000"
    )
    of_vat = is_french & (pl.col("vat").str.slice(4) != pl.col("siren"))
    wrong = rows.filter(of_siret.fill_null(value=False) | of_vat.fill_null(value=False))
    phrases = [
        [
            found.phrase
            for found in identifiers.contradictions(siren=a or "", siret=b or "", vat=c or "")
        ]
        for a, b, c in wrong.select("siren", "siret", "vat").iter_rows()
    ]
    causes = {
        "fr": [" ".join(one.fr for one in each) for each in phrases],
        "en": [" ".join(one.en for one in each) for each in phrases],
    }
    told = wrong.with_columns(
        pl.Series("cause_fr", causes["fr"], pl.String),
        pl.Series("cause_en", causes["en"], pl.String),
    )
    return rows.with_columns(
        siret=pl.when(~of_siret.fill_null(value=False)).then("siret"),
        vat=pl.when(~of_vat.fill_null(value=False)).then("vat"),
    ), problems_at(told, rules.CONTRADICTION, facts=["cause_fr", "cause_en"], lines=0)


def with_language(rows: pl.DataFrame, headings: Columns) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows with the code of a language that letters are written in."""
    known = {text: language_of(text) for text in rows["language"].drop_nulls().unique().to_list()}
    code = pl.col("language").replace_strict(known, default=None, return_dtype=pl.String)
    read = rows.with_columns(text="language", language=code if known else pl.col("language"))
    lost = read.filter(pl.col("text").is_not_null() & pl.col("language").is_null())
    facts = [heading(headings, "language"), pl.col("text"), pl.lit(", ".join(LANGUAGES))]
    return read.drop("text"), problems_at(lost, rules.LANGUAGE, facts=facts, lines=0)


def language_of(text: str) -> str | None:
    """The language that a word means, in French or in English.

    >>> language_of("fr_FR"), language_of("Anglais"), language_of("English (UK)"), language_of("de")
    ('fr', 'en', 'en', None)
    """
    word = letters(text)
    return next((code for start, code in LANGUAGE_WORDS.items() if word.startswith(start)), None)


def with_phone(rows: pl.DataFrame) -> tuple[pl.DataFrame, Problems]:
    """Rows with a telephone number, as the country dials it; a mobile where there is no other."""
    met = []
    for name in ("phone", "mobile"):
        rows, problems = normal(rows.with_columns(in_country(name)), name, read=phone_in)
        met.append(problems)
    return rows.with_columns(phone=pl.coalesce("phone", "mobile")), met


def in_country(name: str) -> pl.Expr:
    """A text behind the code of its line's country."""
    country = pl.col("country").fill_null(DEFAULT_COUNTRY)
    return pl.concat_str(country, name, separator=SEPARATOR).alias(name)


def phone_in(text: str) -> str | Refusal:
    """A telephone number behind the code of its country."""
    country, _, number = text.partition(SEPARATOR)
    return addresses.phone(number, country)


def postal_code_in(text: str) -> str | Refusal:
    """A postal code behind the code of its country."""
    country, _, code = text.partition(SEPARATOR)
    return addresses.postal_code(code, country)


def with_address(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows with one postal address on several lines; a strange postal code is told, and kept."""
    typed = rows.select(typed="postcode")
    rows, told = normal(
        rows.with_columns(in_country("postcode")),
        "postcode", read=postal_code_in, rule=rules.POSTCODE,
    )  # fmt: skip
    code = pl.coalesce("postcode", typed["typed"])
    town = pl.concat_str(code, "city", separator=" ", ignore_nulls=True)
    street = pl.col("address").str.replace_all(r"\s*[\r\n]+\s*", "\n")
    lines = pl.concat_str(street, "address_more", town.replace({"": None}), separator="\n",
                          ignore_nulls=True)  # fmt: skip
    return rows.with_columns(address=lines.replace({"": None})), told


def with_contact_name(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with the whole name of their contact, one space between its words."""
    whole = pl.concat_str("contact_first_name", "contact_name", separator=" ", ignore_nulls=True)
    named = pl.when(pl.col("contact_name").is_not_null()).then(whole.str.replace_all(r"\s+", " "))
    return rows.with_columns(contact_name=named)


def within_lengths(rows: pl.DataFrame, headings: Columns) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows without the texts that are longer than their field, each one told."""
    met = [no_problem(rows)]
    for name, most in LONGEST.items():
        is_long = pl.col(name).str.len_chars() > most
        facts = [heading(headings, name), pl.col(name).str.len_chars(), pl.lit(most)]
        met.append(problems_at(rows.filter(is_long), rules.LONG, facts=facts, lines=0))
        if name != "customer":
            rows = rows.with_columns(pl.when(~is_long).then(name).alias(name))
    return rows, pl.concat(met)


def heading(headings: Columns, name: str) -> pl.Expr:
    """The heading of a field, for a problem."""
    return pl.lit(headings.get(name, name))
