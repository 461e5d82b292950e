"""The screens, started and stopped for real."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from quittance.cli.serve import (
    address_of,
    answers,
    doors_of,
    first_free,
    has_address,
    is_alive,
    is_free,
    serving,
)

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
        port = int(re.findall(r"http://localhost:(\d+)/", shown.stdout)[0])
        assert f"http://localhost:{port}/c/lumiere/?as_of=2026-09-30\n" in shown.stdout
        assert "Sign in as: camille.morel@lumiere.example" in shown.stdout
        assert "Colleagues, same password: nadia.benali@lumiere.example (collector)" in shown.stdout
        for host in ("localhost", "127.0.0.1"):
            with urllib.request.urlopen(f"http://{host}:{port}/account/login/") as page:
                assert b"password" in page.read()
        assert listeners(port) == set(doors_of("127.0.0.1"))
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


def listeners(port: int) -> set[str]:
    """The addresses of this machine on which somebody listens, as the kernel knows them."""
    found = set()
    for name, family in (("tcp", socket.AF_INET), ("tcp6", socket.AF_INET6)):
        for line in Path("/proc/net", name).read_text(encoding="ascii").splitlines()[1:]:
            address, at = line.split()[1].split(":")
            if (int(at, 16), line.split()[3]) == (port, "0A"):
                words = [bytes.fromhex(address[n : n + 8])[::-1] for n in range(0, len(address), 8)]
                found.add(socket.inet_ntop(family, b"".join(words)))
    return found


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://localhost:80"), ("::", "http://localhost:80"),
        ("::1", "http://localhost:80"), ("192.0.2.7", "http://192.0.2.7:80"),
        ("2001:db8::7", "http://[2001:db8::7]:80"),
    ],
)  # fmt: skip
def test_the_address_shown_is_one_that_a_browser_keeps_passkeys_for(
    host: str, address: str
) -> None:
    assert address_of(host, 80) == address


def test_nobody_else_answers_to_the_name_of_this_machine() -> None:
    both = ("127.0.0.1", "::1") if has_address("::1") else ("127.0.0.1",)
    assert doors_of("127.0.0.1") == doors_of("localhost") == both
    assert doors_of("192.0.2.7") == ("192.0.2.7",)
    assert not has_address("192.0.2.7")


def test_a_taken_port_is_refused_with_what_to_do(home: Path) -> None:
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
