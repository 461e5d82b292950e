"""The worker at work: what is asked for is done, what dies is taken up again, then given up."""

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from tests.storage.opened import AT, BY, company, invoices

from quittance.cli.worker import run_worker
from quittance.services import imports
from quittance.services.import_work import start_applying, start_reading, start_undoing
from quittance.services.imports import receive_files
from quittance.storage.models import Company, Import
from quittance.storage.scope import seeing

pytestmark = pytest.mark.usefixtures("fresh_db")
LISTED = invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")


@pytest.fixture
def waiting() -> tuple[Company, int]:
    one = company()
    return one, receive_files(one.pk, [LISTED], by=BY, at=AT).pk


def state_of(one: Company, number: int) -> Import:
    with seeing(one.pk):
        return Import.objects.get(pk=number)


def told(statement: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def test_an_import_is_read_applied_and_undone_in_the_background(
    waiting: tuple[Company, int],
) -> None:
    one, number = waiting
    for ask, state in (
        (start_reading, "ready"), (start_applying, "applied"), (start_undoing, "undone"),
    ):  # fmt: skip
        ask(one.pk, number, by=BY)
        run_worker(is_one_shot=True)
        assert state_of(one, number).state == state
    assert {row[0] for row in told("SELECT DISTINCT status::text FROM procrastinate_jobs")} == {
        "succeeded"
    }
    with seeing(one.pk):
        actors = list(one.events.order_by("position").values_list("actor_name", "origin"))
    assert actors[-2:] == [("Camille", "test"), ("Camille", "test")]


def test_a_work_done_before_its_worker_died_is_not_done_again(waiting: tuple[Company, int]) -> None:
    one, number = waiting
    imports.read_import(one.pk, number)
    start_applying(one.pk, number, by=BY)
    imports.apply_import(one.pk, number, by=BY, at=AT)  # and the worker dies before it says so
    run_worker(is_one_shot=True)
    assert state_of(one, number).state == "applied"
    with seeing(one.pk):
        assert one.events.filter(action="import.applied").count() == 1


def test_a_fault_is_tried_again_then_given_up_with_its_reason(
    waiting: tuple[Company, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, number = waiting
    seen = []

    def fault(*_given: object, **_named: object) -> None:
        seen.append(1)
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(imports, "read_import", fault)
    start_reading(one.pk, number, by=BY)
    for attempt in (1, 2, 3):
        run_worker(is_one_shot=True)
        assert len(seen) == attempt
        told("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    found = state_of(one, number)
    assert found.state == "failed"
    assert "RuntimeError: the disk is full" in found.progress["refusal"]["fr"]
    run_worker(is_one_shot=True)
    assert len(seen) == 3


def test_a_refusal_is_told_and_not_tried_again(waiting: tuple[Company, int]) -> None:
    one, number = waiting
    start_reading(one.pk, number, by=BY)
    by = '{"by": {"name": "x", "origin": "x", "user_id": null}}'
    told("UPDATE procrastinate_jobs SET task_name = 'apply_import', args = args || %s", by)
    run_worker(is_one_shot=True)
    found = state_of(one, number)
    assert (found.state, found.progress["refusal"]["en"][:20]) == ("failed", "Import 1 is not in a")


def healed() -> None:
    """The periodic work, asked for now, and what it takes up again."""
    app.configure_task("heal", queue="imports", queueing_lock="by hand").defer(timestamp=3600)
    for _ in range(2):  # the first may find nothing to do while it still heals, and end
        run_worker(is_one_shot=True)


def killed(attempts: int) -> None:
    """As if the worker of every job had been killed."""
    told(
        "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s, worker_id = NULL", attempts
    )


def test_the_work_of_a_worker_that_died_is_taken_up_again(waiting: tuple[Company, int]) -> None:
    one, number = waiting
    start_reading(one.pk, number, by=BY)
    killed(0)
    healed()
    assert state_of(one, number).state == "ready"
    assert told("SELECT attempts FROM procrastinate_jobs WHERE task_name = 'read_import'") == [(2,)]


def test_a_work_that_kills_its_worker_each_time_is_given_up(waiting: tuple[Company, int]) -> None:
    one, number = waiting
    imports.read_import(one.pk, number)
    start_applying(one.pk, number, by=BY)
    killed(2)
    healed()
    found = state_of(one, number)
    assert (found.state, "killed" in found.progress["refusal"]["en"]) == ("ready", True)
