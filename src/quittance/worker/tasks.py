"""What the worker does: each task is one service, safe to run again after a crash."""

from procrastinate.contrib.django import app

from quittance import clock
from quittance.services import imports
from quittance.services.journal import Actor


@app.task(name="read_import", queue="imports")
def read_import(company_id: int, import_id: int) -> None:
    """Read an import's files and prepare its preview."""
    tell = imports.progress_of(company_id, import_id, at=clock.now)
    imports.read_import(company_id, import_id, tell=tell)


@app.task(name="apply_import", queue="imports")
def apply_import(
    company_id: int, import_id: int, *, name: str, origin: str, user_id: int | None
) -> None:
    """Apply an import that somebody has confirmed."""
    tell = imports.progress_of(company_id, import_id, at=clock.now)
    by = Actor(name, origin, user_id)
    imports.apply_import(company_id, import_id, by=by, at=clock.now(), tell=tell)
