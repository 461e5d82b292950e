"""Locks that living processes hold and dead ones do not."""

import fcntl
import os
from pathlib import Path

import pytest
from tests.storage.homes import User

from quittance.storage import locks
from quittance.storage.refusal import UnableToServe

HOLD = """
import json, sys
from pathlib import Path
from quittance.storage import locks
handle = locks.shared(Path(sys.argv[1]))
print(json.dumps({}), flush=True)
sys.stdin.read()
"""


def test_one_holds_the_guard_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "PATIENCE_SECONDS", 0.05)
    path = tmp_path / "guard"
    with locks.alone(path), pytest.raises(UnableToServe, match="Another process"):
        locks.taken(path)
    with locks.alone(path):
        pass


def test_the_guard_of_a_removed_home_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "guard"
    handle = locks.taken(path)
    assert locks.is_current(handle, path)
    path.unlink()
    assert not locks.is_current(handle, path)
    os.close(locks.taken(path))
    os.close(handle)


def test_a_home_removed_while_we_wait_is_not_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, really = tmp_path / "guard", locks.opened_file
    lives = iter(["removed", "kept"])

    def opened(place: Path) -> int:
        handle = really(place)
        if next(lives) == "removed":
            place.unlink()
        return handle

    monkeypatch.setattr(locks, "opened_file", opened)
    handle = locks.taken(path)
    assert locks.is_current(handle, path)
    os.close(handle)


def test_users_count_until_they_end(tmp_path: Path) -> None:
    path = tmp_path / "users"
    first, second = User(path, HOLD), User(path, HOLD)
    first.says(), second.says()
    assert not locks.is_unused(path)
    first.is_killed()
    assert not locks.is_unused(path)
    second.ends()
    assert locks.is_unused(path)


def test_a_lock_is_private_and_stays_with_its_process(tmp_path: Path) -> None:
    handle = locks.shared(tmp_path / "users")
    assert (tmp_path / "users").stat().st_mode & 0o777 == 0o600
    assert fcntl.fcntl(handle, fcntl.F_GETFD) & fcntl.FD_CLOEXEC
    os.close(handle)
