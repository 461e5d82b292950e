"""A record saved, restored into an empty place, and asked again: every report says the same."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction
from tests.storage import served
from tests.storage.conftest import Files, filled
from tests.storage.opened import AT, company, imported, invoices, lumiere

from quittance.storage.backup import back_up

pytestmark = pytest.mark.postgres
ASK = """
import json
from datetime import date
from functools import partial
from quittance.cli.record import opened
opened()
from django.db import transaction
from quittance.core.late_charges import Policy
from quittance.core.problems import no_problems
from quittance.reports import (
    aging, kpis, late_charges, limitation, open_items, overview, working_capital, worklist,
)
from quittance.reports.render.json import to_json
from quittance.storage.book import load_books
from quittance.storage.models import Company, Event, Import
from quittance.storage.scope import see_as_operator, see_companies

with transaction.atomic():
    see_as_operator()
    companies = list(Company.objects.order_by("slug"))
    see_companies([one.pk for one in companies])
    book = load_books(companies).book
    charges = {"policy": Policy()}
    builders = {
        "aging": aging.aging_report, "kpis": kpis.kpis_report,
        "late_charges": partial(late_charges.late_charges_report, **charges),
        "segments": partial(late_charges.segments_report, **charges),
        "limitation": limitation.limitation_report,
        "open_items": open_items.open_items_report,
        "overview": partial(overview.overview, **charges),
        "working_capital": working_capital.working_capital_report,
        "worklist": worklist.worklist_report,
    }
    said = {
        name: json.loads(to_json(built(book, date(2026, 9, 30), problems=no_problems()), "fr"))
        for name, built in builders.items()
    }
    said["events"] = Event.objects.count()
    said["imports"] = Import.objects.count()
print(json.dumps(said, sort_keys=True))
"""


def said(**environ: str) -> dict[str, object]:
    """What every report of a record says, asked by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return told


def quittance(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A command of a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "quittance", *arguments],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_report_of_a_restored_record_is_the_same(
    fresh_db: str, bare_home: Path, files: Files, tmp_path: Path
) -> None:
    address = served.test_server()
    if not address.is_embedded:
        pytest.skip("the owner of this server does not see every row, and may not save")
    with transaction.atomic():
        imported(company("alpha"), lumiere())
    with transaction.atomic():
        imported(company("beta"), [invoices("C1;Œuvre;F1;05/01/2026;04/02/2026;100,00")])
    path = tmp_path / "books.quittance"
    made = back_up(replace(address, database=fresh_db), path, now=AT, environ={})
    assert made.rows["public.ledger_item"] > 100
    before = said(QUITTANCE_DATABASE=fresh_db)
    home = str(filled(bare_home, files("wheel")))
    elsewhere = {"QUITTANCE_HOME": home, "QUITTANCE_DATABASE": "quittance"}
    restored = quittance("restore", str(path), **elsewhere)
    assert restored.returncode == 0, restored.stderr
    after = said(**elsewhere)
    assert after == before
    assert len(str(after["overview"])) > 10000
    verified = quittance("journal", "verify", "--company", "alpha", **elsewhere)
    assert verified.returncode == 0, verified.stdout + verified.stderr
