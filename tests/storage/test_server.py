"""A server that is killed, and processes that are killed while they start it."""

import os
import random
import signal
import threading
import time
from pathlib import Path

import psycopg
import pytest
from tests.storage.homes import STAY, User

from quittance.storage import embedded, server
from quittance.storage.address import Address
from quittance.storage.home import Account, Home
from quittance.storage.refusal import UnableToServe

pytestmark = pytest.mark.postgres


class Writer(threading.Thread):
    """Commits rows one by one and remembers each that was acknowledged."""

    def __init__(self, address: Address, name: int) -> None:
        super().__init__()
        self.address, self.number, self.acknowledged = address, name, set[int]()

    def run(self) -> None:
        try:
            with psycopg.connect(self.address.conninfo("owner"), autocommit=True) as connection:
                for step in range(10**6):
                    row = self.number * 10**7 + step
                    connection.execute("INSERT INTO written VALUES (%s)", [row])
                    self.acknowledged.add(row)
        except psycopg.OperationalError:
            return


def killed(home: Path) -> int:
    """Kill the server of a home as the kernel does; its process number."""
    number = embedded.status(home).process
    assert number
    os.kill(number, signal.SIGKILL)
    return number


def test_every_acknowledged_commit_survives_a_killed_server(any_home: Path) -> None:
    address = embedded.ensure_running(any_home)
    with psycopg.connect(address.conninfo("owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE written (number bigint PRIMARY KEY)")
    writers = [Writer(address, name) for name in range(1, 4)]
    for writer in writers:
        writer.start()
    time.sleep(0.7)
    killed(any_home)
    for writer in writers:
        writer.join(30)
    acknowledged = set().union(*(writer.acknowledged for writer in writers))
    embedded.ensure_running(any_home)
    with psycopg.connect(address.conninfo("owner")) as connection:
        found = {row[0] for row in connection.execute("SELECT number FROM written")}
    assert len(acknowledged) > 10
    assert acknowledged <= found
    assert len(found - acknowledged) <= len(writers)  # committed, the answer was lost


def test_a_number_given_to_another_process_is_not_believed(any_home: Path) -> None:
    """After a kill, the number in the lock files may be that of any process of the account."""
    address = embedded.ensure_running(any_home)
    killed(any_home)
    stranger = User(any_home, "import os; os.setuid(65534) if not os.geteuid() else 0; input()")
    home = Home(any_home)
    for path in (home.cluster / "postmaster.pid", home.socket_folder / ".s.PGSQL.5432.lock"):
        _, *rest = path.read_text().split("\n")
        path.write_text("\n".join([str(stranger.process.pid), *rest]))
    assert not server.is_running(home)
    embedded.ensure_running(any_home)
    with psycopg.connect(address.conninfo()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    stranger.is_killed()


@pytest.mark.parametrize("content", ["", "nonsense\n", "-1\n"])
def test_a_lock_file_cut_short_by_a_crash_is_put_away(home: Path, content: str) -> None:
    embedded.ensure_running(home, is_durable=False)
    embedded.leave(home)
    (home / "postgresql" / "postmaster.pid").write_text(content)
    embedded.ensure_running(home, is_durable=False)
    assert embedded.status(home).state == "ready"


def test_a_process_killed_while_it_starts_leaves_nothing_in_the_way(bare_home: Path) -> None:
    chance = random.Random(20261124)
    for _ in range(6):
        user = User(bare_home, STAY)
        time.sleep(chance.uniform(0.05, 1.2))
        user.is_killed()
    survivor = User(bare_home, STAY)
    survivor.says()
    survivor.ends()
    assert embedded.status(bare_home).state == "absent"
    assert not [one for one in bare_home.iterdir() if "partial" in one.name]


def test_a_process_killed_while_it_makes_the_files_leaves_none(bare_home: Path) -> None:
    user = User(bare_home, STAY)
    while not list(bare_home.glob("postgresql.partial-*/base")):
        time.sleep(0.01)
    user.is_killed()
    assert not (bare_home / "postgresql").exists()
    embedded.ensure_running(bare_home, is_durable=False)
    assert not list(bare_home.glob("postgresql.partial-*"))


def test_a_server_that_cannot_start_says_why(home: Path) -> None:
    embedded.ensure_running(home, is_durable=False)
    embedded.leave(home)
    with (home / "postgresql" / "postgresql.conf").open("a") as file:
        file.write("shared_buffers = 'plenty'\n")
    with pytest.raises(UnableToServe, match=r"did not start.*postgresql\.log"):
        embedded.ensure_running(home, is_durable=False)


@pytest.mark.parametrize(
    ("cause", "seconds"),
    [
        ("FATAL:  could not open file", 0),
        ("FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use", 120),
        ('FATAL:  lock file "postmaster.pid" already exists', 120),
        ("LOG:  starting PostgreSQL 18.6", 5),  # killed before it said anything
        ("", 5),
    ],
)
def test_a_start_is_tried_again_unless_the_server_says_why(cause: str, seconds: int) -> None:
    assert server.patience(cause) == seconds


def test_what_the_person_writes_in_the_settings_wins(home: Path) -> None:
    embedded.ensure_running(home, is_durable=False)
    embedded.leave(home)
    with (home / "postgresql" / "postgresql.conf").open("a") as file:
        file.write("work_mem = '7MB'\n")
    address = embedded.ensure_running(home, is_durable=False)
    with psycopg.connect(address.conninfo()) as connection:
        assert connection.execute("SHOW work_mem").fetchone() == ("7MB",)


def test_a_long_log_is_put_aside(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "LONGEST_LOG", 10)
    embedded.ensure_running(home, is_durable=False)
    embedded.leave(home)
    embedded.ensure_running(home, is_durable=False)
    assert (home / "log" / "postgresql.log.1").exists()


def test_files_that_cannot_be_made_are_a_refusal(bare_home: Path) -> None:
    bare_home.mkdir(mode=0o711)
    made = server.Server(
        Home(bare_home), embedded.chosen(Home(bare_home), os.environ), Account(1, 1)
    )
    with pytest.raises(UnableToServe, match="could not make its files"):
        server.fill(made, bare_home)
