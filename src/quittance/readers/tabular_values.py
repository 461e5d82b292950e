"""Texts of a list as amounts and dates, and the rows that could not be read.

Rows that come out, by kind (a field that the list does not have is null):

- `invoices`: file, line, key, customer, name, document, kind, issue_date, due_date, payment_date,
  currency, amount_minor, open_minor, paid_minor;
- `payments`: file, line, customer, name, document, invoice_key, payment_date, currency,
  amount_minor;
- `customers`: the columns of `core/customer_lists.py:LISTED`, see `readers/customer_lists.py`.
"""

from dataclasses import dataclass

import polars as pl

from quittance.core.customer_lists import LISTED
from quittance.core.money import MINOR_DIGITS
from quittance.core.problems import no_problems, problem, problems_at
from quittance.core.terms import UnreadableTerms, readable
from quittance.readers import tabular_rules as rules
from quittance.readers.customer_lists import with_details, with_kind_or_segment
from quittance.readers.headings import Mapping
from quittance.readers.text import day, minor_units

TEXTS = {
    "invoices": ("key", "customer", "name", "document", "kind", "currency"),
    "payments": ("customer", "name", "document", "invoice_key", "currency"),
    "customers": tuple(name for name in LISTED if name not in ("file", "line")),
}
DATES = {"invoices": ("issue_date", "due_date", "payment_date"), "payments": ("payment_date",)}
AMOUNTS = {
    "invoices": {
        "amount": "amount_minor",
        "credit": "credit_minor",
        "open_amount": "open_minor",
        "paid_amount": "paid_minor",
    },
    "payments": {"amount": "amount_minor"},
}  # fmt: skip
Names = tuple[str, ...]
# Per kind, the fields of which a row needs one, and the columns that they make.
NEEDED: dict[str, dict[Names, Names]] = {
    "invoices": {
        ("customer", "name"): ("customer",),
        ("issue_date", "due_date"): ("issue_date", "due_date"),
        ("amount", "open_amount"): ("amount_minor", "open_minor"),
    },
    "payments": {("payment_date",): ("payment_date",), ("amount",): ("amount_minor",)},
}
NO_EXAMPLE = "2026-01-31"
PREFERRED = ("YYYY-MM-DD", "DD/MM/YYYY", "YYYYMMDD", "MM/DD/YYYY", "DD-MM-YYYY", "DD.MM.YYYY",
             "YYYY/MM/DD", "DD/MM/YY", "MM/DD/YY")  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """The texts of a list under the names of its fields, and what is known of them."""

    rows: pl.DataFrame
    mapping: Mapping
    kind: str
    file: str


@dataclass(frozen=True)
class Values:
    """The rows that were read, and the problems of the others."""

    rows: pl.DataFrame
    problems: pl.DataFrame


def with_values(frame: Frame) -> Values:
    """Every field of a list in its type; a row with an unreadable field is set aside."""
    rows, met = with_texts(frame), [no_problems()]
    faults = [pl.lit(value=False)]
    rows = with_days(rows, frame)
    read_as = forms_read(rows, frame)
    for field in DATES.get(frame.kind, ()):
        rows, problems, fault = with_date(rows, field, frame=frame, read_as=read_as)
        met += problems
        faults.append(fault)
    for field, name in AMOUNTS.get(frame.kind, {}).items():
        rows, problems, fault = with_amount(rows, field, name=name, frame=frame)
        met += problems
        faults.append(fault)
    if "credit" in frame.mapping.columns:
        rows = net_of_credits(rows)
    rows, problems, fault = with_needed(rows, frame)
    met += problems
    if frame.kind == "customers":
        rows, problems = with_terms(rows)
        met += problems
        rows, problems = with_details(rows, frame.mapping.columns)
        met += problems
    broken = pl.any_horizontal(*faults, fault)
    sound = rows.filter(~broken)
    columns = ("file", "line", *TEXTS[frame.kind], *DATES.get(frame.kind, ()))
    amounts = AMOUNTS.get(frame.kind, {}).values()
    told = pl.concat(met)
    if frame.kind == "customers":  # each is of another field, none sets a line aside
        return Values(sound.select(*columns, *amounts), told)
    once = told.filter(pl.col("line").is_null() | pl.col("line").is_first_distinct())
    return Values(sound.select(*columns, *amounts), once)


def with_texts(frame: Frame) -> pl.DataFrame:
    """Trimmed texts; a field that the list does not have is null.

    An invoice without a currency is in euros, a payment in its invoice's.
    """
    rows = frame.rows
    if frame.kind == "customers":
        is_kind = "customer_kind" not in rows.columns and "kind" in rows.columns
        rows = with_kind_or_segment(rows.rename({"kind": "customer_kind"} if is_kind else {}))
    absent = [
        pl.lit(None, dtype=pl.String).alias(field)
        for field in (*TEXTS[frame.kind], *DATES.get(frame.kind, ()), *AMOUNTS.get(frame.kind, ()))
        if field not in rows.columns
    ]
    trimmed = pl.col(pl.String).exclude("file").str.strip_chars()
    rows = rows.with_columns(*absent).with_columns(trimmed)
    if "currency" not in TEXTS[frame.kind]:
        return rows
    code = (
        pl.col("currency")
        .str.to_uppercase()
        .replace({"": None, "€": "EUR", "£": "GBP", "$": "USD", "EURO": "EUR", "EUROS": "EUR"})
    )
    return rows.with_columns(currency=code if frame.kind == "payments" else code.fill_null("EUR"))


def with_days(rows: pl.DataFrame, frame: Frame) -> pl.DataFrame:
    """The columns of dates without a time of day, empty texts as null."""
    fields = [name for name in DATES.get(frame.kind, ()) if name in frame.mapping.columns]
    rows = rows.with_columns(pl.col(fields).replace({"": None}))
    timed = [name for name in fields if rows[name].str.contains(":", literal=True).any()]
    return rows.with_columns(pl.col(timed).str.replace(r"[ T]\d{1,2}:\d{2}(:\d{2})?.*$", ""))


def forms_read(rows: pl.DataFrame, frame: Frame) -> dict[str, dict[str, int]]:
    """How many dates of each column each form reads; each different text is tried once."""
    found = {}
    for field in DATES.get(frame.kind, ()):
        if field in frame.mapping.columns:
            texts = rows.group_by(text=field).agg(count=pl.len().cast(pl.Int64))
            counts = [
                pl.col("count").filter(day(pl.col("text"), form).is_not_null()).sum().alias(form)
                for form in PREFERRED
            ]
            found[field] = texts.select(counts).row(0, named=True)
    return found


def with_date(
    rows: pl.DataFrame, field: str, *, frame: Frame, read_as: dict[str, dict[str, int]]
) -> tuple[pl.DataFrame, list[pl.DataFrame], pl.Expr]:
    """A column of dates in the one form that reads most of it; each unreadable one told.

    Where two forms read it equally well (no day after the 12th), the list's other columns decide.
    """
    if field not in frame.mapping.columns:
        return rows.with_columns(pl.lit(None, dtype=pl.Date).alias(field)), [], pl.lit(value=False)
    counts = {
        form: (read_as[field][form], sum(column[form] for column in read_as.values()))
        for form in PREFERRED
    }
    best = max(PREFERRED, key=lambda form: (counts[form], -PREFERRED.index(form)))
    heading = frame.mapping.columns[field]
    read = rows.with_columns(day(pl.col(field), best).alias(field), text=pl.col(field))
    lost = pl.col(field).is_null() & pl.col("text").is_not_null()
    example = read.filter(~lost).get_column("text").drop_nulls().first() or NO_EXAMPLE
    facts = [pl.lit(heading), pl.col("text"), pl.lit(example)]
    met = [problems_at(read.filter(lost), rules.DATE, facts=facts)]
    swapped = best.replace("DD/MM", "MM/DD")
    if swapped != best and counts[best][0] and counts[best] == counts[swapped]:
        met.append(problem(rules.DAY_FIRST, heading, read["text"].drop_nulls()[0], file=frame.file))
    told = read.with_columns(lost.alias(f"{field}·lost")).drop("text")
    return told, met, pl.col(f"{field}·lost")


def with_amount(
    rows: pl.DataFrame, field: str, *, name: str, frame: Frame
) -> tuple[pl.DataFrame, list[pl.DataFrame], pl.Expr]:
    """A column of amounts in minor units of each row's currency; each unreadable one told."""
    if field not in frame.mapping.columns:
        return rows.with_columns(pl.lit(None, dtype=pl.Int64).alias(name)), [], pl.lit(value=False)
    rows = rows.with_columns(pl.col(field).replace({"": None}))
    if field in frame.mapping.minor:
        value = rows[field].cast(pl.Int64, strict=False)
    else:
        value = in_currency(rows, field, mark=decimal_mark(rows[field]))
    read = rows.with_columns(value.alias(name))
    lost = pl.col(name).is_null() & pl.col(field).is_not_null()
    heading = frame.mapping.columns[field]
    met = [problems_at(read.filter(lost), rules.AMOUNT, facts=[pl.lit(heading), field])]
    return read.with_columns(lost.alias(f"{name}·lost")), met, pl.col(f"{name}·lost")


def net_of_credits(rows: pl.DataFrame) -> pl.DataFrame:
    """Debit less credit; a credit that is not called a credit note is a payment."""
    credit = pl.col("credit_minor").fill_null(0)
    net = pl.coalesce("amount_minor", pl.when(credit != 0).then(0)) - credit
    is_payment = (credit > 0) & ~pl.col("document").fill_null("").str.contains(r"(?i)^(av|nc|cn)")
    word = pl.when(is_payment).then(pl.lit("règlement"))
    return rows.with_columns(
        amount_minor=net, kind=pl.coalesce(pl.col("kind").replace({"": None}), word)
    )


def in_currency(rows: pl.DataFrame, field: str, *, mark: str) -> pl.Series:
    """Amounts with each row's number of decimals; two for most currencies."""
    value = minor_units(rows[field], decimal=mark)
    for code in set(rows["currency"].unique()) & set(MINOR_DIGITS):
        own = minor_units(rows[field], decimal=mark, digits=MINOR_DIGITS[code])
        value = own.zip_with(rows["currency"] == code, value)
    return value


def decimal_mark(texts: pl.Series) -> str:
    """The decimal mark of a column of amounts: what most of them end with before 1 or 2 digits.

    >>> decimal_mark(pl.Series(["1,234.50", "12.00"])), decimal_mark(pl.Series(["1 234,5", "12"]))
    ('.', ',')
    """
    comma = texts.str.contains(r",\d{1,2}\D{0,4}$").sum()
    point = texts.str.contains(r"\.\d{1,2}\D{0,4}$").sum()
    if comma == point:
        grouped = texts.str.contains(r"^\D*\d{1,3}(,\d{3})+\D*$").any()
        return "." if grouped else ","
    return "," if comma > point else "."


def with_needed(
    rows: pl.DataFrame, frame: Frame
) -> tuple[pl.DataFrame, list[pl.DataFrame], pl.Expr]:
    """Tell the rows that lack what their kind cannot do without."""
    who = pl.coalesce(pl.col("customer").replace({"": None}), pl.col("name").replace({"": None}))
    rows = rows.with_columns(customer=who)
    met, faults = [], [pl.lit(value=False)]
    for fields, columns in NEEDED.get(frame.kind, {}).items():
        is_missing = pl.all_horizontal(pl.col(*columns).is_null())
        headings = [frame.mapping.columns[one] for one in fields if one in frame.mapping.columns]
        told = [pl.lit(" / ".join(headings))]
        met.append(problems_at(rows.filter(is_missing), rules.MISSING, facts=told))
        faults.append(is_missing)
    return rows, met, pl.any_horizontal(*faults)


def with_terms(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Customers without the terms that cannot be read, each one told."""
    unread = [text for text in rows["terms"].drop_nulls().unique() if text and not is_terms(text)]
    is_unread = pl.col("terms").is_in(unread)
    met = [problems_at(rows.filter(is_unread), rules.TERMS, facts=["terms"], lines=0)]
    return rows.with_columns(terms=pl.when(~is_unread).then("terms")), met


def is_terms(text: str) -> bool:
    """Whether a text can be read as payment terms."""
    try:
        readable(text)
    except UnreadableTerms:
        return False
    return True
