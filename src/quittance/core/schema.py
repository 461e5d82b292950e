"""The columns and units of every frame, and the check at the door of each public core function.

Amounts are whole minor units (`_minor`); dates are calendar days (`_date` or `date`); rates are
parts per million a year (`rate_ppm`: 12.15 % is 121 500), so that no float carries a rate.
Periods are half-open: `[valid_from, valid_until)`.
"""

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar

import polars as pl

Schema = Mapping[str, pl.DataType | type[pl.DataType]]
P = ParamSpec("P")
R = TypeVar("R")

CUSTOMER_KINDS = ("business", "consumer", "public")
ITEM_KINDS = (
    "invoice", "bill", "doubtful", "opening", "refund",  # owed by the customer
    "credit_note", "payment", "advance", "write_off",  # in the customer's favour
    "other",
)  # fmt: skip

CUSTOMERS: Schema = {
    "customer": pl.String,  # the code the books use
    "name": pl.String,
    "kind": pl.String,  # one of CUSTOMER_KINDS
    "terms": pl.String,  # as core/terms reads them
}
CUSTOMER_DETAILS: Schema = {  # null: nothing states it
    "customer": pl.String,
    "siren": pl.String,
    "siret": pl.String,
    "vat": pl.String,
    "iban": pl.String,
    "country": pl.String,  # ISO 3166
    "language": pl.String,  # one of LANGUAGES
    "segment": pl.String,
    "group": pl.String,
    "collector": pl.String,  # e-mail or name of a person, as written
    "salesperson": pl.String,
}
CONTACTS: Schema = {
    "customer": pl.String,
    "key": pl.String,  # what makes it the same contact in two lists, within the customer
    "name": pl.String,
    "role": pl.String,  # empty: nothing states it; so are the three below
    "email": pl.String,
    "phone": pl.String,  # E.164
    "address": pl.String,  # lines of a postal address
    "is_main": pl.Boolean,
}
ITEMS: Schema = {
    "item": pl.Int64,  # unique in the book
    "customer": pl.String,
    "document": pl.String,  # number of the invoice, or text of the payment
    "kind": pl.String,  # one of ITEM_KINDS
    "date": pl.Date,  # accounting date: the item exists from this day on
    "issue_date": pl.Date,  # date of the document itself
    "due_date": pl.Date,
    "currency": pl.String,
    "amount_minor": pl.Int64,  # + owed by the customer, − in its favour
    "recorded_date": pl.Date,  # when the fact became known
}
ALLOCATIONS: Schema = {
    "debit_item": pl.Int64,
    "credit_item": pl.Int64,
    "amount_minor": pl.Int64,  # > 0
    "date": pl.Date,  # accounting date: the later of the two items' dates
    "recorded_date": pl.Date,  # when the allocation was made (DateLet)
    "value_date": pl.Date,  # when the money or the credit note took effect
}
OPEN_ITEMS: Schema = {
    **ITEMS,
    "open_minor": pl.Int64,  # same sign as amount_minor
    "days_past_due": pl.Int64,  # negative before the due date
}
ENTRIES: Schema = {
    "file": pl.String,
    "line": pl.Int64,
    "journal": pl.String,
    "journal_label": pl.String,
    "entry": pl.String,
    "date": pl.Date,
    "account": pl.String,
    "account_label": pl.String,
    "auxiliary": pl.String,
    "auxiliary_label": pl.String,
    "piece": pl.String,
    "piece_date": pl.Date,
    "label": pl.String,
    "debit_minor": pl.Int64,
    "credit_minor": pl.Int64,
    "matching_code": pl.String,
    "matching_date": pl.Date,
    "valid_date": pl.Date,
    "entry_id": pl.Int64,  # lines of one entry share it, within a file
}
FILES: Schema = {
    "file": pl.String,  # its label, unique in the company
    "batch": pl.Int64,  # files of one batch were given together; a later batch was given later
    "place": pl.Int64,  # the order in which the files were given
    "replaces": pl.Boolean,  # what older batches hold in its period and it does not was deleted
}
SOURCES: Schema = {
    "item": pl.Int64,
    "key": pl.String,  # natural key, unique in the company: core/natural_keys
    "file": pl.String,  # the file and the line that state the item; null: no line does
    "line": pl.Int64,
    "journal": pl.String,  # null where the item comes from a list, as are the four below
    "entry": pl.String,
    "account": pl.String,
    "piece": pl.String,  # of a list: the number of the document
    "label": pl.String,
    "matching_code": pl.String,
}
ABSENT: Schema = {
    "key": pl.String,  # of an accounting entry (without its account), or of a line of a list
    "file": pl.String,  # the older file that states it
    "covering": pl.String,  # the newer file in whose period it lies
    "date": pl.Date,
    "customer": pl.String,  # null: an entry that touches no customer
    "document": pl.String,
    "currency": pl.String,
    "amount_minor": pl.Int64,  # + owed by the customer, − in its favour
}
MATCHING_CODES: Schema = {  # under which code of theirs the books settle a debit by a credit
    "debit_item": pl.Int64,
    "credit_item": pl.Int64,
    "matching_code": pl.String,  # several, apart by a space, where years gave it several
}
LEDGER: Schema = {
    "account": pl.String,
    "date": pl.Date,
    "debit_minor": pl.Int64,
    "credit_minor": pl.Int64,
    "is_opening": pl.Boolean,
}
INTERRUPTIONS: Schema = {
    "item": pl.Int64,
    "date": pl.Date,
    "event": pl.String,  # acknowledgment, court_claim, enforcement, insolvency_declaration…
    "status": pl.String,  # certain | unsettled | erased
}
PROBLEMS: Schema = {
    "file": pl.String,
    "line": pl.Int64,  # null: the whole file
    "lines": pl.Int64,  # lines set aside by this problem
    "code": pl.String,
    "severity": pl.String,
    "facts": pl.List(pl.String),
}
EXCHANGE_RATES: Schema = {
    "currency": pl.String,  # ISO 4217; never EUR, of which all are stated
    "date": pl.Date,  # day on which the European Central Bank published it
    "rate_e6": pl.Int64,  # millionths of the currency for one euro: 1.0876 USD is 1 087 600
}
# Legal values. `verified` is false where no official or secondary source was found.
LEGAL_RATES: Schema = {
    "series": pl.String,  # ecb_refinancing, legal_private, legal_other, b2b_default, …
    "valid_from": pl.Date,
    "valid_until": pl.Date,
    "rate_ppm": pl.Int64,
    "reference": pl.String,
    "source": pl.String,
    "checked_on": pl.Date,
    "verified": pl.Boolean,
}
LEGAL_AMOUNTS: Schema = {
    "name": pl.String,
    "valid_from": pl.Date,
    "valid_until": pl.Date,
    "amount_minor": pl.Int64,
    "currency": pl.String,
    "reference": pl.String,
    "source": pl.String,
    "checked_on": pl.Date,
    "verified": pl.Boolean,
}
TERM_CEILINGS: Schema = {
    "code": pl.String,
    "scope_fr": pl.String,
    "scope_en": pl.String,
    "starts_on": pl.String,  # invoice_date, receipt_or_performance, delivery, …
    "days": pl.Int64,
    "end_of_month": pl.String,  # no, yes, either
    "valid_from": pl.Date,
    "valid_until": pl.Date,
    "reference": pl.String,
    "source": pl.String,
    "checked_on": pl.Date,
    "verified": pl.Boolean,
}
LIMITATION_PERIODS: Schema = {
    "code": pl.String,
    "claim_fr": pl.String,
    "claim_en": pl.String,
    "months": pl.Int64,
    "starts_on": pl.String,  # due_date, delivery, next_new_year
    "reference": pl.String,
    "source": pl.String,
    "checked_on": pl.Date,
    "verified": pl.Boolean,
}
ACCOUNT_GROUPS: Schema = {
    "prefix": pl.String,  # the longest matching prefix decides
    "side": pl.String,  # debit, credit or both: which balance the row catches
    "group": pl.String,  # stable_resources, stable_uses, operating_assets, …
    "label_fr": pl.String,
    "label_en": pl.String,
}


class SchemaError(TypeError):
    """A frame does not have the columns that the function states."""


def empty(schema: Schema) -> pl.DataFrame:
    """A frame of the given columns without a row."""
    return pl.DataFrame(schema=dict(schema))


def shaped(frame: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    """The stated columns of a frame, in order and in their types."""
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())


def check_frame(frame: pl.DataFrame, schema: Schema, *, where: str) -> None:
    """Refuse a frame that lacks a stated column or has it in another type."""
    found = frame.schema
    for name, dtype in schema.items():
        if name not in found:
            raise SchemaError(f"{where}: the column '{name}' is missing; found {list(found)}")
        if found[name] != dtype:
            raise SchemaError(f"{where}: the column '{name}' is {found[name]}, expected {dtype}")


def checked(**schemas: Schema) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Check the frames given to a function, by argument name, before it runs."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)

        @wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            bound = signature.bind(*args, **kwargs).arguments
            for name, schema in schemas.items():
                if name in bound:  # a frame left to its default is our own
                    check_frame(bound[name], schema, where=f"{function.__name__}({name})")
            return function(*args, **kwargs)

        wrapper.__checked__ = tuple(schemas)  # type: ignore[attr-defined]
        return wrapper

    return decorate
