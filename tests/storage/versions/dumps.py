"""Databases of earlier versions, kept as they were: each with a small company's whole life.

    .venv/bin/python -m tests.storage.versions.dumps 0002

writes `0002.sql.gz`, and `0002.json` with what it said on that day, from the present migrations
and services. docs/operations/record.md says when.
"""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from tests import record
from tests.storage import served

record.ready()

from django.db import transaction  # noqa: E402
from tests.cli.commands import BOOKS  # noqa: E402
from tests.readers import fecs  # noqa: E402
from tests.services.people import BY, NOW, opened, user  # noqa: E402
from tests.storage import opened as files  # noqa: E402
from tests.web import world  # noqa: E402

from quittance.core.late_charges import Policy  # noqa: E402
from quittance.core.problems import no_problems  # noqa: E402
from quittance.reports import aging, kpis, late_charges, limitation, open_items  # noqa: E402
from quittance.reports.report import Report  # noqa: E402
from quittance.services import imports  # noqa: E402
from quittance.services.allocations import (  # noqa: E402
    Wanted,
    add_allocations,
    undo_allocations,
)
from quittance.services.journal_proof import verify_journal  # noqa: E402
from quittance.storage.backup import client_for  # noqa: E402
from quittance.storage.book import load_books  # noqa: E402
from quittance.storage.models import Allocation, Company, Event, LedgerItem  # noqa: E402
from quittance.storage.scope import see_as_operator, see_companies  # noqa: E402

FOLDER = Path(__file__).parent
DAY = date(2026, 9, 30)
REPORTS = {
    "aging": aging.aging_report,
    "charges": partial(late_charges.late_charges_report, policy=Policy()),
    "kpis": kpis.kpis_report,
    "limitation": limitation.limitation_report,
    "open_items": open_items.open_items_report,
}
LEFT_OUT = ("\\", "SET transaction_timeout")  # orders to psql; unknown before 17
AS_IT_IS = ("--no-owner", "--no-acl", "--no-comments", "--inserts")


def lived() -> None:
    """Companies with all that can happen to one: lists, a ledger, corrections, people's deeds."""
    world.built()
    one = opened("ledger", user("compta@x.example", name="Ali Ben"))
    see_companies([one.pk])
    first = fecs.fec(BOOKS)
    files.imported(one, [("ventes.txt", first)])
    files.imported(one, [("ventes-bis.txt", first.replace(b"600,00", b"660,00"))])
    gone = files.imported(one, [("autre.txt", first.replace(b"FA-3", b"FA-9"))])
    imports.undo_import(one.pk, gone.pk, by=BY, at=NOW)
    debit = LedgerItem.objects.get(company=one, document="FA-2", reversed_at=None)
    credit = LedgerItem.objects.get(company=one, document="R-2", reversed_at=None)
    add_allocations(one.pk, [Wanted(debit.pk, credit.pk, 4000)], by=BY, at=NOW)
    stated = Allocation.objects.filter(company=one, reversed_at=None, origin="books")
    undo_allocations(one.pk, [stated.latest("pk").pk], by=BY, at=NOW)


def figures_of(report: Report) -> dict[str, Any]:
    """What a report says, without its words: those may be bettered from one version to the next."""
    told: dict[str, Any] = {one.name: one.value for one in report.figures} or {
        "rows": report.rows.to_dicts(), "totals": report.totals.to_dicts()
    }  # fmt: skip
    found: dict[str, Any] = json.loads(json.dumps(told, default=str))
    return found


def said() -> dict[str, Any]:
    """What each company of the present database says: its reports, and its journal."""
    told: dict[str, Any] = {}
    with transaction.atomic():
        see_as_operator()
        companies = list(Company.objects.order_by("slug"))
        for one in companies:
            see_companies([one.pk])
            book = load_books([one]).book
            reports = {
                name: figures_of(built(book, DAY, problems=no_problems()))
                for name, built in REPORTS.items()
            }
            verdict = verify_journal(one.pk)
            told[one.slug] = {
                **reports,
                "breaks": [str(found) for found in verdict.breaks],
                "events": Event.objects.filter(company=one).count(),
                "head": verdict.head,
            }
    return told


def written(name: str) -> Path:
    """The dump of a database in which companies have lived, and what it says."""
    with record.fresh_database() as database:
        with transaction.atomic():
            lived()
        told = said()
        text = dumped(database)
    (FOLDER / f"{name}.json").write_text(
        json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    path = FOLDER / f"{name}.sql.gz"
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    return path


def dumped(database: str) -> str:
    """A database as SQL that any PostgreSQL we support reads."""
    address = served.test_server()
    with psycopg.connect(address.conninfo("setup", database)) as connection:
        major = connection.info.server_version // 10000
    program = client_for({}, major).program("pg_dump")
    done = subprocess.run(
        [program, *AS_IT_IS, f"--dbname={address.conninfo('setup', database)}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = done.stdout.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(LEFT_OUT))


@contextmanager
def restored(path: Path) -> Iterator[str]:
    """A new database that holds a dump and nothing else; Django's connection is on it."""
    address = served.test_server()
    name = f"version_{path.name.split('.')[0]}_{len(record.made)}_{id(path)}"
    record.made.append(name)
    maintenance = address.conninfo("owner", record.maintenance(address))
    with psycopg.connect(maintenance, autocommit=True) as one:
        record.create(one, name, source="template0")
    try:
        with psycopg.connect(address.conninfo("owner", name), autocommit=True) as one:
            one.execute(gzip.decompress(path.read_bytes()))
        with record.on_database(name):
            yield name
    finally:
        setup = address.conninfo("setup", record.maintenance(address))
        with psycopg.connect(setup, autocommit=True) as one:
            record.drop(one, name)


if __name__ == "__main__":
    print(written(sys.argv[1]))
