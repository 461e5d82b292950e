"""What the properties draw: groups to settle, books, debts, ledgers, texts of terms.

Each is built from a few plain values, so that a counter-example can be read.
"""

from datetime import date, timedelta
from typing import NamedTuple

import polars as pl
from hypothesis import Phase, settings
from hypothesis import strategies as st

from quittance.core import schema
from quittance.core.allocations import MEMBERS, oldest_first
from quittance.core.book import Book
from quittance.core.interest import DEBTS, PAYMENTS
from quittance.law.tables import load_law

settings.register_profile(
    "quittance",
    max_examples=40,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
settings.load_profile("quittance")

FIRST, LAST = date(2024, 1, 1), date(2026, 6, 30)
DAYS = st.dates(FIRST, LAST)  # over a leap day and four half-years
BOOK_DAYS = st.dates(date(2025, 11, 1), LAST)  # close together, so that facts meet
LAW = load_law()
CUSTOMERS = pl.DataFrame(
    [
        ("A", "Atelier", "business", ""),
        ("B", "Mairie", "public", "45 EOM"),
        ("C", "Mme Petit", "consumer", "50% 30 + 30% 0 + 20% 60"),
    ],
    dict(schema.CUSTOMERS),
    orient="row",
)
DEBITS = ("invoice", "bill", "doubtful", "opening", "refund", "other")
CREDITS = ("payment", "credit_note", "advance", "write_off", "other")


class Member(NamedTuple):
    """One side of a group to settle."""

    group: int
    date: date
    amount: int
    recorded: date | None


def members_of(rows: list[Member]) -> pl.DataFrame:
    """Members of groups as `oldest_first` takes them, numbered from 1."""
    numbered = [(row.group, item, *row[1:]) for item, row in enumerate(rows, 1)]
    return pl.DataFrame(numbered, dict(MEMBERS), orient="row")


class Fact(NamedTuple):
    """One item of a book; it is settled within its group, 0 being never."""

    customer: str
    currency: str
    date: date
    issued_before: int
    days_to_due: int
    amount: int
    debit: str
    credit: str
    recorded_after: int
    group: int
    matched_after: int

    def item(self, number: int) -> tuple[object, ...]:
        """The fact as a row of `ITEMS`."""
        issued = self.date - timedelta(days=self.issued_before)
        kind = self.debit if self.amount > 0 else self.credit
        return (
            number, self.customer, f"N{number}", kind, self.date, issued,
            issued + timedelta(days=self.days_to_due), self.currency, self.amount,
            self.date + timedelta(days=self.recorded_after),
        )  # fmt: skip

    def member(self) -> Member:
        """The fact as a member of its group."""
        group = self.group * 1000 + ord(self.customer) * 2 + (self.currency == "EUR")
        return Member(group, self.date, self.amount, self.date + timedelta(days=self.matched_after))


def book_of(facts: list[Fact]) -> Book:
    """A book of some facts, partly settled, some of them recorded late."""
    rows = [fact.item(number) for number, fact in enumerate(facts, 1)]
    members = members_of([fact.member() for fact in facts])
    matched = pl.Series([fact.group > 0 for fact in facts], dtype=pl.Boolean)
    items = pl.DataFrame(rows, dict(schema.ITEMS), orient="row")
    return Book(CUSTOMERS, items, oldest_first(members.filter(matched)), LAW)


class Owed(NamedTuple):
    """One debt as interest takes it, with what was paid on it."""

    principal: int
    first: date | None
    last: date | None
    series: str
    fixed_ppm: int
    later_from: date | None
    paid: list[tuple[date, int]]


def debts_of(owed: list[Owed], *, is_frozen: bool = False) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Debts and their payments, as `segments` takes them."""
    debts = [
        (
            number, one.principal, one.first, one.last, one.series, one.fixed_ppm,
            is_frozen and one.series == "public_buyer", "legal_other_after_judgment",
            one.later_from,
        )
        for number, one in enumerate(owed)
    ]  # fmt: skip
    paid = [(number, *payment) for number, one in enumerate(owed) for payment in one.paid]
    return (
        pl.DataFrame(debts, dict(DEBTS), orient="row"),
        pl.DataFrame(paid, dict(PAYMENTS), orient="row"),
    )


def ledger_of(moves: list[tuple[str, str, date, int]]) -> pl.DataFrame:
    """A balanced ledger: each move debits one account and credits another."""
    rows = [
        line
        for debit, credit, day, amount in moves
        for line in ((debit, day, amount, 0, False), (credit, day, 0, amount, False))
    ]
    return pl.DataFrame(rows, dict(schema.LEDGER), orient="row")


def shares_between(cuts: list[int]) -> list[int]:
    """The whole percentages between cuts of a hundred."""
    ends = [*sorted(cuts), 100]
    return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]


AMOUNTS = st.integers(1, 10**12)
MEMBERS_DRAWN = st.builds(
    members_of,
    st.lists(
        st.builds(Member, st.integers(1, 4), DAYS, st.integers(-500, 500), st.none() | DAYS),
        max_size=16,
    ),
)
FACTS = st.builds(
    Fact,
    customer=st.sampled_from("AAABC"),
    currency=st.sampled_from(["EUR", "EUR", "EUR", "JPY"]),
    date=BOOK_DAYS,
    issued_before=st.integers(-5, 90),
    days_to_due=st.integers(-5, 90),
    amount=st.integers(-100_000, 100_000).filter(bool),
    debit=st.sampled_from([*["invoice"] * 4, *DEBITS]),
    credit=st.sampled_from([*["payment"] * 4, *CREDITS]),
    recorded_after=st.integers(0, 40),
    group=st.sampled_from([0, 1, 1, 1, 2]),
    matched_after=st.integers(0, 60),
)
BOOKS = st.builds(book_of, st.lists(FACTS, max_size=3) | st.lists(FACTS, min_size=8, max_size=24))
DEBTS_DRAWN = st.lists(
    st.builds(
        Owed,
        principal=AMOUNTS,
        first=st.none() | DAYS,
        last=st.none() | DAYS,
        series=st.sampled_from(["b2b_default", "b2b_floor", "public_buyer", "fixed"]),
        fixed_ppm=st.integers(0, 200_000),
        later_from=st.none() | DAYS,
        paid=st.lists(st.tuples(DAYS, AMOUNTS), max_size=3),
    ),
    max_size=4,
)
ACCOUNTS = st.from_regex(r"\A[1-7][0-9]{2,5}\Z")
LEDGERS = st.builds(
    ledger_of,
    st.lists(st.tuples(ACCOUNTS, ACCOUNTS, DAYS, st.integers(1, 10**9)), max_size=20),
)
TERMS = st.builds(
    "{}{} {}{}".format,
    st.sampled_from(["", "EOM "]),
    st.integers(0, 120),
    st.sampled_from(["", "W", "M"]),
    st.sampled_from(["", " ON 10", " ON 5,20", " ON 31"]),
) | st.builds("{} EOM{}".format, st.integers(0, 120), st.sampled_from(["", " 10", " 31"]))
SPLITS = st.lists(st.integers(1, 99), max_size=3, unique=True).map(shares_between)
