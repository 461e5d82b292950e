import json
from pathlib import Path

import pytest
from tests.cli.commands import run
from tests.record import ready

ready()
pytestmark = pytest.mark.usefixtures("fresh_db")


def opened() -> None:
    run("company", "open", "alpha", "Alpha SA", "--owner", "ana@exemple.fr")


def test_a_sound_journal_says_its_last_hash() -> None:
    opened()
    verdict = run("journal", "verify", "--lang", "en")
    assert verdict.exit_code == 0
    assert "1 events, the chain holds" in verdict.stdout
    head = verdict.stdout.split()[-1]
    assert run("journal", "verify", "--head", head).exit_code == 0
    cut = run("journal", "verify", "--head", "0" * 64)
    assert (cut.exit_code, "manquent à la fin" in cut.stdout) == (1, True)


def test_an_altered_event_is_found() -> None:
    opened()
    from django.db import connection

    from quittance.storage.ownership import as_owner

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('quittance.companies', '1', false)")
        cursor.execute("ALTER TABLE event DISABLE TRIGGER only_grows")
        cursor.execute("UPDATE event SET actor_name = 'somebody else'")
        cursor.execute("ALTER TABLE event ENABLE TRIGGER only_grows")
    verdict = run("journal", "verify", "--lang", "en")
    assert (verdict.exit_code, "event 1 was altered" in verdict.stdout) == (1, True)


def test_every_event_is_exported(tmp_path: Path) -> None:
    opened()
    rows = [json.loads(line) for line in run("journal", "export").stdout.splitlines()]
    assert [(row["position"], row["action"]) for row in rows] == [(1, "company.opened")]
    assert tmp_path.exists()
