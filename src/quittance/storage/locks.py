"""Who starts, who stops, who is still there: locks that the kernel frees when a process dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quittance.core.phrase import Phrase
from quittance.storage.refusal import UnableToServe

PATIENCE_SECONDS = 900
PAUSE_SECONDS = 0.02
BUSY = Phrase(
    "Un autre processus démarre ou arrête la base depuis plus de {minutes} minutes ({path}).",
    "Another process has been starting or stopping the database for over {minutes} minutes "
    "({path}).",
)
FIND_IT = Phrase(
    "Cherchez lequel par fuser ou lsof, attendez-le ou arrêtez-le.",
    "Find it with fuser or lsof, wait for it or end it.",
)


def opened_file(path: Path) -> int:
    """A new handle on a lock file, private and not handed down to programs we run.

    The file belongs to whoever the folder does, also when root comes by.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    folder = path.parent.stat()
    if os.geteuid() == 0 and os.fstat(handle).st_uid != folder.st_uid:
        os.fchown(handle, folder.st_uid, folder.st_gid)
    return handle


def is_locked(handle: int, kind: int) -> bool:
    """Take a lock if that is possible at once; whether it was."""
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_current(handle: int, path: Path) -> bool:
    """Whether the path still names the file that we hold (a whole home may be removed)."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock of a file alone while the block runs."""
    handle = taken(path)
    try:
        yield
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)


def taken(path: Path) -> int:
    """Wait until the lock of a file is ours alone."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        path.parent.mkdir(mode=0o711, exist_ok=True)
        try:
            handle = opened_file(path)
        except FileNotFoundError:  # its folder was replaced or removed meanwhile
            continue
        if is_locked(handle, fcntl.LOCK_EX) and is_current(handle, path):
            return handle
        os.close(handle)
        time.sleep(PAUSE_SECONDS)
    raise UnableToServe(BUSY.filled(minutes=PATIENCE_SECONDS // 60, path=path), FIND_IT)


def shared(path: Path) -> int:
    """A handle that counts us among the users of a file until it is closed or we die."""
    handle = opened_file(path)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def is_unused(path: Path) -> bool:
    """Whether no living process counts itself among the users of a file."""
    handle = opened_file(path)
    try:
        return is_locked(handle, fcntl.LOCK_EX)
    finally:
        os.close(handle)
