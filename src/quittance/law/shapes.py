"""The files of legal values and the fields that each of their rows must have.

Every row also has the fields of `COMMON`, written in the row or in the `defaults` of its file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from quittance.law.fields import (
    GRADES,
    Parser,
    day,
    flag,
    holiday,
    link,
    number,
    one_of,
    percent,
    text,
    texts,
    whole,
    words,
)

GROUPS = (
    "stable_resources", "stable_uses", "inventories", "customers", "operating_assets",
    "suppliers", "operating_liabilities", "other_assets", "other_liabilities",
    "cash_assets", "cash_liabilities",
)  # fmt: skip

SOURCED: Mapping[str, Parser] = {
    "reference": words,
    "link": link,
    "source": words,
    "checked_on": day,
    "verified": flag,
    "grade": one_of(*GRADES),
}
COMMON: Mapping[str, Parser] = {"unit": words, "valid_from": day, **SOURCED}
OPTIONAL: Mapping[str, Parser] = {"valid_until": day, "note": words}


@dataclass(frozen=True)
class Shape:
    """One list of rows of one file: its fields beyond `COMMON`, and what names a row.

    `named_by` is the field that messages quote. `one_series_per` is the field whose equal values
    make one series in time, without gap or overlap (None: the rows are no series; "": all of them
    are one).
    """

    file: str
    rows: str
    named_by: str
    fields: Mapping[str, Parser]
    optional: Mapping[str, Parser] = field(default_factory=dict)
    common: Mapping[str, Parser] = field(default_factory=lambda: COMMON)
    one_series_per: str | None = None


REFINANCING = Shape(
    file="eu/ecb_refinancing_rate.yaml",
    rows="rows",
    named_by="valid_from",
    fields={
        "value": percent,
        "deposit_facility": percent,
        "marginal_lending": percent,
        "tender": words,
    },
)
LEGAL_INTEREST = Shape(
    file="fr/legal_interest.yaml",
    rows="rows",
    named_by="period",
    fields={
        "period": words,
        "valid_until": day,
        "private_creditor": percent,
        "other_cases": percent,
        "act": text,
    },
    one_series_per="",
)
MARGINS = Shape(
    file="fr/late_payment.yaml",
    rows="margins",
    named_by="series",
    fields={
        "series": words,
        "base": words,
        "operation": one_of("plus", "times"),
        "fixed_by": one_of("half_year", "base"),
        "value": number,
    },
    one_series_per="series",
)
AMOUNTS = Shape(
    file="fr/late_payment.yaml",
    rows="amounts",
    named_by="name",
    fields={"name": words, "value": number, "currency": words},
    one_series_per="name",
)
TERM_CEILINGS = Shape(
    file="fr/payment_term_ceilings.yaml",
    rows="rows",
    named_by="code",
    fields={
        "code": words,
        "scope_fr": words,
        "scope_en": words,
        "rule": words,
        "starts_on": words,
        "days": whole,
        "end_of_month": one_of("no", "yes", "either"),
    },
    one_series_per="code",
)
TERM_REMARKS = Shape(
    file="fr/payment_term_ceilings.yaml",
    rows="remarks",
    named_by="code",
    fields={"code": words, "remark": words},
)
LIMITATION_PERIODS = Shape(
    file="fr/limitation_periods.yaml",
    rows="rows",
    named_by="code",
    fields={
        "code": words,
        "claim_fr": words,
        "claim_en": words,
        "months": whole,
        "starts_on": words,
        "starts_on_text": words,
        "interrupted_by": words,
        "not_interrupted_by": words,
    },
    one_series_per="code",
)
LIMITATION_REMARKS = Shape(
    file="fr/limitation_periods.yaml",
    rows="remarks",
    named_by="code",
    fields={"code": words, "remark": words},
)
PUBLIC_HOLIDAYS = Shape(
    file="fr/public_holidays.yaml",
    rows="rows",
    named_by="code",
    fields={
        "code": words,
        "name_fr": words,
        "name_en": words,
        "value": holiday,
        "territories": texts,
    },
    one_series_per="code",
)
ACCOUNT_GROUPS = Shape(
    file="fr/chart_of_accounts.yaml",
    rows="rows",
    named_by="prefix",
    fields={
        "prefix": words,
        "side": one_of("debit", "credit", "both"),
        "group": one_of(*GROUPS),
        "label_fr": words,
        "label_en": words,
    },
)
EU_LATE_PAYMENT = Shape(
    file="eu/late_payment.yaml",
    rows="rows",
    named_by="iso2",
    fields={
        "iso2": words,
        "country": words,
        "reference_rate": words,
        "margin": percent,
        "special": text,
        "reset": words,
        "fixed_compensation": words,
    },
    optional={"margin_note": words, "rate_2025_s2": percent},
    one_series_per="iso2",
)
SHAPES = (
    REFINANCING, LEGAL_INTEREST, MARGINS, AMOUNTS, TERM_CEILINGS, TERM_REMARKS,
    LIMITATION_PERIODS, LIMITATION_REMARKS, PUBLIC_HOLIDAYS, ACCOUNT_GROUPS, EU_LATE_PAYMENT,
)  # fmt: skip
