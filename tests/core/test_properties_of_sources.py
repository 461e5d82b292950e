"""What holds of a record however its books are given: any order, any split, any repetition.

A ledger of two fiscal years is drawn with its openings, matching codes that the second year uses
again and a correction in the opening journal; lists are drawn with instalments, equal payments and
payments that name nothing. Both are cut by day, and given in several imports.
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.core.entries import JOURNALS
from tests.drawn import settings
from tests.tables import shuffled

from quittance.core.ledger import Receivables
from quittance.core.listing import INVOICE_ROWS, PAYMENT_ROWS
from quittance.core.schema import ENTRIES
from quittance.core.sources import Given, gathered

YEARS = (2025, 2026)
SHARED, LATE = 700, 90
FIXED = (("218000", 900_00), ("101000", -900_00))  # what the company owns, and its capital
Line = tuple[str, str, date, str, str, str, int, str]


def ledger(sales: list[tuple[int, int, int, int, int]]) -> pl.DataFrame:
    """Two years of entries: sales of (year, customer, day, cents, days to pay; 0: unpaid)."""
    lines: list[Line] = [("AN", "0", date(2025, 1, 1), account, "", "AN", amount, "")
                         for account, amount in FIXED]  # fmt: skip
    lines += [("AN", "0", date(2025, 1, 1), "411000", "C0", "F0", 7_00, ""),
              ("AN", "9", date(2025, 3, 3), "411000", "C0", "F0", 50, "")]  # fmt: skip
    left: list[tuple[str, str, int]] = [("C0", "F0", 7_50)]
    for number, (year, customer, day, cents, paid_after) in enumerate(sales, 1):
        day_sold = date(YEARS[year], 1, 2) + timedelta(days=day)
        lines += sale(
            number, f"C{customer}", day_sold,
            cents=cents, paid_after=paid_after, code=f"L{customer}",
        )  # fmt: skip
        if year == 0 and not paid_after:
            left.append((f"C{customer}", f"F{number}", cents))
    bank = sum(cents for year, _, _, cents, paid in sales if paid and year == 0)
    opening = [(account, "", "AN", amount) for account, amount in (*FIXED, ("512000", bank))]
    opening += [("411000", customer, piece, amount) for customer, piece, amount in left]
    lines += [("AN", "0", date(2026, 1, 1), *one, "") for one in opening]
    return entries_of(lines)


def sale(
    number: int, customer: str, day: date, *, cents: int, paid_after: int, code: str
) -> list[Line]:
    """The lines of a sale, and of its payment within the same year.

    Some are booked on two lines that only their amounts, or only their codes, tell apart.
    """
    own = code if paid_after else ""
    parts = [(cents, own)]
    if cents == SHARED:
        parts = [(350, own), (350, "")] if paid_after == LATE else [(200, own), (500, own)]
    lines: list[Line] = [
        *(("VE", str(number), day, "411000", customer, f"F{number}", *part) for part in parts),
        ("VE", str(number), day, "706000", "", f"F{number}", -cents, ""),
    ]
    if paid_after:
        paid = day + timedelta(days=paid_after)
        lines += [
            ("BQ", str(number), paid, "512000", "", "R", cents, ""),
            ("BQ", str(number), paid, "411000", customer, "R", -cents, code),
        ]
    return lines


def entries_of(lines: list[Line]) -> pl.DataFrame:
    """Lines as `ENTRIES`, the lines of one entry together."""
    columns = (
        "journal",
        "entry",
        "date",
        "account",
        "auxiliary",
        "piece",
        "amount",
        "matching_code",
    )
    rows = pl.DataFrame(
        lines, schema=[(one, pl.Date if one == "date" else None) for one in columns], orient="row"
    )
    told = rows.with_columns(
        pl.lit("").alias(name) for name, dtype in ENTRIES.items()
        if dtype == pl.String and name not in columns
    )  # fmt: skip
    return told.with_columns(
        journal_label=pl.col("journal").replace(JOURNALS),
        line=pl.int_range(2, pl.len() + 2),
        debit_minor=pl.max_horizontal("amount", 0),
        credit_minor=pl.max_horizontal(-pl.col("amount"), 0),
        piece_date="date",
        matching_date=pl.lit(None, pl.Date),
        valid_date="date",
        entry_id=pl.struct("journal", "entry", "date").hash(0).reinterpret(signed=True),
    ).select(pl.col(name).cast(dtype) for name, dtype in ENTRIES.items())


def lists(
    bills: list[tuple[int, int, int, int]], paid: list[tuple[int, int, int]]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Invoices of (customer, number, day, cents) and payments of (number, day, cents)."""
    start = date(2026, 1, 1)
    owed = pl.DataFrame(
        [(f"C{who}", f"F{who}{number}", start + timedelta(days=day), cents)
         for who, number, day, cents in bills],
        schema={"customer": pl.String, "document": pl.String, "issue_date": pl.Date,
                "amount_minor": pl.Int64}, orient="row",
    )  # fmt: skip
    owed = owed.with_columns(
        due_date=pl.col("issue_date").dt.offset_by("30d"), currency=pl.lit("EUR")
    )
    received = pl.DataFrame(
        [(f"F{number}" if number else None, start + timedelta(days=day), cents)
         for number, day, cents in paid],
        schema={"document": pl.String, "payment_date": pl.Date, "amount_minor": pl.Int64},
        orient="row",
    )  # fmt: skip
    return filled(owed, INVOICE_ROWS), filled(received, PAYMENT_ROWS)


def filled(rows: pl.DataFrame, schema: object) -> pl.DataFrame:
    """Rows with every column of a schema, null where nothing is said."""
    columns = dict(schema)  # type: ignore[call-overload]
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in columns.items()
              if name not in rows.columns]  # fmt: skip
    lined = rows.with_columns(absent).with_columns(line=pl.int_range(2, pl.len() + 2))
    return lined.select(pl.col(name).cast(dtype) for name, dtype in columns.items())


def cut(one: Given, day: str, at: list[date]) -> list[Given]:
    """A file cut before some days, each part in its own import."""
    edges = [date.min, *sorted(set(at)), date.max]
    parts = [
        one.rows.filter(pl.col(day) >= first, pl.col(day) < last) for first, last in pairwise(edges)
    ]
    return [
        replace(one, file=f"{one.file} {n}", rows=part, batch=n)
        for n, part in enumerate(parts)
        if not part.is_empty()
    ]


def dealt(one: Given, chance: Random, *, parts: int) -> list[Given]:
    """A ledger dealt entry by entry into several files, each its own import."""
    entry = one.rows["entry_id"].unique().sort()
    hands = {number: chance.randrange(parts) for number in entry}
    hand = one.rows["entry_id"].replace_strict(hands, return_dtype=pl.Int64)
    found = [one.rows.filter(hand == part) for part in range(parts)]
    return [
        replace(one, file=f"{one.file} {n}", rows=rows, batch=n)
        for n, rows in enumerate(found)
        if not rows.is_empty()
    ]


def sorted_anew(given_: list[Given], chance: Random) -> list[Given]:
    """Files in another order, each with its lines in another order."""
    moved = [
        replace(
            one,
            rows=shuffled(one.rows, chance.randrange(99)).with_columns(
                line=pl.int_range(2, pl.len() + 2)
            ),
        )
        for one in given_
    ]
    chance.shuffle(moved)
    return moved


def told(found: Receivables) -> dict[str, list[tuple[object, ...]]]:
    """The facts by their natural keys, in an order that does not depend on the files."""
    key = dict(found.sources.select("item", "key").iter_rows())
    assert len(set(key.values())) == found.items.height == len(key)
    items = [(key[item], *rest) for item, *rest in found.items.iter_rows()]
    pairs = [(key[one], key[other], *rest) for one, other, *rest in found.allocations.iter_rows()]
    moves = found.ledger.group_by("account", "date", "is_opening").agg(pl.all().sum())
    return {
        "items": sorted(items, key=str),
        "allocations": sorted(pairs, key=str),
        "customers": found.customers.rows(),
        "ledger": sorted(moves.rows(), key=str),
    }


SALES = st.lists(
    st.tuples(st.integers(0, 1), st.integers(1, 2), st.sampled_from([0, 31, 180]),
              st.sampled_from([100, SHARED]), st.sampled_from([0, 20, LATE])),
    min_size=4, max_size=10,
)  # fmt: skip
CUTS = st.lists(st.dates(date(2025, 1, 2), date(2026, 12, 31)), min_size=1, max_size=4)
BILLS = st.lists(
    st.tuples(st.integers(1, 2), st.integers(1, 2), st.sampled_from([0, 31]),
              st.sampled_from([50, 100, 120])),
    min_size=4, max_size=8,
)  # fmt: skip
PAID = st.lists(
    st.tuples(st.sampled_from([0, 11, 12, 21]), st.sampled_from([0, 31, 60]),
              st.sampled_from([50, 90, -20])),
    min_size=4, max_size=10,
)  # fmt: skip
CHANCE = st.integers(0, 10**6).map(Random)
FEW = settings(max_examples=30)  # each is several folds


@FEW
@given(SALES, CUTS, CHANCE)
def test_a_ledger_says_the_same_however_it_is_cut_repeated_and_ordered(
    sales: list[tuple[int, int, int, int, int]], cuts: list[date], chance: Random
) -> None:
    whole = Given("fec", "entries", ledger(sales))
    expected = told(gathered([whole]))
    by_day = cut(whole, "date", [*cuts, date(2026, 1, 1)])
    for parts in (by_day, dealt(whole, chance, parts=3)):
        again = [replace(one, file=f"{one.file} again", batch=9) for one in parts[::2]]
        given_ = sorted_anew([*parts, *again], chance)
        assert told(gathered(given_)) == expected
        assert told(gathered([*given_, replace(whole, batch=5)])) == expected
        anew = [replace(one, batch=n) for n, one in enumerate(reversed(given_))]
        assert told(gathered(anew)) == expected


@FEW
@given(BILLS, PAID, st.lists(st.integers(0, 61), max_size=3), CHANCE)
def test_lists_say_the_same_however_they_are_cut_repeated_and_ordered(
    owed: list[tuple[int, int, int, int]],
    paid: list[tuple[int, int, int]],
    cuts: list[int],
    chance: Random,
) -> None:
    invoices, payments = lists(owed, paid)
    whole = [Given("factures", "invoices", invoices), Given("reglements", "payments", payments)]
    expected = told(gathered(whole))
    days = [date(2026, 1, 1) + timedelta(days=one) for one in cuts]
    parts = [*cut(whole[0], "issue_date", days), *cut(whole[1], "payment_date", days)]
    again = [replace(one, file=f"{one.file} again", batch=9) for one in parts[::2]]
    given_ = sorted_anew([*parts, *again], chance)
    assert told(gathered(given_)) == expected
    assert told(gathered([*given_, *(replace(one, batch=5) for one in whole)])) == expected
    together = [replace(one, batch=0) for one in given_]
    assert told(gathered(together)) == expected
