"""The worker: takes tasks from the database until it is told to stop."""

import os
import signal
import threading
import time

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

QUEUES = ["imports"]
AT_ONCE = 2  # of one company one at a time: a lock of the queue sees to it
LOOKS_EVERY_SECONDS = 1.0


def end_with(parent: int) -> None:
    """End as when told to, once the process that started us is no more: killed, it tells nobody."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOKS_EVERY_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def run_worker(*, is_one_shot: bool = False) -> None:
    """Work until stopped; `is_one_shot` ends when nothing waits any more (tests, cron)."""
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("the worker runs on Django's own connection")
    with app.replace_connector(connector.get_worker_connector()) as working:
        working.run_worker(
            queues=QUEUES,
            concurrency=AT_ONCE,
            wait=not is_one_shot,
            listen_notify=not is_one_shot,
            install_signal_handlers=True,
        )
