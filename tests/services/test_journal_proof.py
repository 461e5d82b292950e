"""The journal proves itself against somebody who has every right on the server."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.storage.opened import AT, BY, company, imported, invoices

from quittance.core.chain import event_of, walk
from quittance.services.journal import Subject, journal
from quittance.services.journal_proof import exported, verify_journal
from quittance.storage.models import Company, Event
from quittance.storage.ownership import as_owner
from quittance.storage.scope import seeing

pytestmark = pytest.mark.usefixtures("fresh_db")
FIRST = "C1;Alpha;F1;05/01/2026;04/02/2026;100,00"
SECOND = "C2;Beta;F2;06/01/2026;05/02/2026;250,00"


@pytest.fixture
def one() -> Company:
    """A company with two imports, a correction among them, and three notes."""
    found = company()
    imported(found, [invoices(FIRST, SECOND)])
    later = FIRST.replace("100", "120")
    imported(found, [invoices(later, name="b.csv")], at=AT + timedelta(days=1))
    for number in range(3):
        with seeing(found.pk):
            subject = Subject("note", number)
            journal(found.pk, "note.written", by=BY, at=AT, subject=subject, after={"n": number})
    return found


def verdict(one: Company, head: str = "") -> list[tuple[int, str]]:
    with seeing(one.pk):
        return [
            (found.position, found.reason) for found in verify_journal(one.pk, head=head).breaks
        ]


def as_superuser(one: Company, statement: str) -> None:
    """A change that no rule of the database hinders."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('quittance.companies', %s, false)", [str(one.pk)])
        for table in ("event", "ledger_item", "allocation"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)


def test_a_journal_left_alone_holds(one: Company) -> None:
    assert verdict(one) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("actor_name", "'x'"), ("at", "at + interval '1 microsecond'"), ("after", "'{}'"),
     ("origin", "'x'"), ("action", "'x'"), ("hash", "repeat('0', 64)"), ("subject_id", "9")],
)  # fmt: skip
def test_an_altered_event_is_found(one: Company, column: str, value: str) -> None:
    which = "WHERE action = 'note.written' AND subject_id = 1"
    as_superuser(one, f"UPDATE event SET {column} = {value} {which}")  # noqa: S608
    assert (6, "altered") in verdict(one)


def test_a_removed_event_is_found(one: Company) -> None:
    as_superuser(one, "DELETE FROM event WHERE subject_id = 0 AND action = 'note.written'")
    assert verdict(one) == [(5, "missing")]


def test_removed_last_events_are_found_by_a_hash_noted_elsewhere(one: Company) -> None:
    with seeing(one.pk):
        head = Event.objects.latest("position").hash
    as_superuser(one, "DELETE FROM event WHERE subject_id = 2 AND action = 'note.written'")
    assert verdict(one) == []
    assert verdict(one, head) == [(6, "head")]


def test_exchanged_events_are_found(one: Company) -> None:
    as_superuser(
        one,
        "DROP INDEX event_position_once; "
        "UPDATE event SET position = 13 - position WHERE position IN (6, 7)",
    )
    assert {"moved", "altered"} <= {reason for _, reason in verdict(one)}


def test_an_inserted_event_is_found(one: Company) -> None:
    names = ", ".join(field.column for field in Event._meta.concrete_fields if field.name != "id")
    again = f"INSERT INTO event (id, {names}) SELECT 9999, {names} FROM event WHERE position = 6"  # noqa: S608
    as_superuser(one, f"DROP INDEX event_position_once; {again}")
    assert {"repeated", "altered"} <= {reason for _, reason in verdict(one)}


@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger_item SET amount_minor = amount_minor + 1 WHERE document = 'F2'",
     "UPDATE ledger_item SET due_date = due_date + 30 WHERE document = 'F2'",
     "UPDATE ledger_item SET due_date = NULL WHERE document = 'F2'",
     "UPDATE ledger_item SET label = 'x' WHERE document = 'F2'",
     "UPDATE ledger_item SET recorded_at = recorded_at - interval '1 day' WHERE document = 'F2'",
     "DELETE FROM ledger_item WHERE document = 'F2'"],
)  # fmt: skip
def test_an_altered_fact_is_found(one: Company, statement: str) -> None:
    as_superuser(one, statement)
    assert verdict(one) == [(2, "facts")]


def test_a_correction_taken_back_in_silence_is_found(one: Company) -> None:
    as_superuser(
        one,
        "DELETE FROM ledger_item WHERE amount_minor = 12000; "
        "UPDATE ledger_item SET reversed_at = NULL, reversed_by_id = NULL",
    )
    assert verdict(one) == [(4, "facts")]


def test_a_fact_given_to_another_event_is_found(one: Company) -> None:
    as_superuser(
        one,
        "UPDATE ledger_item SET added_by_id = (SELECT max(id) FROM event) WHERE document = 'F2'",
    )
    assert verdict(one) == [(2, "facts"), (7, "facts")]


def test_facts_that_no_event_brought_are_found(one: Company) -> None:
    as_superuser(
        one,
        "ALTER TABLE ledger_item DROP CONSTRAINT ledger_item_added_by_id_of_company; "
        "UPDATE ledger_item SET added_by_id = 9999 WHERE document = 'F2'",
    )
    assert verdict(one) == [(2, "facts"), (0, "orphans")]


def test_the_export_holds_wherever_it_is_taken(one: Company) -> None:
    with seeing(one.pk):
        lines = list(exported(one.pk))
        head = Event.objects.latest("position").hash
    assert walk(map(event_of, lines), head=head).breaks == ()
    cut = [event_of(line) for line in lines[:-1]]
    assert [found.reason for found in walk(cut, head=head).breaks] == ["head"]
    assert [found.reason for found in walk(cut[1:]).breaks] == ["missing"]
