"""What holds of every book, whatever it contains (hypothesis, the same run each time).

A book is drawn as items on random days, in two currencies, settled within random groups by
`oldest_first`; so a group may be unbalanced, matched late, or never.
"""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tests.drawn import (
    BOOK_DAYS,
    BOOKS,
    CUSTOMERS,
    DAYS,
    DEBTS_DRAWN,
    LAST,
    LAW,
    LEDGERS,
    MEMBERS_DRAWN,
    SPLITS,
    TERMS,
    Owed,
    debts_of,
)
from tests.tables import shuffled

from quittance.core import schema
from quittance.core.aging import aging, buckets
from quittance.core.allocations import oldest_first, residuals
from quittance.core.book import Book, known_on
from quittance.core.calendar import month_ends
from quittance.core.interest import (
    EXACT,
    segments,
    segments_interest_first,
)
from quittance.core.kpis import (
    concentration,
    effectiveness,
    kpi_series,
    lateness,
)
from quittance.core.late_charges import Debt, Policy, charges, late_charges
from quittance.core.limitation import limitation
from quittance.core.open_items import balance_minor, open_items
from quittance.core.terms import instalments, split_into_instalments, with_due_dates
from quittance.core.working_capital import working_capital
from quittance.core.worklist import customers_to_act_on

BASES = st.sampled_from(["365", "actual"])
MANY = settings(max_examples=100)  # where one example is quick and the case is rare


def until(book: Book, day: date) -> Book:
    """The book without what is dated later."""
    return replace(
        book,
        items=book.items.filter(pl.col("date") <= day),
        allocations=book.allocations.filter(pl.col("date") <= day),
    )


def disordered(book: Book, seed: int) -> Book:
    """The book with the rows of every frame in another order."""
    return replace(
        book,
        customers=shuffled(book.customers, seed),
        items=shuffled(book.items, seed + 1),
        allocations=shuffled(book.allocations, seed + 2),
        law=replace(LAW, rates=shuffled(LAW.rates, seed), amounts=shuffled(LAW.amounts, seed)),
    )


def views(book: Book, day: date) -> dict[str, object]:
    """Everything that is computed of a book on a day, in an order that does not depend on it."""
    return {
        "open_items": open_items(book, day).sort("item"),
        "aging": aging(book, day),
        "late_charges": late_charges(book, day, policy=Policy()),
        "interest_first": late_charges(book, day, policy=Policy(allocation="interest")),
        "limitation": limitation(book, day),
        "kpi_series": kpi_series(book, day, months=3).sort("currency", "month_end"),
        "concentration": concentration(book, day).sort("currency", "rank"),
        "lateness": lateness(book, day),
        "worklist": customers_to_act_on(book, day),
        "balance": balance_minor(book, day),
    }


def assert_same_views(one: dict[str, object], other: dict[str, object]) -> None:
    for name, view in one.items():
        if isinstance(view, pl.DataFrame):
            assert_frame_equal(view, other[name], abs_tol=1e-6)
        else:
            assert view == other[name], name


@given(BOOKS, BOOK_DAYS, st.lists(st.integers(1, 200), min_size=1, max_size=4, unique=True))
def test_buckets_and_unallocated_sum_to_the_balance(
    book: Book, day: date, edges: list[int]
) -> None:
    rows = aging(book, day, edges=sorted(edges))
    names = [bucket.name for bucket in buckets(sorted(edges))]
    summed = rows.select(pl.sum_horizontal(*names, "unallocated_minor")).to_series()
    assert summed.to_list() == rows["balance_minor"].to_list()
    key = ("customer", "currency")
    known = book.items.filter(pl.col("date") <= day).group_by(key)
    ledger = known.agg(balance_minor=pl.col("amount_minor").sum())
    owing = ledger.join(rows.select(key), on=key, how="left").filter(pl.col("balance_minor") != 0)
    shown = rows.filter(pl.col("balance_minor") != 0).select(*key, "balance_minor")
    assert_frame_equal(owing, shown, check_row_order=False)


@given(BOOKS, BOOK_DAYS)
def test_open_items_sum_to_the_balance_and_keep_their_sign(book: Book, day: date) -> None:
    rows = open_items(book, day)
    sums = dict(rows.group_by("currency").agg(pl.col("open_minor").sum()).iter_rows())
    balance = balance_minor(book, day)
    assert {c: sums.get(c, 0) for c in balance} == balance
    assert (rows["open_minor"].sign() == rows["amount_minor"].sign()).all()
    assert (rows["open_minor"].abs() <= rows["amount_minor"].abs()).all()


@given(BOOKS, BOOK_DAYS)
def test_what_is_dated_later_changes_nothing(book: Book, day: date) -> None:
    assert_same_views(views(book, day), views(until(book, day), day))


@given(BOOKS, BOOK_DAYS)
def test_months_gone_by_keep_their_figures(book: Book, day: date) -> None:
    series = kpi_series(book, day, months=6)
    for month_end in month_ends(day, 6):
        then = kpi_series(until(book, month_end), month_end, months=1)
        now = series.filter(pl.col("month_end") == month_end)
        now = now.join(then, on="currency", how="semi")
        assert_frame_equal(now, then, check_row_order=False, abs_tol=1e-6)


@MANY
@given(BOOKS, BOOK_DAYS)
def test_what_is_recorded_later_is_not_known_yet(book: Book, day: date) -> None:
    known = known_on(book, day)
    assert known.items["recorded_date"].max() is None or known.items["recorded_date"].max() <= day
    held = set(known.items["item"])
    assert set(known.allocations["debit_item"]) | set(known.allocations["credit_item"]) <= held
    sums = dict(open_items(known, LAST).group_by("currency").agg(pl.col("open_minor").sum()).rows())
    balance = balance_minor(known, LAST)
    assert {c: sums.get(c, 0) for c in balance} == balance


@given(BOOKS, BOOK_DAYS, st.integers(0, 1000))
def test_the_order_of_rows_never_matters(book: Book, day: date, seed: int) -> None:
    assert_same_views(views(book, day), views(disordered(book, seed), day))


@MANY
@given(MEMBERS_DRAWN, st.integers(0, 1000))
def test_allocations_conserve_and_never_exceed(rows: pl.DataFrame, seed: int) -> None:
    found = oldest_first(rows)
    assert (found["amount_minor"] > 0).all()
    assert_frame_equal(oldest_first(shuffled(rows, seed)), found, check_row_order=False)
    left = residuals(rows, found)
    assert (left["open_minor"] * left["amount_minor"].sign() >= 0).all()
    assert (left["open_minor"].abs() <= left["amount_minor"].abs()).all()
    assert left["open_minor"].sum() == rows["amount_minor"].sum()
    for (_,), group in left.group_by("group"):
        open_ = group["open_minor"]
        assert not ((open_ > 0).any() and (open_ < 0).any())  # the smaller side is used up


@MANY
@given(MEMBERS_DRAWN)
def test_an_allocation_holds_from_the_later_of_its_dates(rows: pl.DataFrame) -> None:
    dates = dict(rows.select("item", "date").iter_rows())
    matched = dict(rows.select("item", "recorded_date").iter_rows())
    for row in oldest_first(rows).iter_rows(named=True):
        debit, credit = row["debit_item"], row["credit_item"]
        assert row["date"] == max(dates[debit], dates[credit])
        assert row["value_date"] == dates[credit]
        told = [day for day in (matched[debit], matched[credit]) if day]
        assert row["recorded_date"] == max([row["date"], *told])


def exact_interest(frame: pl.DataFrame) -> dict[int, int]:
    """The interest of each debt before rounding."""
    return dict(
        frame.group_by("debt").agg(pl.col("exact").sum()).filter(pl.col("exact") > 0).rows()
    )


@MANY
@given(DEBTS_DRAWN, DAYS, DAYS, BASES)
def test_interest_of_a_period_is_the_sum_of_its_parts(
    drawn: list[Owed], cut: date, as_of: date, base: str
) -> None:
    owed, paid = debts_of(drawn)
    law = {"rates": LAW.rates, "as_of": as_of, "base": base}
    whole = segments(owed, paid, **law)  # type: ignore[arg-type]
    capped = pl.min_horizontal(pl.col("last_date").fill_null(LAST), pl.lit(cut))
    before = owed.with_columns(last_date=capped)
    after = owed.with_columns(first_date=pl.max_horizontal("first_date", cut + timedelta(days=1)))
    after = after.filter(owed["first_date"].is_not_null())
    parts = [segments(part, paid, **law) for part in (before, after)]  # type: ignore[arg-type]
    assert exact_interest(whole) == exact_interest(pl.concat(parts))


@given(DEBTS_DRAWN, DAYS)
def test_segments_follow_one_another_without_gap(drawn: list[Owed], as_of: date) -> None:
    owed, paid = debts_of(drawn, is_frozen=True)
    found = segments(owed, paid, rates=LAW.rates, as_of=as_of)
    assert (found["base_minor"] > 0).all()
    assert (found["days"] > 0).all()
    assert found["to_date"].max() is None or found["to_date"].max() <= as_of
    for (_,), mine in found.group_by("debt"):
        gaps = (mine["from_date"] - mine["to_date"].shift(1)).dt.total_days().drop_nulls()
        assert (gaps == 1).all()


@given(DEBTS_DRAWN, DAYS, BASES)
def test_without_payments_both_orders_of_allocation_agree(
    drawn: list[Owed], as_of: date, base: str
) -> None:
    owed, paid = debts_of(drawn, is_frozen=True)
    law = {"rates": LAW.rates, "as_of": as_of, "base": base}
    none = paid.clear()
    principal_first = segments(owed, none, **law)  # type: ignore[arg-type]
    interest_first, left = segments_interest_first(owed, none, **law)  # type: ignore[arg-type]
    assert_frame_equal(principal_first, interest_first)
    assert (left["interest_paid_minor"] == 0).all()


@MANY
@given(DEBTS_DRAWN, DAYS)
def test_what_a_payment_settles_adds_up(drawn: list[Owed], as_of: date) -> None:
    owed, paid = debts_of(drawn, is_frozen=True)
    pieces, left = segments_interest_first(owed, paid, rates=LAW.rates, as_of=as_of)
    received = paid.filter(pl.col("date") <= as_of).group_by("debt")
    sums = dict(received.agg(pl.col("amount_minor").sum()).iter_rows())
    principal = dict(owed.select("debt", "principal_minor").iter_rows())
    for debt, rest, interest_paid, capitalised in left.iter_rows():
        assert capitalised == 0
        assert rest == max(principal[debt] - sums.get(debt, 0) + interest_paid, 0)
        accrued = exact_interest(pieces).get(debt, 0)
        assert 0 <= interest_paid <= accrued / EXACT + 1


@given(BOOKS, BOOK_DAYS, BASES, st.sampled_from(["principal", "interest"]))
def test_charges_of_a_book_are_those_of_each_debt(
    book: Book, day: date, base: str, allocation: str
) -> None:
    policy = Policy(base=base, allocation=allocation)  # type: ignore[arg-type]
    rows = {row["item"]: row for row in late_charges(book, day, policy=policy).to_dicts()}
    bearing = ("invoice", "opening", "bill", "doubtful", "refund")
    owed = book.items.filter(pl.col("date") <= day, pl.col("amount_minor") > 0)
    kinds = dict(CUSTOMERS.select("customer", "kind").iter_rows())
    settled = book.allocations.filter(pl.col("date") <= day)
    for item in owed.filter(pl.col("kind").is_in(bearing)).to_dicts():
        kind = kinds[item["customer"]]
        carries_on = item["kind"] in ("bill", "doubtful", "refund")
        due = max(item["due_date"], item["date"]) if carries_on else item["due_date"]
        paid = settled.filter(pl.col("debit_item") == item["item"])
        one = charges(
            Debt(item["amount_minor"], due, kind),
            list(paid.select("value_date", "amount_minor").iter_rows()),
            as_of=day,
            rates=LAW.rates,
            amounts=LAW.amounts,
            policy=policy,
        )
        row = rows.pop(item["item"], None)
        if kind == "consumer" or one.segments.is_empty():
            assert row is None
            continue
        assert row is not None
        assert row["interest_minor"] == one.interest_minor
        assert one.indemnity_minor == 4000
        assert row["indemnity_minor"] == (4000 if item["currency"] == "EUR" else 0)
        assert row["days_late"] == one.segments["days"].sum()
        assert row["unknown_days"] == 0
        if allocation == "principal":
            assert row["open_minor"] == one.principal_open_minor
    assert not rows


@MANY
@given(TERMS, DAYS)
def test_a_due_date_never_precedes_the_invoice(text: str, day: date) -> None:
    ((due, amount),) = instalments(text, day, amount_minor=1)
    assert (due >= day, amount) == (True, 1)


@MANY
@given(SPLITS, st.lists(TERMS, min_size=4, max_size=4), DAYS, st.integers(1, 10**12))
def test_instalments_sum_to_the_amount(
    shares: list[int], terms: list[str], day: date, amount: int
) -> None:
    text = " + ".join(f"{share}% {term}" for share, term in zip(shares, terms, strict=False))
    parts = instalments(text, day, amount_minor=amount)
    assert len(parts) == len(shares)
    assert sum(part for _, part in parts) == amount
    assert all(due >= day for due, _ in parts)


@MANY
@given(BOOKS, BOOK_DAYS)
def test_splitting_into_instalments_changes_no_balance(book: Book, day: date) -> None:
    undated = book.items.with_columns(due_date=pl.lit(None, pl.Date))
    dated = with_due_dates(undated, CUSTOMERS, default="30")
    assert not dated["due_date"].has_nulls()
    items, allocations = split_into_instalments(
        dated, book.allocations, customers=CUSTOMERS, default="30"
    )
    assert items["item"].is_unique().all()
    cut = replace(book, items=items, allocations=allocations)
    key = ["customer", "currency"]
    balances = [*key, "unallocated_minor", "balance_minor"]
    whole = aging(replace(book, items=dated), day).select(balances)
    assert_frame_equal(aging(cut, day).select(balances), whole)
    recorded = [frame["recorded_date"].max() for frame in (allocations, book.allocations)]
    assert recorded[0] == recorded[1]


@given(LEDGERS, DAYS)
def test_working_capital_less_its_need_is_net_cash(ledger: pl.DataFrame, day: date) -> None:
    book = Book(
        CUSTOMERS, schema.empty(schema.ITEMS), schema.empty(schema.ALLOCATIONS), LAW, ledger
    )
    found = working_capital(book, day)
    if found is not None:
        assert found.frng_minor - found.bfr_minor == found.net_cash_minor


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_collection_effectiveness_lies_between_none_and_all(
    opening: int, sales: int, closing: int, current: int
) -> None:
    current, closing = sorted((current % (opening + sales + 1), closing % (opening + sales + 1)))
    found = effectiveness(opening, sales, closing=closing, current=current)
    assert found is None or 0 <= found <= 100
