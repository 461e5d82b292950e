"""The one place that runs PostgreSQL's programs: known environment, given account, no shell."""

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from quittance.storage.home import Account

KEPT_VARIABLES = ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "TZDIR")
PIECE = 1024 * 1024


class ProgramFailed(Exception):  # noqa: N818  (the caller makes a refusal of it)
    """A program of PostgreSQL ended with an error; carries what it said."""

    def __init__(self, code: int, told: str) -> None:
        self.code = code
        self.told = told.strip()
        super().__init__(self.told)


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


def read_from(
    program: Path, arguments: Sequence[str | Path], *, extra: Mapping[str, str]
) -> Iterator[bytes]:
    """What a program prints, piece by piece; `ProgramFailed` at the end if it failed."""
    with tempfile.TemporaryFile() as told:
        with subprocess.Popen(  # noqa: S603  (as above)
            [program, *arguments],
            cwd="/",
            env=environment(extra),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=told,
        ) as running:
            assert running.stdout is not None  # noqa: S101  (it was asked for)
            while piece := running.stdout.read(PIECE):
                yield piece
        checked_end(running.returncode, told)


def feed(
    program: Path,
    arguments: Sequence[str | Path],
    *,
    pieces: Iterable[bytes],
    extra: Mapping[str, str],
) -> None:
    """Run a program on what it is given, piece by piece; `ProgramFailed` if it failed."""
    with tempfile.TemporaryFile() as told:
        with subprocess.Popen(  # noqa: S603  (as above)
            [program, *arguments],
            cwd="/",
            env=environment(extra),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=told,
        ) as running:
            assert running.stdin is not None  # noqa: S101  (it was asked for)
            with contextlib.suppress(BrokenPipeError):  # it failed: its exit code says so
                for piece in pieces:
                    running.stdin.write(piece)
                running.stdin.close()
        checked_end(running.returncode, told)


def checked_end(code: int, told: IO[bytes]) -> None:
    """Raise what a failed program said."""
    if code:
        told.seek(0)
        raise ProgramFailed(code, told.read().decode(errors="replace"))
