"""What a click asks for and the worker does: never stuck, never half done, never twice."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.storage.opened import AT, BY, company, imported, invoices

from quittance.core.phrase import same
from quittance.reports.imports import STATES
from quittance.services import import_work
from quittance.services.import_work import (
    end_failed,
    free_stuck_imports,
    is_worker_alive,
    progress_of,
    start_applying,
    start_reading,
    start_undoing,
)
from quittance.services.imports import UnableToApply, receive_files, undo_import
from quittance.storage.access import NotThereError
from quittance.storage.models import Company, Import
from quittance.storage.models.imports import STATES as KNOWN
from quittance.storage.scope import seeing

LISTED = invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")


def waiting(one: Company) -> Import:
    return receive_files(one.pk, [LISTED], by=BY, at=AT)


def jobs() -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text, lock FROM procrastinate_jobs ORDER BY id")
        return list(cursor.fetchall())


@pytest.mark.usefixtures("db")
def test_what_is_asked_is_in_the_queue_with_the_state_that_says_so() -> None:
    one = company()
    found = start_reading(one.pk, waiting(one).pk, by=BY)
    assert found.state == "reading"
    assert jobs() == [("read_import", "todo", f"books-{one.pk}")]


@pytest.mark.usefixtures("db")
def test_what_is_asked_in_a_transaction_that_fails_is_not_in_the_queue() -> None:
    one = company()
    number = waiting(one).pk
    with transaction.atomic():
        start_reading(one.pk, number, by=BY)
        transaction.set_rollback(True)
    assert jobs() == []
    assert Import.objects.get().state == "received"


@pytest.mark.usefixtures("db")
def test_what_is_being_worked_on_is_not_asked_for_again() -> None:
    one = company()
    number = waiting(one).pk
    start_reading(one.pk, number, by=BY)
    for ask in (start_applying, start_undoing):
        with pytest.raises(UnableToApply, match="being read"):
            ask(one.pk, number, by=BY)
    with pytest.raises(NotThereError):
        start_reading(one.pk, number + 1, by=BY)


@pytest.mark.usefixtures("db")
def test_an_import_of_another_company_is_not_there() -> None:
    one = company()
    number = waiting(one).pk
    other = company("autre")
    with pytest.raises(NotThereError):
        start_reading(other.pk, number, by=BY)


@pytest.mark.usefixtures("fresh_db")
def test_nobody_waits_for_an_import_that_is_being_worked_on() -> None:
    one = company()
    number = waiting(one).pk
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(7303, %s)", [number])
        with pytest.raises(UnableToApply):
            start_reading(one.pk, number, by=BY)
    other.close()


@pytest.mark.usefixtures("fresh_db")
def test_how_far_a_work_is_shows_while_its_transaction_is_open() -> None:
    one = company()
    number = waiting(one).pk
    other = connection.copy()
    with seeing(one.pk):
        progress_of(one.pk, number, at=lambda: AT)("read", name="a.csv", done=1, of=3)
        with other.cursor() as cursor:
            cursor.execute("SELECT set_config('quittance.companies', %s, false)", [str(one.pk)])
            cursor.execute("SELECT progress->>'name', progress->>'of' FROM import")
            assert cursor.fetchone() == ("a.csv", "3")
    other.close()


@pytest.mark.usefixtures("db")
def test_a_work_that_is_in_no_queue_frees_its_import() -> None:
    one = company()
    found = start_reading(one.pk, waiting(one).pk, by=BY)
    assert free_stuck_imports() == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert free_stuck_imports() == [found.pk]
    with seeing(one.pk):
        freed = Import.objects.get()
    assert freed.state == "failed"
    assert "the work was lost" in freed.progress["refusal"]["en"]


@pytest.mark.parametrize(("state", "back"), import_work.BUSY.items())
@pytest.mark.usefixtures("db")
def test_a_work_given_up_leaves_the_import_as_it_was(state: str, back: str) -> None:
    one = company()
    number = waiting(one).pk
    Import.objects.update(state=state)
    end_failed(one.pk, number, cause=same("boom"))
    with seeing(one.pk):
        found = Import.objects.get()
    assert (found.state, "boom" in found.progress["refusal"]["fr"]) == (back, True)
    end_failed(one.pk, number, cause=same("again"))  # not worked on any more: nothing changes
    with seeing(one.pk):
        assert "boom" in Import.objects.get().progress["refusal"]["fr"]


@pytest.mark.usefixtures("db")
def test_an_import_that_is_being_undone_still_makes_the_books() -> None:
    one = company()
    found = imported(one, [LISTED])
    start_undoing(one.pk, found.pk, by=BY)
    other = imported(one, [invoices("C2;Beta;F2;06/01/2026;;5", name="b.csv")])
    assert other.summary["vanished"] == []
    undone = undo_import(one.pk, found.pk, by=BY, at=AT + timedelta(days=1))
    assert undone.state == "undone"


def test_every_state_of_an_import_has_words() -> None:
    assert set(STATES) == set(KNOWN)


@pytest.mark.usefixtures("db")
def test_whether_a_worker_lives_is_known_by_its_heartbeat() -> None:
    assert not is_worker_alive()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) "
                       "VALUES (now() - interval '2 minutes')")  # fmt: skip
        assert not is_worker_alive()
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now()")
    assert is_worker_alive()
