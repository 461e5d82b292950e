"""What lists of customers say: names, terms and kinds, identifiers, who follows them, contacts.

Lists add up: of each field, the last value that one of them states holds. A contact is one
customer's person: the same name is the same contact, or without a name the same address.
See docs/algorithms/ledger.md.
"""

import polars as pl

from quittance.core.natural_keys import key_text
from quittance.core.schema import (
    CONTACTS,
    CUSTOMER_DETAILS,
    CUSTOMERS,
    Schema,
    checked,
    shaped,
)

CODES: Schema = {
    "customer": pl.String,  # the key that a list uses
    "code": pl.String,
}
CUSTOMER_ROWS: Schema = {
    "key": pl.String,
    "customer": pl.String,
    "name": pl.String,
    "terms": pl.String,
    "customer_kind": pl.String,
}
DETAILS = tuple(name for name in CUSTOMER_DETAILS if name != "customer")
REACHED_BY = ("email", "phone", "address")
LISTED: Schema = {
    "file": pl.String,
    "line": pl.Int64,
    **CUSTOMER_ROWS,
    **dict.fromkeys(DETAILS, pl.String),
    **dict.fromkeys(("contact_name", "contact_role", *REACHED_BY), pl.String),
}
KIND_WORDS = {
    "public": r"(?i)public|mairie|collectivit|administration|[ée]tat|h[ôo]pital",
    "consumer": r"(?i)particulier|consumer|individual|b2c|consommateur",
}
# A word that says a kind and nothing else.
KIND_ALONE = (
    r"(?i)^(organismes?|secteur)? ?publics?$|^mairies?$|^collectivit[ée]s?( locales?| publiques?)?$"
    r"|^administrations?$|^(clients? )?particuliers?$|^consumers?$|^individuals?$|^b2[bcg]$"
    r"|^consommateurs?$|^entreprises?$|^professionnels?$|^pros?$|^soci[ée]t[ée]s?$|^business(es)?$"
    r"|^compan(y|ies)$|^(public (body|sector))$|^associations?$"
)


@checked(customers=CUSTOMER_ROWS)
def codes_of(customers: pl.DataFrame) -> pl.DataFrame:
    """The `code` that stands for each `customer` key of the lists of customers."""
    keyed = customers.filter(pl.col("key").is_not_null()).unique(
        "key", keep="last", maintain_order=True
    )
    return keyed.select(customer="key", code=pl.coalesce("customer", "key"))


@checked(customers=CUSTOMER_ROWS)
def told_of(customers: pl.DataFrame) -> pl.DataFrame:
    """What lists say of each customer: the last name, terms and kind that one of them states."""
    said = pl.col("customer_kind").is_not_null()
    return (
        customers.with_columns(
            customer=pl.coalesce("customer", "key"),
            told_kind=pl.when(said).then(kind_of(pl.col("customer_kind"))),
        )
        .group_by("customer")
        .agg(
            told_name=pl.col("name").drop_nulls().last(),
            told_terms=pl.col("terms").drop_nulls().last(),
            told_kind=pl.col("told_kind").drop_nulls().last(),
        )
    )


def kind_of(text: pl.Expr) -> pl.Expr:
    """The kind of customer that a word of a list means; business where it says nothing."""
    said = text.fill_null("")
    kind = pl.lit("business")
    for name, words in KIND_WORDS.items():
        kind = pl.when(said.str.contains(words)).then(pl.lit(name)).otherwise(kind)
    return kind


def are_kinds(texts: pl.Series) -> bool:
    """Whether all words of a column say the kind of customer, so that it is no segment.

    >>> are_kinds(pl.Series(["Particuliers", "entreprise", ""])), are_kinds(pl.Series(["Public",
    ... "Travaux publics"]))
    (True, False)
    """
    words = texts.drop_nulls().str.strip_chars()
    said = words.filter(words != "")
    return bool(said.len()) and bool(said.str.contains(KIND_ALONE).all())


@checked(lists=LISTED, customers=CUSTOMERS)
def details_of(lists: pl.DataFrame, customers: pl.DataFrame) -> pl.DataFrame:
    """`CUSTOMER_DETAILS` of the customers of the books: the last value stated of each field."""
    last = (
        lists.with_columns(customer=pl.coalesce("customer", "key"))
        .group_by("customer")
        .agg(pl.col(DETAILS).drop_nulls().last())
    )
    found = customers.select("customer").join(
        last, on="customer", how="left", maintain_order="left"
    )
    return shaped(found, CUSTOMER_DETAILS)


@checked(lists=LISTED, customers=CUSTOMERS)
def contacts_of(lists: pl.DataFrame, customers: pl.DataFrame) -> pl.DataFrame:
    """`CONTACTS` of the customers of the books, the first line's being the main one."""
    reached = pl.any_horizontal(pl.col("contact_name", *REACHED_BY).is_not_null())
    stated = (
        lists.filter(reached)
        .with_columns(customer=pl.coalesce("customer", "key"))
        .join(customers.select("customer", whose="name"), on="customer", maintain_order="left")
    )
    found = (
        keyed(stated)
        .group_by("customer", "key", maintain_order=True)
        .agg(
            pl.col("line").min(),
            name=pl.coalesce(
                pl.col("contact_name").drop_nulls().last(),
                pl.col("contact_role").drop_nulls().last(),
                pl.col("whose").last(),
            ),
            role=pl.col("contact_role").drop_nulls().last().fill_null(""),
            **{name: pl.col(name).drop_nulls().last().fill_null("") for name in REACHED_BY},
        )
        .sort("customer", "line", "key")
    )
    is_main = pl.int_range(pl.len()).over("customer") == 0
    return shaped(found.with_columns(is_main=is_main), CONTACTS)


def keyed(stated: pl.DataFrame) -> pl.DataFrame:
    """Lines with the `key` of their contact: its name, else by what it is reached.

    A line without a name whose e-mail address another line gives to somebody is that person's.
    """
    name = pl.col("contact_name").str.to_lowercase().str.replace_all(r"\s+", " ")
    known = (
        stated.filter(pl.col("contact_name").is_not_null(), pl.col("email").is_not_null())
        .sort("contact_name")
        .unique(["customer", "email"], keep="first")
        .select("customer", "email", known=key_text(pl.lit("name"), name))
    )
    joined = stated.join(known, on=["customer", "email"], how="left", maintain_order="left")
    by_name = pl.when(pl.col("contact_name").is_not_null()).then(key_text(pl.lit("name"), name))
    by_email = pl.when(pl.col("email").is_not_null()).then(
        key_text(pl.lit("email"), pl.col("email"))
    )
    by_phone = pl.when(pl.col("phone").is_not_null()).then(
        key_text(pl.lit("phone"), pl.col("phone"))
    )
    return joined.with_columns(
        key=pl.coalesce(by_name, "known", by_email, by_phone, pl.lit("address"))
    ).drop("known")
