"""The record is the same however the books are given: any order, any split, any repetition.

Real bytes through the real services: received, read, compared, written, undone. A few examples by
default; QUITTANCE_EXAMPLES=200 looks wider, each time elsewhere (`make campaign`).
"""

import os
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import polars as pl
import pytest
from django.db import transaction
from hypothesis import given
from tests import record
from tests.core.test_properties_of_sources import (
    BILLS,
    CHANCE,
    CUTS,
    PAID,
    SALES,
    cut,
    dealt,
    ledger,
    lists,
)
from tests.drawn import settings
from tests.readers import fecs
from tests.storage.opened import AT, BY, company, imported
from tests.tables import shuffled

from quittance.core.sources import Given
from quittance.services.imports import UnableToImportAgain, undo_import
from quittance.services.journal_proof import verify_journal
from quittance.storage.models import AccountMovement, Allocation, Company, LedgerItem

WIDE = int(os.environ.get("QUITTANCE_EXAMPLES", "0"))
FEW = settings(  # each is some ten imports
    max_examples=WIDE or 4, derandomize=not WIDE, print_blob=bool(WIDE)
)
WHOLE_YEAR = date(2026, 1, 1)
File = tuple[str, bytes]
State = dict[str, list[tuple[object, ...]]]


def drawn(sales: list[tuple[int, int, int, int, int]]) -> Given:
    """The ledger of some sales, every entry balanced, as a reader wants it."""
    rows = ledger(sales)
    entry = ["journal", "journal_label", "entry", "date", "entry_id", "piece_date", "valid_date"]
    left = rows.group_by(entry, maintain_order=True).agg(
        net=pl.col("debit_minor").sum() - pl.col("credit_minor").sum()
    )
    told = left.filter(pl.col("net") != 0).with_columns(
        account=pl.lit("890000"),
        debit_minor=pl.max_horizontal(-pl.col("net"), 0),
        credit_minor=pl.max_horizontal("net", 0),
    )
    more = pl.concat([rows.clear(), told.drop("net")], how="diagonal_relaxed")
    whole = pl.concat([rows, more.with_columns(pl.col(pl.String).fill_null(""))])
    return Given("fec", "entries", whole.sort("date", "journal", "entry", maintain_order=True))


def moved(one: Given, chance: Random) -> Given:
    """The same rows, in another order."""
    return replace(one, rows=shuffled(one.rows, chance.randrange(99)))


def fec_of(one: Given) -> File:
    """Entries as the bytes of a FEC."""
    rows = []
    for row in one.rows.iter_rows(named=True):
        day = f"{row['date']:%Y%m%d}"
        rows.append(
            {**dict.fromkeys(fecs.COLUMNS, ""), "JournalCode": row["journal"],
             "JournalLib": row["journal_label"], "EcritureNum": row["entry"], "EcritureDate": day,
             "CompteNum": row["account"], "CompteLib": row["account"],
             "CompAuxNum": row["auxiliary"], "CompAuxLib": row["auxiliary"],
             "PieceRef": row["piece"], "PieceDate": day, "EcritureLib": "x", "ValidDate": day,
             "Debit": amount(row["debit_minor"]), "Credit": amount(row["credit_minor"]),
             "EcritureLet": row["matching_code"]}
        )  # fmt: skip
    return f"{one.file}.txt", fecs.written(rows)


def amount(minor: int) -> str:
    return f"{minor // 100},{minor % 100:02}"


def list_of(one: Given) -> File:
    """A list as the bytes of a CSV."""
    said = [name for name in one.rows.columns if one.rows[name].null_count() < one.rows.height]
    columns = dict.fromkeys(["customer", "document", *said])
    told = one.rows.select(list(columns)).drop("line", "file", strict=False)
    cents = {name: f"{name[:-6]}_cents" for name in columns if name.endswith("_minor")}
    return f"{one.file}.csv", told.rename(cents).write_csv().encode()


def state(one: Company) -> State:
    """What holds now, by natural keys: nothing of numbers, instants or files."""
    live = LedgerItem.objects.filter(company=one, reversed_at=None).select_related("customer")
    items = {row.pk: row for row in live}
    pairs = Allocation.objects.filter(company=one, reversed_at=None)
    moves = AccountMovement.objects.filter(company=one, reversed_at=None)
    return {  # a customer of whom nothing is left stays, without items
        "items": sorted(
            (row.key, row.customer.code, row.kind, row.document, row.date, row.issue_date,
             str(row.due_date), row.currency, row.amount_minor, row.recorded_date)
            for row in items.values()
        ),
        "allocations": sorted(
            (items[row.debit_id].key, items[row.credit_id].key, row.amount_minor, row.date,
             row.recorded_date, row.value_date) for row in pairs
        ),
        "movements": sorted(
            (row.account, row.date, row.is_opening, row.debit_minor, row.credit_minor)
            for row in moves
        ),
        "customers": sorted({(row.customer.code, row.customer.name) for row in items.values()}),
    }  # fmt: skip


def given_one_by_one(slug: str, files: list[File], chance: Random) -> Company:
    """A company to which files were given in some order, some of them twice, some together."""
    one = company(slug)
    order = [*files, *files[::2]]
    chance.shuffle(order)
    while order:
        together = [order.pop() for _ in range(min(len(order), chance.choice([1, 1, 2])))]
        try:
            with transaction.atomic():
                imported(one, together)
        except UnableToImportAgain:
            assert all(content in [c for _, c in files] for _, content in together)
    return one


def agree(whole: list[File], parts: list[File], chance: Random) -> None:
    """The same state for the whole at once and for the parts in any way; and back again."""
    record.ready()
    with record.rolled_back():
        expected_of = company("entier")
        imported(expected_of, whole)
        expected = state(expected_of)
        one = given_one_by_one("parties", parts, chance)
        assert state(one) == expected
        more = imported(one, [(f"tout-{name}", content + b"\n") for name, content in whole])
        assert state(one) == expected
        assert more.summary["is_empty"]
        undo_import(one.pk, more.pk, by=BY, at=AT)
        assert state(one) == expected
        assert verify_journal(one.pk).breaks == ()


@FEW
@given(SALES, CUTS, CHANCE)
def test_a_ledger_makes_the_same_record_however_it_is_given(
    sales: list[tuple[int, int, int, int, int]], cuts: list[date], chance: Random
) -> None:
    whole = drawn(sales)
    for parts in (cut(whole, "date", [*cuts, WHOLE_YEAR]), dealt(whole, chance, parts=3)):
        agree([fec_of(whole)], [fec_of(moved(one, chance)) for one in parts], chance)


@FEW
@given(BILLS, PAID, CHANCE)
def test_lists_make_the_same_record_however_they_are_given(
    owed: list[tuple[int, int, int, int]], paid: list[tuple[int, int, int]], chance: Random
) -> None:
    invoices, payments = lists(owed, paid)
    whole = [Given("factures", "invoices", invoices), Given("reglements", "payments", payments)]
    day = date(2026, 1, 1) + timedelta(days=chance.choice([10, 40]))
    parts = [*cut(whole[0], "issue_date", [day]), *cut(whole[1], "payment_date", [day])]
    moved_parts = [list_of(moved(one, chance)) for one in parts]
    agree([list_of(one) for one in whole], moved_parts, chance)


@pytest.mark.parametrize("first", [0, 1])
def test_imports_taken_back_in_any_order_leave_what_the_others_make(first: int) -> None:
    record.ready()
    with record.rolled_back():
        whole = drawn([(0, 1, 0, 700, 20), (0, 2, 31, 100, 0)])
        parts = [fec_of(one) for one in dealt(whole, Random(3), parts=3)]
        alone = company("seul")
        imported(alone, parts[2:])
        expected = state(alone)
        one = company()
        done = [imported(one, [part]) for part in parts]
        for gone in (done[first], done[1 - first]):
            undo_import(one.pk, gone.pk, by=BY, at=AT)
        assert state(one) == expected
