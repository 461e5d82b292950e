"""`quittance backup` and `restore`, on a real record."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.commands import run
from tests.storage.homes import WHEEL, new_home
from tests.storage.records import content, fill

from quittance.storage import embedded
from quittance.storage.address import Address
from quittance.storage.backup import remembered

pytestmark = pytest.mark.postgres


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("QUITTANCE_POSTGRES_BIN", str(WHEEL))
    for name in ("DATABASE_URL", "QUITTANCE_DATABASE", "QUITTANCE_BACKUP_URL", "QUITTANCE_SECRET"):
        monkeypatch.delenv(name, raising=False)
    with new_home() as folder:
        monkeypatch.setenv("QUITTANCE_HOME", str(folder))
        yield folder


@pytest.fixture
def record(home: Path) -> Address:
    address = embedded.ensure_running(home, is_durable=False)
    fill(address)
    return address


def test_a_record_is_saved_and_put_back(record: Address, home: Path, tmp_path: Path) -> None:
    before = content(record)
    told = run("backup", tmp_path)
    assert "102 lignes de 2 tables" in told.stdout
    (path,) = tmp_path.iterdir()
    last = remembered(home)
    assert last
    assert last[0] == path
    refused = run("restore", path)
    assert refused.exit_code == 2
    assert "--replace" in refused.stderr
    told = run("restore", path, "--replace", "--lang", "en")
    assert "Restored: 102 rows of 2 tables" in told.stdout
    assert "DROP DATABASE" in told.stdout
    assert content(record) == before


@pytest.mark.usefixtures("record")
def test_a_backup_made_under_another_key_is_restored_with_a_warning(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "secret_key").write_text("the key of this home")
    run("backup", tmp_path / "books")
    same = run("restore", tmp_path / "books", "--replace", "--lang", "en")
    assert (same.exit_code, same.stderr) == (0, "")
    (home / "secret_key").unlink()
    for key in ("", "another key"):
        monkeypatch.setenv("QUITTANCE_SECRET", key)
        told = run("restore", tmp_path / "books", "--replace", "--lang", "en")
        assert told.exit_code == 0
        assert "whose secret key is not the one here" in told.stderr
        assert str(home / "secret_key") in told.stderr
        assert "quittance member reset-second-factor" in told.stderr
    monkeypatch.setenv("QUITTANCE_SECRET", "the key of this home")
    assert run("restore", tmp_path / "books", "--replace").stderr == ""


@pytest.mark.usefixtures("record")
def test_a_refused_backup_is_a_sentence_and_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "there").touch()
    told = run("backup", tmp_path / "there", "--lang", "en")
    assert told.exit_code == 2
    assert "is there already" in told.stderr
    told = run("restore", tmp_path / "there")
    assert told.exit_code == 2
    assert "n'est pas une sauvegarde" in told.stderr
