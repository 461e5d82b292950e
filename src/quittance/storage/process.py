"""The one place that runs PostgreSQL's programs: known environment, given account, no shell."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from quittance.storage.home import Account

KEPT_VARIABLES = ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "TZDIR")


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """What a program of PostgreSQL is told: nothing of the caller's PG… variables or language."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return {**kept, "LC_ALL": "C", **extra}


def ran(
    program: Path,
    arguments: Sequence[str | Path],
    *,
    account: Account | None = None,
    extra: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; what it printed and its exit code, whatever that is."""
    who = account or Account()
    return subprocess.run(  # noqa: S603  (a program of PostgreSQL by its full path, no shell)
        [program, *arguments],
        user=who.uid,
        group=who.gid,
        extra_groups=None if who.uid is None else [],
        cwd="/",
        env=environment(extra or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        umask=0o077,
    )
