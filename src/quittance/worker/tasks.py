"""What the worker does: each task is one service, safe to run again after a crash."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status

from quittance import clock
from quittance.core.phrase import Phrase, same
from quittance.services import import_work, imports
from quittance.services.import_reading import Tell
from quittance.services.journal import Actor
from quittance.services.refusals import UnableTo

MOST_ATTEMPTS = 3
KEPT_HOURS = 72
HOURLY = 3600
AGAIN = RetryStrategy(max_attempts=MOST_ATTEMPTS - 1, wait=5)
KILLED = Phrase("le processus a été tué à chaque fois", "the process was killed every time")


@app.task(name="read_import", queue=import_work.QUEUE, retry=AGAIN, pass_context=True)
def read_import(context: JobContext, *, company_id: int, import_id: int) -> None:
    """Read an import's files and prepare its preview."""
    done(context, lambda tell: imports.read_import(company_id, import_id, tell=tell))


@app.task(name="apply_import", queue=import_work.QUEUE, retry=AGAIN, pass_context=True)
def apply_import(
    context: JobContext, *, company_id: int, import_id: int, by: dict[str, Any]
) -> None:
    """Apply an import that somebody has confirmed."""
    done(
        context,
        lambda tell: imports.apply_import(
            company_id, import_id, by=Actor(**by), at=clock.now(), tell=tell
        ),
    )


@app.task(name="undo_import", queue=import_work.QUEUE, retry=AGAIN, pass_context=True)
def undo_import(
    context: JobContext, *, company_id: int, import_id: int, by: dict[str, Any]
) -> None:
    """Take an import back whole."""
    done(
        context,
        lambda tell: imports.undo_import(
            company_id, import_id, by=Actor(**by), at=clock.now(), tell=tell
        ),
    )


def done(context: JobContext, work: Callable[[Tell], object]) -> None:
    """Do a work; a refusal ends it, a fault tries again, the last fault gives up with its reason.

    A work that was done before its process was killed is refused by its state, which changes
    nothing.
    """
    place = place_of(context.job)
    with own_connection():
        try:
            work(import_work.progress_of(*place, at=clock.now))
        except UnableTo as refusal:
            import_work.end_refused(*place, refusal=refusal)
        except Exception as fault:
            connections.close_all()  # the fault may be the connection's
            if context.job.attempts + 1 >= MOST_ATTEMPTS:
                import_work.end_failed(*place, cause=same(f"{type(fault).__name__}: {fault}"[:300]))
            raise


@contextmanager
def own_connection() -> Iterator[None]:
    """A connection for one work: a server that was started again in between does not matter."""
    connections.close_all()
    try:
        yield
    finally:
        connections.close_all()


def place_of(job: Job) -> tuple[int, int]:
    """The company and the import of a job."""
    return int(str(job.task_kwargs["company_id"])), int(str(job.task_kwargs["import_id"]))


@app.periodic(cron="* * * * *")
@app.task(name="heal", queue=import_work.QUEUE, queueing_lock="heal", pass_context=True)
async def heal(context: JobContext, timestamp: int) -> None:
    """Take up again the works of workers that died, free what waits for nothing, sweep old jobs."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(queue=import_work.QUEUE):
        if job.attempts + 1 < MOST_ATTEMPTS or "import_id" not in job.task_kwargs:
            await jobs.retry_job(job)
        else:
            await jobs.finish_job(job, Status.FAILED, delete_job=False)
            await sync_to_async(given_up)(job)
    await sync_to_async(freed)()
    if timestamp % HOURLY == 0:
        await jobs.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True)


def given_up(job: Job) -> None:
    """Tell of a work during which the process was killed each time."""
    with own_connection():
        import_work.end_failed(*place_of(job), cause=KILLED)


def freed() -> None:
    """Put back the imports that wait for nothing."""
    with own_connection():
        import_work.free_stuck_imports()
