"""The whole examination, on a machine without data, with data, and with a wrong address."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quittance.storage import embedded
from quittance.storage.doctor import NOT_YET, examine, has_errors

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


def test_a_record_not_yet_begun_stays_so(bare_home: Path) -> None:
    found = examine({**os.environ, "QUITTANCE_HOME": str(bare_home), "DATABASE_URL": ""}, now=NOW)
    assert found[-1].found == NOT_YET
    assert not has_errors(found)
    assert not bare_home.exists()


@pytest.mark.postgres
def test_the_server_is_started_to_be_examined(home: Path) -> None:
    environ = {**os.environ, "QUITTANCE_HOME": str(home), "DATABASE_URL": ""}
    environ.pop("QUITTANCE_DATABASE", None)
    embedded.ensure_running(home)
    embedded.leave(home)
    found = {one.code: one for one in examine(environ, now=NOW)}
    assert found["durability"].severity == "fine"
    assert found["app_role"].severity == "fine"


def test_an_address_that_does_not_answer_is_wrong(tmp_path: Path) -> None:
    environ = {"DATABASE_URL": f"postgresql:///x?host={tmp_path}", "QUITTANCE_HOME": str(tmp_path)}
    found = examine(environ, now=NOW)
    assert has_errors(found)
    assert found[-1].code == "server"
