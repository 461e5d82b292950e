"""A record to test on: a migrated template once a session, a database of its own for each worker.

`ready()` is called by the conftest of each folder that needs Django, before its tests import
models. The server is real, the roles are real: tests run as the application, behind both walls.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from tests.storage import served

TEMPLATE = "quittance_template"
LOCK = 0x74657374
made: list[str] = []


def ready() -> None:
    """Set Django up on this worker's database, made from the template if it is not there."""
    if made:
        return
    address = served.test_server()
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "quittance.config.settings"
    os.environ["QUITTANCE_DATABASE"] = name
    os.environ["QUITTANCE_SECRET"] = "a secret of the tests alone"
    import django

    django.setup()
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with psycopg.connect(address.conninfo("owner", maintenance(address)), autocommit=True) as one:
        one.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not there(one, TEMPLATE):
            create(one, TEMPLATE, source="template0")
            with on_database(TEMPLATE):
                from quittance.storage.ownership import bring_up_to_date

                bring_up_to_date()
        drop(one, name)
        create(one, name, source=TEMPLATE)
    made.append(name)


def maintenance(address: served.Address) -> str:
    """The database to be in while others are made."""
    return "postgres" if address.is_embedded else address.database


def there(one: "psycopg.Connection[tuple[object, ...]]", name: str) -> bool:
    return (
        one.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None
    )


def create(one: "psycopg.Connection[tuple[object, ...]]", name: str, *, source: str) -> None:
    made = sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE {}")
    one.execute(made.format(sql.Identifier(name), sql.Identifier(source)))


def drop(one: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    one.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def on_database(name: str) -> Iterator[None]:
    """Django's connections on another database, and back."""
    from django.db import connection

    kept = connection.settings_dict["NAME"]
    go_to(name)
    try:
        yield
    finally:
        go_to(kept)


def go_to(name: str) -> None:
    """Have Django's next connections, that of what is counted too, on a database."""
    from django.db import connections

    for alias in ("default", "counters"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


@contextmanager
def fresh_database() -> Iterator[str]:
    """A new database from the template: for tests that commit, kill, or change tables."""
    address = served.test_server()
    name = f"fresh_{os.getpid()}_{len(made)}"
    made.append(name)
    with psycopg.connect(address.conninfo("owner", maintenance(address)), autocommit=True) as one:
        one.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        create(one, name, source=TEMPLATE)
    try:
        with on_database(name):
            yield name
    finally:
        with psycopg.connect(  # the one who may end what a worker left open
            address.conninfo("setup", maintenance(address)), autocommit=True
        ) as one:
            drop(one, name)


@contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction that leaves nothing behind, not even what is counted beside it."""
    from django.core.cache import cache
    from django.db import connections, transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    if connections["counters"].connection is not None:
        cache.clear()
