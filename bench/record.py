"""The record measured: an import of a million invoices beside the plain COPY of the same rows.

    python bench/record.py [--invoices 1000000]

Everything runs on a fresh PostgreSQL of our own in a temporary folder, durable as in production.
The plain COPY writes the very rows that the import wrote, into the same tables with their indexes,
constraints and triggers, as the superuser (row-level security forbids COPY to others).
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generate import write_ledger

HERE = Path(__file__).parent
TABLES = ("customer", "event", "import", "import_file", "ledger_item", "allocation")


@contextmanager
def timed(name: str, times: dict[str, float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    times[name] = times.get(name, 0) + time.perf_counter() - start
    print(f"  {name:<28} {times[name]:7.1f} s", flush=True)


def record(home: Path) -> None:
    """Set Django up on a fresh record."""
    os.environ.update(QUITTANCE_HOME=str(home), DJANGO_SETTINGS_MODULE="quittance.config.settings")
    import django

    django.setup()
    from quittance.storage.ownership import bring_up_to_date

    bring_up_to_date()


def opened() -> int:
    """The company to import into."""
    from quittance import clock
    from quittance.services.companies import Chosen, open_company
    from quittance.services.journal import Actor
    from quittance.services.members import make_user

    owner = make_user("bench@example.org", "un mot de passe de banc", now=clock.now())
    by = Actor("bench", "bench")
    return open_company("bench", Chosen(name="Bench"), owner=owner, by=by, now=clock.now()).pk


def given(ledger: Path, *, ending: bytes = b"") -> list[tuple[str, bytes]]:
    """The three lists; with an ending, other bytes that say the same."""
    return [
        (f"{name}.csv", (ledger / f"{name}.csv").read_bytes() + ending)
        for name in ("customers", "invoices", "payments")
    ]


def imported(company: int, files: list[tuple[str, bytes]], times: dict[str, float]) -> None:
    """Receive, read, apply, as the command and the screen do."""
    from quittance import clock
    from quittance.services import imports
    from quittance.services.journal import Actor

    by = Actor("bench", "bench")
    with timed("receive", times):
        received = imports.receive_files(company, files, by=by, at=clock.now())
    with timed("read and preview", times):
        ready = imports.read_import(company, received.pk)
        if ready.state != "ready":
            raise SystemExit(ready.summary)
    with timed("apply", times):
        imports.apply_import(company, received.pk, by=by, at=clock.now())


def plain_copy(folder: Path) -> float:
    """Seconds to COPY the rows of the record into a second, empty one."""
    import psycopg

    from quittance.storage.embedded import address_of_environment

    address = address_of_environment(os.environ)
    with psycopg.connect(address.conninfo("setup", "quittance"), autocommit=True) as source:
        columns = {table: columns_of(source, table) for table in (*TABLES, "user", "company")}
        for table, names in columns.items():
            with (
                (folder / table).open("wb") as out,
                source.cursor().copy(f'COPY "{table}" ({names}) TO STDOUT') as rows,
            ):
                for block in rows:
                    out.write(block)
        source.execute("CREATE DATABASE plain OWNER quittance_owner")
    os.environ["QUITTANCE_DATABASE"] = "plain"
    from django.db import connection

    from quittance.storage.ownership import bring_up_to_date

    connection.close()
    connection.settings_dict["NAME"] = "plain"
    bring_up_to_date()
    with psycopg.connect(address.conninfo("setup", "plain")) as target:
        for table in ("user", "company"):
            copied(target, folder / table, columns[table])
        start = time.perf_counter()
        for table in TABLES:
            copied(target, folder / table, columns[table])
        target.commit()
        return time.perf_counter() - start


def columns_of(connection: Any, table: str) -> str:
    """The columns of a table, in order; the bytes of files are left out."""
    rows = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
        "AND table_schema = 'public' ORDER BY ordinal_position",
        [table],
    ).fetchall()
    return ", ".join(f'"{name}"' for (name,) in rows)


def copied(connection: Any, path: Path, columns: str) -> None:
    """COPY a file into the table of its name."""
    with connection.cursor().copy(f'COPY "{path.name}" ({columns}) FROM STDIN') as rows:
        rows.write(path.read_bytes())


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--invoices", type=int, default=1_000_000)
    invoices = options.parse_args().invoices
    ledger = write_ledger(invoices, HERE / "data")
    home = Path(tempfile.mkdtemp(prefix="quittance-bench-"))
    home.chmod(0o711)
    try:
        print(f"import of {invoices:,} invoices and their payments", flush=True)
        record(home)
        company = opened()
        first: dict[str, float] = {}
        imported(company, given(ledger), first)
        again: dict[str, float] = {}
        print("the same rows in other bytes")
        imported(company, given(ledger, ending=b"\n"), again)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        (home / "rows").mkdir()
        plain = plain_copy(home / "rows")
        whole, repeated = sum(first.values()), sum(again.values())
        print(f"plain COPY of the same rows     {plain:7.1f} s")
        is_within = [
            told("import ÷ plain COPY", whole / plain, limit=2.5),
            told("unchanged ÷ (2.5 × plain COPY)", repeated / plain / 2.5, limit=0.33),
            told("peak memory, MiB", peak, limit=3072),
        ]
    finally:
        from quittance.storage.embedded import stop

        stop(home, is_forced=True)
        shutil.rmtree(home, ignore_errors=True)
    if not all(is_within):
        sys.exit("a limit is missed")


def told(name: str, value: float, *, limit: float) -> bool:
    """Print a measure beside its limit; whether it is within."""
    is_within = value <= limit
    print(f"{name:31} {value:7.2f}   (limit {limit:g}){'' if is_within else ' MISSED'}")
    return is_within


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    main()
