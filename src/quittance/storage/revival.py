"""A server that was killed under a running process is started again by whoever misses it first.

Who starts it is settled by the guard's lock, as ever; the others find it there. A request waits a
few seconds for it and then says so; the start itself goes on in a thread of its own.
"""

import logging
import threading
from pathlib import Path

import psycopg

from quittance.storage import embedded, server
from quittance.storage.home import Home
from quittance.storage.refusal import UnableToServe

PATIENCE_SECONDS = 8.0
GOING_AWAY = ("57P01", "57P02", "57P03")  # told to end, another process crashed, not ready yet
log = logging.getLogger(__name__)
lock = threading.Lock()
under_way: dict[Path, threading.Thread] = {}


def is_brought_back(folder: Path, *, seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether the server of a home that we use answers within some seconds; starts it if need be.

    Not once we left it: a process that ends starts nothing.
    """
    home = Home(folder)
    if home.folder not in embedded.held:
        return False
    if server.state(home) == "ready":
        return True
    starting(home.folder).join(seconds)
    return server.state(home) == "ready"


def starting(folder: Path) -> threading.Thread:
    """The start that is under way in this process, begun by the first who asks."""
    with lock:
        thread = under_way.get(folder)
        if thread is None or not thread.is_alive():
            thread = threading.Thread(target=start_again, args=[folder], daemon=True)
            under_way[folder] = thread
            thread.start()
        return thread


def start_again(folder: Path) -> None:
    """Start the server; why it does not is for the log, and for who looks at the screens."""
    try:
        embedded.start_again(folder)
    except (UnableToServe, OSError) as fault:
        log.error("%s", fault)


def is_lost(fault: BaseException | None) -> bool:
    """Whether a fault, or what caused it, is that the server went away, not that it refused."""
    while fault is not None:
        if isinstance(fault, psycopg.OperationalError | psycopg.InterfaceError):
            state = fault.sqlstate or ""
            return not state or state.startswith("08") or state in GOING_AWAY
        fault = fault.__cause__
    return False
