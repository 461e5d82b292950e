"""Imports done in the background: asked for with a click, done by the worker, never stuck.

What is asked and the state that says so are one transaction. A worker that dies leaves the books
as they were; its work is taken up again, and given up after a few times, with the reason.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from quittance.core.phrase import Phrase
from quittance.reports.imports import STATES
from quittance.services.import_dependents import Dependent
from quittance.services.import_reading import Tell
from quittance.services.imports import (
    IMPORT_LOCK,
    READABLE,
    UnableToApply,
    import_numbered,
)
from quittance.services.journal import Actor
from quittance.services.refusals import UnableTo
from quittance.storage.access import every_company
from quittance.storage.models import Import
from quittance.storage.progress import aside
from quittance.storage.scope import seeing

QUEUE = "imports"
BUSY = {"reading": "failed", "applying": "ready", "undoing": "applied"}  # and back, if it fails
TASKS = {"reading": "read_import", "applying": "apply_import", "undoing": "undo_import"}
HEARTBEAT_SECONDS = 45  # a worker says every ten seconds that it lives
SHOWN = 50
GIVEN_UP = Phrase(
    "Le travail a échoué plusieurs fois : {cause}. Rien n'a été écrit à moitié.",
    "The work failed several times: {cause}. Nothing was half written.",
)
LOST = Phrase("le travail s'est perdu", "the work was lost")


def start_reading(company_id: int, import_id: int, *, by: Actor) -> Import:
    """Have the files of an import read, again if they were."""
    return asked(company_id, import_id, state="reading", by=by, when=READABLE)


def start_applying(company_id: int, import_id: int, *, by: Actor) -> Import:
    """Have an import applied, as its preview says."""
    return asked(company_id, import_id, state="applying", by=by, when=("ready",))


def start_undoing(company_id: int, import_id: int, *, by: Actor) -> Import:
    """Have an import taken back whole."""
    return asked(company_id, import_id, state="undoing", by=by, when=("applied",))


def asked(
    company_id: int, import_id: int, *, state: str, by: Actor, when: tuple[str, ...]
) -> Import:
    """Put an import in the state of being worked on, and the work in the queue, together."""
    with seeing(company_id):
        found = at_hand(import_id, *when)
        found.state, found.progress = state, {}
        found.save(update_fields=["state", "progress"])
        acts = {} if state == "reading" else {"by": asdict(by)}
        task = app.configure_task(TASKS[state], queue=QUEUE, lock=f"books-{company_id}")
        task.defer(company_id=company_id, import_id=import_id, **acts)
        return found


def at_hand(import_id: int, *states: str) -> Import:
    """An import of which nobody else has hold, without waiting; UnableToApply otherwise."""
    found = import_numbered(import_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [IMPORT_LOCK, import_id])
        (is_ours,) = cursor.fetchone()
    found.refresh_from_db(fields=["state"])
    if not is_ours or found.state not in states:
        raise UnableToApply(number=import_id, state=STATES[found.state])
    return found


def progress_of(company_id: int, import_id: int, *, at: Callable[[], datetime]) -> Tell:
    """A way to tell how far an import is, which others see while its transaction is open."""

    def tell(step: str, /, **facts: object) -> None:
        with aside(company_id) as cursor:
            told = json.dumps({"step": step, "at": at().isoformat(), **facts})
            cursor.execute("UPDATE import SET progress = %s WHERE id = %s", [told, import_id])

    return tell


def end_refused(company_id: int, import_id: int, *, refusal: UnableTo) -> None:
    """Put an import back to what it was before the work, with what the service said."""
    told: dict[str, Any] = {"fr": refusal.text("fr"), "en": refusal.text("en")}
    resting = refusal.fields.get("dependents", [])
    if isinstance(resting, list):
        told["dependents"] = [plain(one) for one in resting[:SHOWN]]
    put_back(company_id, import_id, progress={"refusal": told})


def plain(one: Dependent) -> dict[str, Any]:
    """What rests on an import, as JSON holds it."""
    return {**asdict(one), "at": one.at.isoformat()}


def end_failed(company_id: int, import_id: int, *, cause: Phrase) -> None:
    """Put an import back to what it was before the work, which could not be done."""
    told = GIVEN_UP.filled(cause=cause)
    put_back(company_id, import_id, progress={"refusal": {"fr": told.fr, "en": told.en}})


def put_back(company_id: int, import_id: int, *, progress: dict[str, Any]) -> None:
    """The state that an import had before the work began."""
    with seeing(company_id):
        found = Import.objects.select_for_update().get(pk=import_id)
        if found.state in BUSY:
            found.state, found.progress = BUSY[found.state], progress
            found.save(update_fields=["state", "progress"])


def is_worker_alive() -> bool:
    """Whether a worker has said lately that it lives."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers "
            "WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [HEARTBEAT_SECONDS],
        )
        return bool(cursor.fetchone()[0])


WITHOUT_WORK = """
SELECT id FROM import WHERE company_id = %s AND state = ANY(%s) AND NOT EXISTS (
  SELECT FROM procrastinate_jobs WHERE status IN ('todo', 'doing')
  AND task_name = ANY(%s) AND (args->>'import_id')::bigint = import.id)
"""


def free_stuck_imports() -> list[int]:
    """Put back the imports that wait for a work that is in no queue; their numbers."""
    freed = []
    for company_id in [one.pk for one in every_company()]:
        with seeing(company_id), connection.cursor() as cursor:
            cursor.execute(WITHOUT_WORK, [company_id, list(BUSY), list(TASKS.values())])
            stuck = [number for (number,) in cursor.fetchall()]
        for number in stuck:
            end_failed(company_id, number, cause=LOST)
        freed += stuck
    return freed
