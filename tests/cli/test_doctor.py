"""`quittance doctor` in words, as JSON, in both languages, and its exit code."""

from pathlib import Path

import pytest
from tests.cli.commands import asked, run

from quittance.core.phrase import same
from quittance.storage import doctor
from quittance.storage.finding import Check

CHECK = Check("disk", same("Disk"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without data yet."""
    monkeypatch.setenv("QUITTANCE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path / "home"


@pytest.mark.usefixtures("home")
def test_a_machine_without_data_is_well() -> None:
    told = run("doctor", "--lang", "en")
    assert told.exit_code == 0
    assert "✓ Python: 3." in told.stdout
    assert "No data yet" in told.stdout
    assert "✓ Python : 3." in run("doctor").stdout


@pytest.mark.usefixtures("home")
def test_every_format_shows_the_findings() -> None:
    rows = asked("doctor")["rows"]
    assert rows[0]["check"] == "python"
    assert {row["state"] for row in rows} <= {"fine", "warning"}
    assert "python" in run("doctor", "--format", "csv").stdout


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("form", ["table", "json"])
def test_what_is_wrong_is_the_exit_code(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = CHECK.error(same("full"), same("empty it"))
    monkeypatch.setattr(doctor, "examine", lambda *_, **__: [wrong])
    told = run("doctor", "--format", form)
    assert told.exit_code == 1
    assert "empty it" in told.stdout
