"""What an address asks of a list of invoices or payments, beside words and order.

`state=overdue` · `customer=<number>` · `due_from`, `due_until`, `date_from`, `date_until` (days,
both included) · `amount_min`, `amount_max` (in units of each row's currency).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import polars as pl
from django.http import QueryDict

from quittance.core.money import LARGEST_AMOUNT, MINOR_DIGITS
from quittance.core.phrase import Language, Phrase
from quittance.reports.render.formats import date_text
from quittance.web.narrowing import SEARCHED, amount_of
from quittance.web.table_filters import address

States = Mapping[str, tuple[Phrase, tuple[str, ...]]]
INVOICE_STATES: States = MappingProxyType(
    {
        "open": (Phrase("Non soldées", "Not settled"), ("overdue", "not_due", "unallocated")),
        "overdue": (Phrase("Échues", "Overdue"), ("overdue",)),
        "credits": (Phrase("Avoirs à affecter", "Credits to allocate"), ("unallocated",)),
        "settled": (Phrase("Soldées", "Settled"), ("settled",)),
        "all": (Phrase("Toutes", "All"), ()),
    }
)
PAYMENT_STATES: States = MappingProxyType(
    {
        "all": (Phrase("Tous", "All"), ()),
        "unallocated": (
            Phrase("À affecter", "To allocate"), ("unallocated", "overdue", "not_due"),
        ),
        "settled": (Phrase("Affectés", "Allocated"), ("settled",)),
    }
)  # fmt: skip
DAYS: Mapping[str, tuple[str, Phrase, Phrase]] = {  # column, chip, label
    "due_from": ("due_date", Phrase("échéance dès le {day}", "due from {day}"),
                 Phrase("Échéance du", "Due from")),
    "due_until": ("due_date", Phrase("échéance jusqu'au {day}", "due until {day}"),
                  Phrase("au", "to")),
    "date_from": ("date", Phrase("daté dès le {day}", "dated from {day}"),
                  Phrase("Date du", "Dated from")),
    "date_until": ("date", Phrase("daté jusqu'au {day}", "dated until {day}"),
                   Phrase("au", "to")),
}  # fmt: skip
AMOUNTS: Mapping[str, tuple[Phrase, Phrase]] = {
    "amount_min": (Phrase("au moins {amount}", "at least {amount}"),
                   Phrase("Montant de", "Amount from")),
    "amount_max": (Phrase("au plus {amount}", "at most {amount}"), Phrase("à", "to")),
}  # fmt: skip
CUSTOMER = Phrase("client {name}", "customer {name}")


@dataclass(frozen=True)
class FilterField:
    """A field of the form of filters."""

    name: str
    label: str
    kind: str  # date or amount
    value: str


def state_asked(query: QueryDict, states: States) -> str:
    """The state of the address, or the first one."""
    asked = query.get("state", "")
    return asked if asked in states else next(iter(states))


def conditions(query: QueryDict) -> list[pl.Expr]:
    """The conditions that an address sets beside the state; what is unreadable sets none."""
    found = []
    if (customer := query.get("customer", "")).isdecimal() and len(customer) < 19:
        found.append(pl.col("customer_id") == int(customer))
    for name, (column, *_) in DAYS.items():
        if (day := day_of(query, name)) is not None:
            is_first = name.endswith("_from")
            found.append(pl.col(column) >= day if is_first else pl.col(column) <= day)
    digits = pl.col("currency").replace_strict(MINOR_DIGITS, default=2, return_dtype=pl.Int64)
    power = pl.lit(10, dtype=pl.Int64).pow(digits).cast(pl.Int64)
    for name in AMOUNTS:
        amount = amount_of(query.get(name, "").strip())
        if amount is not None and amount < LARGEST_AMOUNT:
            wanted = pl.lit(int(amount * 1000), dtype=pl.Int64) * power
            size = pl.col("amount_minor").abs() * 1000
            found.append(size >= wanted if name == "amount_min" else size <= wanted)
    return found


def day_of(query: QueryDict, name: str) -> date | None:
    """A day of the address; one that is unreadable is none."""
    try:
        return date.fromisoformat(query.get(name, ""))
    except ValueError:
        return None


def fields(query: QueryDict, names: tuple[str, ...], *, lang: Language) -> list[FilterField]:
    """The fields of the form, filled with what the address asks."""
    return [
        FilterField(
            name,
            (DAYS[name][2] if name in DAYS else AMOUNTS[name][1]).text(lang),
            "date" if name in DAYS else "amount",
            query.get(name, ""),
        )
        for name in names
    ]


def chips(query: QueryDict, *, lang: Language, customer: str) -> list[tuple[str, str]]:
    """What is filtered, in words, each with the link that stops it."""
    said = [CUSTOMER.filled(name=customer)] if customer else []
    names = ["customer"] if customer else []
    for name, (_, chip, _) in DAYS.items():
        if (day := day_of(query, name)) is not None:
            said.append(chip.filled(day=date_text(day, lang)))
            names.append(name)
    for name, (chip, _) in AMOUNTS.items():
        if amount_of(query.get(name, "").strip()) is not None:
            said.append(chip.filled(amount=query.get(name, "").strip()))
            names.append(name)
    return [
        (phrase.text(lang), address(query, **{name: None, "page": None}))
        for phrase, name in zip(said, names, strict=True)
    ]


def with_texts(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The rows with one text each for the search: the document and its customer's words."""
    plain = pl.col("document").str.normalize("NFKD").str.to_lowercase()
    words = plain.str.replace_all(r"\p{M}+", "").str.replace_all(r"[^0-9a-z]+", " ")
    texts = people.select("customer", theirs="search_text")
    joined = rows.join(texts, on="customer", how="left", maintain_order="left")
    searched = pl.concat_str(words, pl.col("theirs").fill_null(""), separator=" ")
    return joined.with_columns(searched.alias(SEARCHED)).drop("theirs")
