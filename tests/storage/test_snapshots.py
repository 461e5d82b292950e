"""Facts written aside: whole or not at all, for their owner alone, never of another history."""

from pathlib import Path

import polars as pl
import pytest
from django.conf import settings

from quittance.storage import snapshots
from quittance.storage.snapshots import Snapshot, latest, write, write_aside

PLACE = ("quittance", 7)
COLUMNS = ({"item": pl.Int64}, {"id": pl.Int64}, {"account": pl.String})
HASH = "a" * 64


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


def snapshot(position: int, *items: int) -> Snapshot:
    frames = ({"item": list(items)}, {"id": [1]}, {"account": ["411é"]})
    made = [pl.DataFrame(one, columns) for one, columns in zip(frames, COLUMNS, strict=True)]
    return Snapshot(position, HASH, (made[0], made[1], made[2]))


def test_what_was_written_is_read_again(home: Path) -> None:
    assert latest(PLACE, COLUMNS) is None
    write(PLACE, snapshot(3, 1, 2))
    found = latest(PLACE, COLUMNS)
    assert found is not None
    assert (found.position, found.hash) == (3, HASH)
    assert found.frames[0]["item"].to_list() == [1, 2]
    assert found.frames[2]["account"].to_list() == ["411é"]
    assert latest(("other", 7), COLUMNS) is None
    assert latest(("quittance", 8), COLUMNS) is None
    assert {
        path.stat().st_mode & 0o777 for path in (home / "cache").rglob("*") if path.is_dir()
    } == {0o700}


def test_only_the_newest_stays() -> None:
    for position in (3, 9):
        write(PLACE, snapshot(position, position))
    (only,) = snapshots.folder_of(PLACE).iterdir()
    assert only.name.startswith("9-")
    write(PLACE, snapshot(9, 1))
    found = latest(PLACE, COLUMNS)
    assert found is not None
    assert found.frames[0]["item"].to_list() == [9]


def test_what_cannot_be_read_is_left_aside() -> None:
    write(PLACE, snapshot(3, 1))
    assert latest(PLACE, (*COLUMNS[:2], {"account": pl.Int64})) is None
    (only,) = snapshots.folder_of(PLACE).iterdir()
    (only / "0.arrow").write_bytes(b"half")
    assert latest(PLACE, COLUMNS) is None


def test_a_closed_disk_is_no_fault(home: Path) -> None:
    (home / "cache").write_text("in the way")
    write(PLACE, snapshot(3, 1))
    assert latest(PLACE, COLUMNS) is None


def test_little_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    assert write_aside(PLACE, snapshot(3, 1)) is None
    monkeypatch.setattr(snapshots, "SMALLEST", 1)
    writer = write_aside(PLACE, snapshot(3, 1))
    assert writer is not None
    writer.join()
    assert latest(PLACE, COLUMNS) is not None
