"""Kill the worker while it reads, applies or takes back what somebody asked for on a screen.

    .venv/bin/python -m tests.campaigns.worker_kills --rounds 50 --seed 1

What is asked stays asked: once the worker is dead the record is judged, its heartbeat is aged, the
minute's work heals the queue, and the next worker ends what was begun.
"""

import subprocess
import sys
import time

from django.db import connection
from procrastinate.contrib.django import app
from tests.campaigns.judge import Round, campaign, expect, files, judge, left_alone, state_of
from tests.storage.opened import AT, BY, imported

from quittance.cli.worker import run_worker
from quittance.services import imports
from quittance.services.import_work import start_applying, start_reading, start_undoing

ASKED = {
    "reading": (start_reading, "ready"),
    "applying": (start_applying, "applied"),
    "undoing": (start_undoing, "undone"),
}
STARTS_WITHIN_SECONDS = 30
LATER_SECONDS = 0.12  # about what a work takes
HEALINGS = 4


def one_round(given: Round) -> str:
    """Ask for a work, kill who does it, judge, heal, judge again."""
    pk = given.company.pk
    stage = given.chance.choice(["reading", "applying", "applying", "undoing"])
    imported(given.company, files(150))
    received = imports.receive_files(pk, files(150, again=True), by=BY, at=AT)
    if stage != "reading":
        imports.read_import(pk, received.pk)
    if stage == "undoing":
        imports.apply_import(pk, received.pk, by=BY, at=AT)
    ask, wanted = ASKED[stage]
    deaths = given.chance.choice([1, 1, 2])
    ask(pk, received.pk, by=BY)
    found = []
    for _ in range(deaths):
        if state_of(given.company, received.pk) != stage:
            break
        worker_killed(given)
        left_alone()
        judge(given.company)
        found.append(state_of(given.company, received.pk))
        expect(found[-1] in (stage, wanted), f"{stage} left the import {found[-1]}")
        aged()
        if len(found) < deaths:
            retried()
    for _ in range(HEALINGS):
        if state_of(given.company, received.pk) != stage and not jobs("todo", "doing"):
            break
        heal()
        run_worker(is_one_shot=True)
    expect(state_of(given.company, received.pk) == wanted, f"{stage} was asked and is not done")
    judge(given.company)
    return f"{stage}, {'done before' if found[-1] == wanted else 'to do again'}"


def worker_killed(given: Round) -> None:
    """Start a worker, kill it a moment after it took the work."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "quittance", "worker"],
        env=given.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(STARTS_WITHIN_SECONDS * 100):
        if not jobs("todo"):
            break
        time.sleep(0.01)
    time.sleep(given.chance.uniform(0, LATER_SECONDS))
    worker.kill()
    worker.wait()


def jobs(*states: str) -> int:
    """How many works on imports are in some states."""
    asked = (
        "SELECT count(*) FROM procrastinate_jobs "
        "WHERE status::text = ANY(%s) AND task_name <> 'heal'"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [list(states)])
        return int(cursor.fetchone()[0])


def aged() -> None:
    """As if the dead had been silent for an hour."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 h'")


def retried() -> None:
    """The minute's work alone: it puts what was begun back into the queue."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, "
            "worker_id = NULL, scheduled_at = NULL WHERE status = 'doing' AND task_name <> 'heal'"
        )


def heal() -> None:
    """The minute's work, asked for now."""
    app.configure_task("heal", queue="imports", queueing_lock=f"heal-{time.monotonic_ns()}").defer(
        timestamp=3601
    )
    run_worker(is_one_shot=True)


if __name__ == "__main__":
    campaign(one_round, module="tests.campaigns.worker_kills")
