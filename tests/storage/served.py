"""ONE server for a whole test session, shared by its parallel workers and the commands they run.

`served.test_server()` gives its address; the first caller starts it, the last to end stops it and
removes its folder. With DATABASE_URL the tests run on that server instead. It is as in production
but for three things: no wait for the disk, an owner who may create databases, a folder in memory.
"""

import atexit
import os
import shutil
import tempfile
import time
import uuid
from pathlib import Path

import psycopg

from quittance.storage import embedded, locks
from quittance.storage.address import OWNER, Address, address_of_url
from quittance.storage.home import Home
from quittance.storage.roles import ensure_database

SESSION = "QUITTANCE_TEST_RUN"
PREFIX = "quittance-test-"
SWEPT_AFTER_SECONDS = 120
ROOM_BYTES = 4 * 1024**3


def name_session() -> None:
    """Name the session once, in the environment: workers and commands inherit it."""
    os.environ.setdefault(SESSION, uuid.uuid4().hex[:12])


def fast_folder() -> Path:
    """Where tests keep their servers: in memory where there is room, it is twenty times faster."""
    memory = Path("/dev/shm")  # noqa: S108  (homes there are private)
    if memory.is_dir() and shutil.disk_usage(memory).free > ROOM_BYTES:
        return memory
    return Path(tempfile.gettempdir())


def home_of_session() -> Path:
    name_session()
    return fast_folder() / f"{PREFIX}{os.environ[SESSION]}"


def test_server() -> Address:
    """The address of the session's server, started if this is the first call of all."""
    given = os.environ.get("DATABASE_URL")
    if given:
        address = address_of_url(given, os.environ.get("QUITTANCE_APP_DATABASE_URL", ""))
        ensure_database(address)
        return address
    home = home_of_session()
    is_first = home not in embedded.held
    if is_first:
        sweep()
    address = embedded.ensure_running(home, is_durable=False)
    if is_first:
        atexit.register(close)  # so that it comes before the server's own farewell
    os.environ["QUITTANCE_HOME"] = str(home)  # what settings and commands of the tests read
    with psycopg.connect(address.conninfo("setup"), autocommit=True) as connection:
        may_create = "SELECT rolcreatedb FROM pg_roles WHERE rolname = %s"
        if connection.execute(may_create, [OWNER]).fetchone() == (False,):
            connection.execute(f"ALTER ROLE {OWNER} CREATEDB")
    return address


def close() -> None:
    """Leave the session's server; the last to leave removes everything."""
    home = home_of_session()
    if home in embedded.held and embedded.leave(home):
        shutil.rmtree(home, ignore_errors=True)


def sweep() -> None:
    """Stop and remove what a killed session left behind."""
    for home in fast_folder().glob(f"{PREFIX}*"):
        if time.time() - home.stat().st_mtime > SWEPT_AFTER_SECONDS and is_abandoned(Home(home)):  # noqa: TID251
            embedded.stop(home)
            shutil.rmtree(home, ignore_errors=True)


def is_abandoned(home: Home) -> bool:
    """Whether nobody uses a home or is about to."""
    return all(not path.exists() or locks.is_unused(path) for path in (home.guard, home.users))
