"""The screens, started and stopped for real."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from quittance.cli.serve import answers, first_free, is_alive, is_free, serving

pytestmark = pytest.mark.postgres


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="quittance-serve-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def quittance(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environ = {name: value for name, value in os.environ.items()
               if not name.startswith(("QUITTANCE", "DJANGO", "DATABASE"))}  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "quittance", *arguments],
        env={**environ, "QUITTANCE_HOME": str(home)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_the_demonstration_ends_with_the_address_of_its_screens(home: Path) -> None:
    shown = quittance(home, "demo", "--port", str(first_free(8900)), "--lang", "en")
    try:
        assert shown.returncode == 0, shown.stderr
        port = int(re.findall(r"http://127\.0\.0\.1:(\d+)/", shown.stdout)[0])
        assert "Sign in as: camille.morel@lumiere.example" in shown.stdout
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/") as page:
            assert b"password" in page.read()
        found = serving(home)
        assert found is not None
        assert found[1] == port
        again = quittance(home, "demo", "--port", str(port), "--lang", "en")
        assert f":{port}/" in again.stdout  # the same screens, not others
    finally:
        stopped = quittance(home, "stop", "--lang", "en")
    assert stopped.stdout == "Stopped.\n"
    assert not answers(port)
    assert not is_alive(found[0])
    assert (home / "secret_key").exists()


def test_a_taken_port_is_refused_with_what_to_do(home: Path) -> None:
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not is_free("127.0.0.1", port)
        refused = quittance(home, "serve", "--port", str(port), "--lang", "en")
    assert refused.returncode == 2
    assert refused.stderr == (
        f"Port {port} is taken by another program. Choose another one with --port.\n"
    )


def test_nothing_to_stop(home: Path) -> None:
    assert serving(home) is None
    assert quittance(home, "stop", "--lang", "en").stdout in (
        "Nothing was running.\n",
        "Stopped.\n",
    )
