"""Programs run with a known environment, under a given account, without a shell."""

from pathlib import Path

import pytest

from quittance.storage.home import Account
from quittance.storage.process import ProgramFailed, feed, ran, read_from

ENV, ID = Path("/usr/bin/env"), Path("/usr/bin/id")


def test_the_callers_language_and_connection_are_not_handed_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {"PGHOST": "elsewhere", "PGDATA": "/x", "LC_ALL": "fr_FR"}.items():
        monkeypatch.setenv(name, value)
    told = ran(ENV, [], extra={"PGPASSWORD": "secret"}).stdout.splitlines()
    assert "LC_ALL=C" in told
    assert [line for line in told if line.startswith("PG")] == ["PGPASSWORD=secret"]


def test_a_failure_is_a_code_and_what_was_said() -> None:
    done = ran(ENV, ["--no-such-option"])
    assert done.returncode != 0
    assert "no-such-option" in done.stdout


def test_an_argument_is_never_read_by_a_shell() -> None:
    assert ran(Path("/bin/echo"), ["$(id)", ";", "ls"]).stdout == "$(id) ; ls\n"


@pytest.mark.usefixtures("as_root")
def test_another_account_has_none_of_roots_groups() -> None:
    assert ran(ID, ["-u"], account=Account(65534, 65534)).stdout == "65534\n"
    assert ran(ID, ["-G"], account=Account(65534, 65534)).stdout == "65534\n"


def test_what_a_program_prints_is_read_in_pieces_and_its_failure_told() -> None:
    program = Path("/bin/sh")
    assert b"".join(read_from(program, ["-c", "seq 200000"], extra={})).endswith(b"200000\n")
    with pytest.raises(ProgramFailed, match="no more") as failed:
        list(read_from(program, ["-c", "echo a; echo no more >&2; exit 3"], extra={}))
    assert failed.value.code == 3


def test_a_program_is_fed_and_may_refuse_to_eat(tmp_path: Path) -> None:
    pieces = [b"x" * 10**6] * 3
    target = tmp_path / "eaten"
    feed(Path("/bin/sh"), ["-c", f"cat > {target}"], pieces=pieces, extra={})
    assert target.stat().st_size == 3 * 10**6
    with pytest.raises(ProgramFailed, match="not hungry"):
        feed(Path("/bin/sh"), ["-c", "echo not hungry >&2; exit 1"], pieces=pieces, extra={})
