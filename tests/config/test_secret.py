import stat
from pathlib import Path

from quittance.config.secret import secret_key


def test_a_given_key_is_taken(tmp_path: Path) -> None:
    assert secret_key({"QUITTANCE_SECRET": "given"}, tmp_path) == "given"
    assert not list(tmp_path.iterdir())


def test_a_key_is_made_once_and_read_by_its_user_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = secret_key({}, home)
    assert len(first) >= 50
    assert secret_key({}, home) == first
    assert [path.name for path in home.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((home / "secret_key").stat().st_mode) == 0o600
