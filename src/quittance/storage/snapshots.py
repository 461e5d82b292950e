"""Facts written aside as Arrow files, so that a process that starts does not read them all again.

They lie under the home folder, in `cache`, for its owner alone; each is named after a place of the
journal and its hash, so that one of another history is never taken. They may be deleted.
"""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread

import polars as pl
from django.conf import settings

from quittance.core.schema import Schema

SMALLEST = 50_000  # rows: fewer are read from the database in no time
NAME = re.compile(r"(\d+)-([0-9a-f]{64})")
Place = tuple[str, int]  # a database and the number of a company


@dataclass(frozen=True)
class Snapshot:
    """Frames as they were at a place of the journal."""

    position: int
    hash: str
    frames: tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]


def folder_of(place: Place) -> Path:
    """Where the snapshots of a company are."""
    database, company_id = place
    named = sha256(database.encode()).hexdigest()[:12]
    return Path(settings.HOME) / "cache" / f"{named}-{company_id}"


def latest(place: Place, columns: Sequence[Schema]) -> Snapshot | None:
    """The newest snapshot of a company that can be read; None for none."""
    folder = folder_of(place)
    try:
        known = [(int(found[1]), found[2], path) for path in folder.iterdir()
                 if (found := NAME.fullmatch(path.name))]  # fmt: skip
    except OSError:
        return None
    for position, hashed, path in sorted(known, reverse=True):
        try:
            frames = [pl.read_ipc(path / f"{number}.arrow") for number in range(len(columns))]
        except (OSError, pl.exceptions.PolarsError):
            continue
        if all(dict(f.schema) == dict(c) for f, c in zip(frames, columns, strict=True)):
            return Snapshot(position, hashed, (frames[0], frames[1], frames[2]))
    return None


def write_aside(place: Place, snapshot: Snapshot) -> Thread | None:
    """Write a snapshot while the page goes on; None where there is too little to write."""
    if sum(frame.height for frame in snapshot.frames) < SMALLEST:
        return None
    writer = Thread(target=write, args=(place, snapshot), daemon=True)
    writer.start()
    return writer


def write(place: Place, snapshot: Snapshot) -> None:
    """Write a snapshot whole or not at all, then take the older ones away.

    A disk that is full or closed is no fault: the next process reads the database.
    """
    folder = folder_of(place)
    try:
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        named = folder / f"{snapshot.position}-{snapshot.hash}"
        if not named.exists():
            draft = Path(mkdtemp(prefix="draft-", dir=folder))
            for number, frame in enumerate(snapshot.frames):
                frame.write_ipc(draft / f"{number}.arrow", compression="uncompressed")
            draft.rename(named)
        for old in folder.iterdir():
            if old != named:
                shutil.rmtree(old, ignore_errors=True)
    except (OSError, pl.exceptions.PolarsError):
        return
