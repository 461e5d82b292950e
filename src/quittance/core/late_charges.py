"""Late-payment interest and the fixed recovery indemnity (*pénalités de retard, 40 €*).

Between professionals: C. com. L441-10 II and D441-5. Public buyers: CCP R2192-31 and D2192-35.
Consumers: the legal rate from the formal notice on, never the indemnity (C. civ. 1231-6, 1344-1).
Every named amount of this file is explained in docs/algorithms/late_charges.md.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import polars as pl

from quittance.core.book import Book
from quittance.core.calendar import add_months, span
from quittance.core.interest import (
    DEBTS,
    PAYMENTS,
    SEGMENTS,
    Base,
    rounded_interest,
    segments,
    segments_interest_first,
)
from quittance.core.legal_values import rate_on
from quittance.core.open_items import open_items, up_to
from quittance.core.schema import LEGAL_AMOUNTS, LEGAL_RATES, checked, shaped

Allocation = Literal["principal", "interest"]
Clause = Literal["legal", "fixed", "3xlegal"]
BelowFloor = Literal["as_written", "floor", "default"]

SERIES = {"business": "b2b_default", "public": "public_buyer", "consumer": "legal_other"}
BEARING = ("invoice", "bill", "doubtful", "opening", "refund")
SUCCESSORS = ("bill", "doubtful", "refund")  # they carry on from an invoice on their own date
INDEMNITY = "fixed_indemnity"


@dataclass(frozen=True)
class Policy:
    """How charges are computed: a company's settings, with the law's defaults."""

    base: Base = "365"
    allocation: Allocation = "principal"
    fixed_ppm: int | None = None  # a contract's rate, parts per million a year
    clause: Clause = "legal"


@dataclass(frozen=True)
class Debt:
    """One debt described by hand, for `quittance charges`."""

    principal_minor: int
    due_date: date
    kind: str = "business"  # the debtor: business, consumer or public
    creditor: Literal["company", "individual"] = "company"
    notice_date: date | None = None  # formal notice: a consumer's interest starts the day after
    insolvency_date: date | None = None  # opening judgment: the last day is the day before
    judgment_date: date | None = None  # when a judgment became enforceable (CMF L313-3)
    capitalises: bool = False  # the contract or a court says so (C. civ. 1343-2)


@dataclass(frozen=True)
class Charges:
    """The charges of one debt on a day; amounts in minor units."""

    segments: pl.DataFrame
    interest_minor: int
    interest_paid_minor: int
    capitalised_minor: int
    indemnity_minor: int
    principal_open_minor: int

    @property
    def interest_open_minor(self) -> int:
        """Interest not yet paid, nor turned into principal."""
        return self.interest_minor - self.interest_paid_minor - self.capitalised_minor

    @property
    def total_due_minor(self) -> int:
        """Principal, interest and indemnity still to pay."""
        return self.principal_open_minor + self.interest_open_minor + self.indemnity_minor


@checked(rates=LEGAL_RATES, amounts=LEGAL_AMOUNTS)
def charges(
    debt: Debt,
    payments: list[tuple[date, int]],
    *,
    as_of: date,
    rates: pl.DataFrame,
    amounts: pl.DataFrame,
    policy: Policy,
) -> Charges:
    """The charges of one debt, segment by segment, up to and including `as_of`.

    `payments` are value dates with amounts in minor units; those after `as_of` are ignored.
    Raises MissingLegalValue when the table has no rate for one of the days.
    """
    debts = pl.DataFrame([debt_row(debt, policy)], schema=dict(DEBTS))
    rows = [(0, day, amount) for day, amount in payments if day <= as_of]
    paid = pl.DataFrame(rows, schema=dict(PAYMENTS), orient="row")
    settings = {"rates": rates, "as_of": as_of, "base": policy.base}
    if policy.allocation == "interest" or debt.capitalises:
        pieces, left = segments_interest_first(
            debts,
            paid,
            capitalises=debt.capitalises,
            **settings,  # type: ignore[arg-type]
        )
        state = left.drop("debt").row(0) if left.height else unpaid(debt, paid)
    else:
        pieces = segments(debts, paid, **settings)  # type: ignore[arg-type]
        state = unpaid(debt, paid)
    for day in pieces.filter(pl.col("rate_ppm").is_null())["from_date"].head(1):
        later = debts["later_from"][0]
        series = "later_series" if later and day >= later else "series"
        rate_on(rates, str(debts[series][0]), day=day)
    principal, interest_paid, capitalised = state
    interest = int(pieces.select(rounded_interest(pl.col("exact").sum())).item() or 0)
    return Charges(
        segments=pieces,
        interest_minor=interest,
        interest_paid_minor=interest_paid,
        capitalised_minor=capitalised,
        indemnity_minor=indemnity_of(debt, pieces, amounts=amounts),
        principal_open_minor=principal,
    )


def unpaid(debt: Debt, paid: pl.DataFrame) -> tuple[int, int, int]:
    """Principal left, interest paid and interest capitalised when payments go to principal."""
    return max(debt.principal_minor - int(paid["amount_minor"].sum()), 0), 0, 0


def debt_row(debt: Debt, policy: Policy) -> dict[str, object]:
    """One row of `DEBTS`: from which day, until when, at which series of rates."""
    starts = debt.notice_date if debt.kind == "consumer" else debt.due_date
    first = starts + timedelta(days=1) if starts else None
    if first and debt.kind == "consumer":
        first = max(first, debt.due_date + timedelta(days=1))
    series, fixed = series_of(debt, policy)
    raised = {"legal_other": "legal_other_after_judgment"}
    raised["legal_private"] = "legal_private_after_judgment"
    later = debt.judgment_date and add_months(debt.judgment_date, 2) + timedelta(days=1)
    stop = debt.insolvency_date and debt.insolvency_date - timedelta(days=1)
    return {
        "debt": 0,
        "principal_minor": debt.principal_minor,
        "first_date": first,
        "last_date": stop,
        "series": series,
        "fixed_ppm": fixed,
        "is_frozen": series == "public_buyer",
        "later_series": raised.get(series),
        "later_from": later if series in raised else None,
    }


def series_of(debt: Debt, policy: Policy) -> tuple[str, int | None]:
    """The series of rates that applies to a debt, and the agreed rate if there is one.

    The creditor's quality picks the column of the legal rate (CMF L313-2); a clause binds
    professionals only.
    """
    if debt.creditor == "individual":
        return "legal_private", None
    if debt.kind == "business" and policy.clause == "fixed":
        return "fixed", policy.fixed_ppm
    if debt.kind == "business" and policy.clause == "3xlegal":
        return "b2b_floor", None
    return SERIES[debt.kind], None


def indemnity_of(debt: Debt, pieces: pl.DataFrame, *, amounts: pl.DataFrame) -> int:
    """The fixed recovery indemnity: once per late invoice, between professionals only.

    Not due by a consumer, nor to a private creditor, nor on what falls due on or after the
    judgment opening insolvency proceedings (L441-10 II, last sentence).
    """
    is_excluded = debt.kind == "consumer" or debt.creditor == "individual"
    is_after = debt.insolvency_date is not None and debt.due_date >= debt.insolvency_date
    if is_excluded or is_after:
        return 0
    started = span(pieces["from_date"])
    return fixed_indemnity(amounts, started[0]) if started else 0


@checked(amounts=LEGAL_AMOUNTS)
def fixed_indemnity(amounts: pl.DataFrame, day: date) -> int:
    """The indemnity in force on a day, in minor units; 0 before it existed (D441-5: 2013)."""
    in_force = amounts.filter(
        pl.col("name") == INDEMNITY,
        pl.col("valid_from") <= day,
        pl.col("valid_until").is_null() | (pl.col("valid_until") > day),
    )
    return int(in_force["amount_minor"].sum())


@checked(pieces=SEGMENTS, rates=LEGAL_RATES)
def below_floor(pieces: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """The segments whose agreed rate is under three times the legal rate (L441-10 II).

    One row for each half-year of a segment; `under_from` is the first day, oldest first.
    """
    floors = rates.filter(pl.col("series") == "b2b_floor").select(
        "valid_from", pl.col("valid_until").fill_null(date.max), floor_ppm="rate_ppm"
    )
    overlapping = pieces.join(floors, how="cross").filter(
        pl.col("valid_from") <= pl.col("to_date"), pl.col("valid_until") > pl.col("from_date")
    )
    under = overlapping.filter(pl.col("rate_ppm") < pl.col("floor_ppm"))
    first = pl.max_horizontal("from_date", "valid_from")
    return under.with_columns(under_from=first).sort("under_from")


@checked(rates=LEGAL_RATES, amounts=LEGAL_AMOUNTS)
def other_readings(
    debt: Debt,
    payments: list[tuple[date, int]],
    *,
    as_of: date,
    rates: pl.DataFrame,
    amounts: pl.DataFrame,
    policy: Policy,
) -> dict[BelowFloor, Charges]:
    """All three readings of a clause under the floor: no published ruling settles which holds."""
    at_floor = replace(policy, clause="3xlegal", fixed_ppm=None)
    by_default = replace(policy, clause="legal", fixed_ppm=None)
    readings: dict[BelowFloor, Policy] = {
        "as_written": policy,
        "floor": at_floor,
        "default": by_default,
    }
    return {
        name: charges(debt, payments, as_of=as_of, rates=rates, amounts=amounts, policy=chosen)
        for name, chosen in readings.items()
    }


def late_charges(book: Book, as_of: date, *, policy: Policy) -> pl.DataFrame:
    """Charges of every invoice that is or was late on a day, one row each.

    Columns: item, customer, name, document, kind, due_date, currency, amount_minor, open_minor,
    days_late (with a part unpaid), interest_minor, indemnity_minor, unknown_days (days for which
    the table has no rate, carrying nothing). Consumers need a formal notice, which books do not
    show: they have no row. Largest charge first.
    """
    pieces = all_segments(book, as_of, policy=policy)
    per_debt = (
        pieces.group_by(item="debt")
        .agg(
            pl.col("exact").sum(),
            days_late=pl.col("days").sum(),
            unknown_days=pl.col("days").filter(pl.col("rate_ppm").is_null()).sum(),
            first_date=pl.col("from_date").min(),
        )
        .with_columns(interest_minor=rounded_interest(pl.col("exact")))
    )
    left = open_items(book, as_of).select("item", "open_minor")
    rows = (
        per_debt.join(book.items, on="item")
        .join(left, on="item", how="left")
        .join(book.customers.select("customer", "name"), on="customer", how="left")
        .with_columns(pl.col("open_minor").fill_null(0))
    )
    return with_indemnity(rows, book.law.amounts).select(
        "item", "customer", "name", "document", "kind", "due_date", "currency", "amount_minor",
        "open_minor", "days_late", "interest_minor", "indemnity_minor", "unknown_days",
    ).sort("interest_minor", "item", descending=[True, False])  # fmt: skip


def all_segments(book: Book, as_of: date, *, policy: Policy) -> pl.DataFrame:
    """The segments of every late invoice of a book, `debt` being the item's number."""
    debts = debts_of(book, as_of, policy=policy)
    late = debts.select("debt")
    settled = up_to(book.allocations, as_of).select(
        debt="debit_item", date="value_date", amount_minor="amount_minor"
    )
    payments = settled.join(late, on="debt", how="semi")
    rates = book.law.rates
    if policy.allocation == "interest":
        pieces, _ = segments_interest_first(
            debts, payments, rates=rates, as_of=as_of, base=policy.base
        )
        return pieces
    return segments(debts, payments, rates=rates, as_of=as_of, base=policy.base)


def debts_of(book: Book, as_of: date, *, policy: Policy) -> pl.DataFrame:
    """What is or was overdue on a day, as `DEBTS`; paid on time never enters."""
    overdue = up_to(book.items, as_of).filter(
        pl.col("amount_minor") > 0, pl.col("kind").is_in(BEARING), pl.col("due_date") < as_of
    )
    on_time = paid_on_time(overdue, up_to(book.allocations, as_of))
    kinds = book.customers.select("customer", customer_kind="kind")
    late = overdue.join(on_time, on="item", how="anti").join(kinds, on="customer", how="left")
    due = pl.when(pl.col("kind").is_in(SUCCESSORS)).then(
        pl.max_horizontal("due_date", "date")
    ).otherwise("due_date")  # fmt: skip
    series = pl.col("customer_kind").fill_null("business").replace_strict(SERIES)
    is_agreed = (series == "b2b_default") & pl.lit(policy.clause != "legal")
    agreed = "fixed" if policy.clause == "fixed" else "b2b_floor"
    rows = late.filter(pl.col("customer_kind").fill_null("business") != "consumer").with_columns(
        debt="item",
        principal_minor="amount_minor",
        first_date=due + pl.duration(days=1),
        last_date=pl.lit(None),
        series=pl.when(is_agreed).then(pl.lit(agreed)).otherwise(series),
        fixed_ppm=pl.lit(policy.fixed_ppm),
        is_frozen=series == "public_buyer",
        later_series=pl.lit(None),
        later_from=pl.lit(None),
    )
    return shaped(rows, DEBTS)


def paid_on_time(overdue: pl.DataFrame, allocations: pl.DataFrame) -> pl.DataFrame:
    """The items that were settled in full on or before their due date."""
    due = overdue.select("item", "due_date", "amount_minor")
    in_time = allocations.rename({"amount_minor": "settled"}).join(
        due, left_on="debit_item", right_on="item"
    )
    settled = in_time.filter(pl.col("value_date") <= pl.col("due_date")).group_by(
        item="debit_item"
    ).agg(pl.col("settled").sum(), pl.col("amount_minor").first())  # fmt: skip
    return settled.filter(pl.col("settled") >= pl.col("amount_minor")).select("item")


def with_indemnity(rows: pl.DataFrame, amounts: pl.DataFrame) -> pl.DataFrame:
    """Adds `indemnity_minor`: once for each document of a customer, on its first late item.

    What has no number is a document of its own. The sum is in euros: an invoice in another currency
    shows none until exchange rates are there.
    """
    is_first = pl.int_range(pl.len()).over("customer", "document") == 0
    is_own = is_first | (pl.col("document") == "")
    table = amounts.filter(pl.col("name") == INDEMNITY).sort("valid_from")
    found = rows.sort("first_date", "item").with_columns(is_own=is_own).join_asof(
        table.select(
            "valid_from", "valid_until", indemnity="amount_minor", paid_in="currency"
        ),
        left_on="first_date",
        right_on="valid_from",
    )  # fmt: skip
    in_force = pl.col("valid_until").is_null() | (pl.col("first_date") < pl.col("valid_until"))
    is_same = pl.col("currency") == pl.col("paid_in")
    amount = pl.when("is_own", in_force, is_same).then("indemnity").otherwise(0).fill_null(0)
    return found.with_columns(indemnity_minor=amount)
