"""One server of a home: who starts it, who shares it, who stops it."""

import os
import time
from pathlib import Path

import psycopg
import pytest
from tests.storage.homes import STAY, TALK, User, parents

from quittance.storage import embedded
from quittance.storage.embedded import address_of_environment, ensure_running, status
from quittance.storage.refusal import UnableToServe

pytestmark = pytest.mark.postgres
FORKED = STAY.replace("sys.stdin.read()", "child = os.fork()\nif not child: sys.stdin.read()")


def told(home: Path, question: str) -> object:
    with psycopg.connect(embedded.address_of_socket(status(home).socket_folder).conninfo()) as one:
        return one.execute(question).fetchone()[0]  # type: ignore[arg-type,index]


def test_a_cold_and_a_warm_start_are_quick_and_keep_what_was_written(any_bare_home: Path) -> None:
    begun = time.monotonic()
    address = ensure_running(any_bare_home)
    assert time.monotonic() - begun < 15  # 1.5 s on a quiet machine
    with psycopg.connect(address.conninfo("owner")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    assert embedded.leave(any_bare_home)
    assert status(any_bare_home).state == "absent"
    begun = time.monotonic()
    with psycopg.connect(ensure_running(any_bare_home).conninfo("owner")) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    assert time.monotonic() - begun < 10  # 0.15 s on a quiet machine


def test_the_server_listens_on_no_network_and_loses_nothing(any_home: Path) -> None:
    address = ensure_running(any_home)
    with psycopg.connect(address.conninfo("setup")) as connection:
        shown = {
            name: connection.execute(f"SHOW {name}").fetchone()[0]  # type: ignore[index]
            for name in ("listen_addresses", "fsync", "synchronous_commit", "full_page_writes",
                         "server_encoding", "TimeZone", "jit")
        }  # fmt: skip
    assert shown == {
        "listen_addresses": "", "fsync": "on", "synchronous_commit": "on",
        "full_page_writes": "on", "server_encoding": "UTF8", "TimeZone": "UTC", "jit": "off",
    }  # fmt: skip


def test_accents_count_as_letters(any_bare_home: Path) -> None:
    with psycopg.connect(ensure_running(any_bare_home).conninfo("owner")) as connection:
        connection.execute("CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent")
        connection.execute("CREATE EXTENSION btree_gist")
        found = connection.execute(
            "SELECT upper('élan'), 'ÉLAN' ILIKE 'élan', unaccent('Œuvré'), "
            "show_trgm('été') = show_trgm('ÉTÉ'), cardinality(show_trgm('été'))"
        ).fetchone()
    assert found == ("ÉLAN", True, "OEuvre", True, 4)


def test_six_processes_that_start_at_once_share_one_server(any_bare_home: Path) -> None:
    users = [User(any_bare_home) for _ in range(6)]
    started = {user.says()["started"] for user in users}
    assert len(started) == 1
    for user in users:
        user.ends()
    assert status(any_bare_home).state == "absent"


def test_the_last_to_leave_stops_the_server(home: Path) -> None:
    first, second = User(home), User(home)
    first.says(), second.says()
    first.ends()
    assert status(home).state == "ready"
    second.ends()
    assert status(home).state == "absent"


def test_a_killed_process_is_no_longer_counted(home: Path) -> None:
    killed, other = User(home), User(home)
    killed.says(), other.says()
    killed.is_killed()
    assert status(home).state == "ready"
    other.ends()
    assert status(home).state == "absent"


def test_the_server_of_one_killed_alone_serves_the_next(home: Path) -> None:
    killed = User(home)
    started = killed.says()["started"]
    killed.is_killed()
    next_one = User(home)
    assert next_one.says()["started"] == started
    next_one.ends()
    assert status(home).state == "absent"


def test_a_forked_child_is_a_user_of_its_own(home: Path) -> None:
    parent = User(home, FORKED)
    parent.says()
    assert parent.process.wait(60) == 0
    assert status(home).state == "ready"
    assert status(home).is_used
    parent.ends()
    for _ in range(9000):  # a busy machine may take its time
        if status(home).state == "absent":
            break
        time.sleep(0.02)
    assert status(home).state == "absent"


@pytest.mark.parametrize("how", ["environment", "mark"])
def test_a_server_that_is_to_stay_stays(home: Path, how: str) -> None:
    ensure_running(home)
    if how == "mark":
        embedded.keep(home)
    user = User(home, TALK, **({"QUITTANCE_KEEP": "1"} if how == "environment" else {}))
    user.says()
    user.ends()
    if how == "mark":
        assert not embedded.leave(home)
    assert status(home).state == "ready"
    embedded.stop(home)
    assert status(home) == status(home)
    assert (status(home).state, status(home).is_kept) == ("absent", False)


def test_stopping_under_the_feet_of_others_is_refused(home: Path) -> None:
    user = User(home)
    user.says()
    with pytest.raises(UnableToServe, match="Other processes use") as refusal:
        embedded.stop(home)
    assert "--force" in refusal.value.text("fr")
    embedded.stop(home, is_forced=True)
    assert status(home).state == "absent"
    user.is_killed()


def test_asking_for_the_state_makes_nothing(bare_home: Path) -> None:
    found = status(bare_home)
    assert (found.state, found.major, found.is_used) == ("absent", None, False)
    assert not bare_home.exists()
    assert not embedded.leave(bare_home)
    embedded.stop(bare_home)
    assert not bare_home.exists()


def test_a_home_with_a_long_path_is_served_by_a_short_socket(bare_home: Path) -> None:
    long = bare_home / ("x" * 90)
    bare_home.mkdir(mode=0o711)
    address = ensure_running(long)
    socket = Path(address.parameters["app"]["host"])
    assert bare_home not in socket.parents
    assert socket.stat().st_mode & 0o777 == 0o700
    with psycopg.connect(address.conninfo("app")) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("quittance_app",)
    assert embedded.leave(long)
    socket.rmdir()


@pytest.mark.usefixtures("as_root")
def test_root_serves_as_nobody_and_touches_no_folder_above(any_bare_home: Path) -> None:
    before = parents(any_bare_home)
    ensure_running(any_bare_home)
    process = status(any_bare_home).process
    assert Path(f"/proc/{process}").stat().st_uid == 65534
    assert parents(any_bare_home) == before
    assert (any_bare_home / "postgresql").stat().st_uid == 65534
    assert (any_bare_home / "postgresql").stat().st_mode & 0o777 == 0o700
    assert any_bare_home.stat().st_uid == 0


def test_a_folder_that_cannot_be_made_is_a_refusal(bare_home: Path) -> None:
    bare_home.write_text("a file in its place")
    with pytest.raises(UnableToServe, match=f"The folder {bare_home}.* is unusable .*File exists"):
        ensure_running(bare_home / "inside")
    bare_home.unlink()


@pytest.mark.usefixtures("as_root")
def test_root_leaves_the_files_of_a_person_to_that_person(bare_home: Path) -> None:
    bare_home.mkdir()
    os.chown(bare_home, 65534, 65534)
    ensure_running(bare_home, is_durable=False)
    assert {one.stat().st_uid for one in bare_home.iterdir()} == {65534}


@pytest.mark.usefixtures("as_root")
def test_root_is_refused_a_home_that_nobody_cannot_reach(bare_home: Path) -> None:
    bare_home.mkdir(mode=0o700)
    with pytest.raises(UnableToServe, match=f"nobody.* cannot enter {bare_home}"):
        ensure_running(bare_home / "inside")
    assert bare_home.stat().st_mode & 0o777 == 0o700


def test_the_environment_says_where_the_home_is(home: Path) -> None:
    environ = {
        "QUITTANCE_HOME": str(home),
        "QUITTANCE_POSTGRES_BIN": os.environ["QUITTANCE_POSTGRES_BIN"],
    }
    address = address_of_environment(environ)
    assert address.is_embedded
    with psycopg.connect(address.conninfo("owner")) as connection:
        owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'quittance'"
        assert connection.execute(owner).fetchone() == ("quittance_owner",)
    assert address_of_environment(environ) == address


def test_a_given_address_starts_no_server(bare_home: Path, tmp_path: Path) -> None:
    url = f"postgresql://me:secret@/books?host={tmp_path}"
    with pytest.raises(UnableToServe, match="does not answer") as refusal:
        address_of_environment({"DATABASE_URL": url, "QUITTANCE_HOME": str(bare_home)})
    assert "secret" not in refusal.value.text("fr")
    assert not bare_home.exists()


def test_a_given_address_gets_its_roles_and_its_database(home: Path) -> None:
    """Another's server is played by one of ours; QUITTANCE_DATABASE names the database."""
    socket = ensure_running(home, is_durable=False).of("setup")["host"]
    environ = {"DATABASE_URL": f"postgresql:///x?host={socket}&port=5432&user=postgres"}
    for name in ("x", "other"):
        address = address_of_environment(environ)
        assert (address.database, address.is_embedded) == (name, False)
        with psycopg.connect(address.conninfo("app")) as connection:
            found = connection.execute("SELECT current_user, current_database()").fetchone()
            assert found == ("quittance_app", name)
        environ["QUITTANCE_DATABASE"] = "other"
