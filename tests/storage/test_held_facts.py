"""Facts kept by a process: brought up by differences, read again when the history is another."""

from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings
from django.db import connection
from tests.storage.opened import AT, BY, company, imported, invoices

from quittance.services.allocations import Wanted, add_allocations, undo_allocations
from quittance.storage import held_facts, snapshots
from quittance.storage.held_facts import Facts, Head, current_facts, head_of
from quittance.storage.models import Allocation, Company, LedgerItem

PAID = ("reglements.csv", "client;pièce;date de règlement;montant\nC1;P1;10/02/2026;80\n".encode())


@pytest.fixture
def one(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Company:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    found = company()
    imported(found, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00"), PAID])
    return found


def now(one: Company) -> Facts:
    return current_facts(one.pk, head_of(one.pk))


def again(one: Company) -> Facts:
    """The facts as a process that has just started reads them."""
    held_facts.kept.clear()
    return now(one)


def same(left: Facts, right: Facts) -> bool:
    pairs = zip(left.frames, right.frames, strict=True)
    return all(a.sort(a.columns).equals(b.sort(b.columns)) for a, b in pairs)


def number(document: str) -> int:
    return LedgerItem.objects.get(document=document, reversed_at=None).pk


def test_differences_lead_to_what_is_there(one: Company) -> None:
    assert now(one) is now(one)
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;90,00", name="b.csv")],
             at=AT + timedelta(days=1))  # fmt: skip
    after_import = now(one)
    add_allocations(one.pk, [Wanted(number("F1"), number("P1"))], by=BY, at=AT + timedelta(days=2))
    after_allocation = now(one)
    assert after_allocation.allocations.height == after_import.allocations.height + 1
    ids = list(Allocation.objects.values_list("pk", flat=True))
    undo_allocations(one.pk, ids, by=BY, at=AT + timedelta(days=3))
    after_undoing = now(one)
    assert sorted(after_undoing.items["amount_minor"]) == [-8_000, 9_000]
    assert after_undoing.allocations.is_empty()
    assert same(after_undoing, again(one))


def test_many_differences_are_put_together(one: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_facts, "MANY_CHUNKS", 2)
    now(one)
    for day in range(1, 5):
        imported(one, [invoices(f"C1;Alpha;G{day};05/01/2026;;10", name=f"{day}.csv")],
                 at=AT + timedelta(days=day))  # fmt: skip
        assert now(one).items.n_chunks() <= 2
    assert same(now(one), again(one))


def test_a_place_with_another_hash_is_another_history(one: Company) -> None:
    head = head_of(one.pk)
    kept = now(one)
    place = (str(connection.settings_dict["NAME"]), one.pk)
    wrong = kept.items.clear()
    for other in (Head(head.position, "f" * 64), Head(head.position - 1, "f" * 64)):
        held_facts.kept[place] = Facts(other, wrong, kept.allocations, kept.movements)
        assert same(now(one), kept)


def test_what_another_thread_read_since_is_taken_as_it_is(one: Company) -> None:
    before = head_of(one.pk)
    imported(one, [invoices("C1;Alpha;F2;05/01/2026;;10", name="b.csv")], at=AT + timedelta(days=1))
    newer = now(one)
    assert current_facts(one.pk, before) is newer


def test_an_event_between_two_readings_makes_all_be_read_again(
    one: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = head_of(one.pk)
    read = held_facts.frame_of
    late = [invoices("C1;Alpha;F2;05/01/2026;;10", name="b.csv")]

    def interrupted(query: str, *rest: object, **columns: object) -> pl.DataFrame:
        if late and "FROM allocation" in query:
            imported(one, [late.pop()], at=AT + timedelta(days=1))
        return read(query, *rest, **columns)  # type: ignore[arg-type]

    monkeypatch.setattr(held_facts, "frame_of", interrupted)
    found = held_facts.all_facts((str(connection.settings_dict["NAME"]), one.pk), begun)
    assert found.head == head_of(one.pk)
    assert found.items.height == 3


def test_an_event_between_two_differences_is_read_whole(
    one: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = now(one)
    imported(one, [invoices("C1;Alpha;F2;05/01/2026;;50", name="b.csv")], at=AT + timedelta(days=1))
    add_allocations(one.pk, [Wanted(number("F1"), number("P1"))], by=BY, at=AT + timedelta(days=2))
    ids = list(Allocation.objects.values_list("pk", flat=True))
    read = held_facts.frame_of

    def interrupted(query: str, *rest: object, **columns: object) -> pl.DataFrame:
        if ids and "FROM allocation" in query:
            undone = [ids.pop()]
            undo_allocations(one.pk, undone, by=BY, at=AT + timedelta(days=3))
            late = invoices("C1;Alpha;F3;05/01/2026;;10", name="c.csv")
            imported(one, [late], at=AT + timedelta(days=4))
        return read(query, *rest, **columns)  # type: ignore[arg-type]

    place = (str(connection.settings_dict["NAME"]), one.pk)
    begun = head_of(one.pk)
    monkeypatch.setattr(held_facts, "frame_of", interrupted)
    found = held_facts.since(before, place, head=begun)
    assert not ids
    assert found.head == head_of(one.pk) != begun
    assert same(found, again(one))


def test_the_last_event_of_the_books_has_an_index_of_the_same_words() -> None:
    """Which index a plan takes of a small table is chance; that it may take this one is not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_expr(indpred, indrelid) FROM pg_index "
            "WHERE indexrelid = 'event_about_books'::regclass AND indisvalid"
        )
        ((condition,),) = cursor.fetchall()
    assert held_facts.ABOUT_BOOKS.partition(" ~ ")[2] in condition


def test_a_new_process_begins_with_what_was_written_aside(
    one: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "SMALLEST", 1)
    held_facts.kept.clear()
    head = head_of(one.pk)
    place = (str(connection.settings_dict["NAME"]), one.pk)
    first = held_facts.all_facts(place, head)
    snapshots.write(place, snapshots.Snapshot(head.position, head.hash, first.frames))
    imported(one, [invoices("C1;Alpha;F2;05/01/2026;;10", name="b.csv")], at=AT + timedelta(days=1))
    with monkeypatch.context() as patch:
        patch.setattr(held_facts, "all_facts", lambda *_: pytest.fail("read everything"))
        assert again(one).items.height == 3
    snapshots.write(place, snapshots.Snapshot(head.position, "f" * 64, first.frames))
    assert again(one).items.height == 3
