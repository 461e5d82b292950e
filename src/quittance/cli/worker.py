"""The worker: takes tasks from the database until it is told to stop."""

import asyncio
import os
import signal
import threading
import time
from typing import Any

import psycopg
from django.conf import settings
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from quittance.storage.revival import is_brought_back

QUEUES = ["imports"]
AT_ONCE = 2  # of one company one at a time: a lock of the queue sees to it
IDLE, MOST_OPEN = 1, 4  # a pool waits longer for each idle connection that it finds dead
LOOKS_EVERY_SECONDS = 1.0


def end_with(parent: int) -> None:
    """End as when told to, once the process that started us is no more: killed, it tells nobody."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOKS_EVERY_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


class Connection(psycopg.AsyncConnection[Any]):
    """A connection of the queue; where our own server is gone, it is started again first."""

    @classmethod
    async def connect(cls, *given: Any, **named: Any) -> "Connection":
        """Connect; where nobody answers, as `storage/engine/base.py` does."""
        try:
            return await super().connect(*given, **named)
        except psycopg.OperationalError:
            if not settings.ADDRESS.is_embedded:
                raise
            if not await asyncio.to_thread(is_brought_back, settings.HOME):
                raise
        return await super().connect(*given, **named)


def run_worker(*, is_one_shot: bool = False) -> None:
    """Work until stopped; `is_one_shot` ends when nothing waits any more (tests, cron)."""
    connector = PsycopgConnector(
        kwargs=connector_params(), connection_class=Connection, min_size=IDLE, max_size=MOST_OPEN
    )
    with app.replace_connector(connector) as working:
        working.run_worker(
            queues=QUEUES,
            concurrency=AT_ONCE,
            wait=not is_one_shot,
            listen_notify=not is_one_shot,
            fetch_job_polling_interval=LOOKS_EVERY_SECONDS,  # where nobody could notify it
            install_signal_handlers=True,
        )
