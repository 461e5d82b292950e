import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from tests.storage.opened import AT, BY, company, invoices

from quittance.cli import worker
from quittance.cli.worker import run_worker
from quittance.services import imports
from quittance.storage.models import Import
from quittance.storage.scope import seeing
from quittance.worker.tasks import read_import


@pytest.mark.usefixtures("fresh_db")
def test_the_worker_does_what_waits_and_ends() -> None:
    one = company()
    listed = invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")
    received = imports.receive_files(one.pk, [listed], by=BY, at=AT)
    read_import.defer(company_id=one.pk, import_id=received.pk)
    run_worker(is_one_shot=True)
    with seeing(one.pk):
        assert Import.objects.get(pk=received.pk).state == "ready"


def test_the_queue_is_reached_again_on_a_server_that_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    away = "host=/nowhere dbname=none"
    missed: list[Path] = []

    def brought_back(folder: Path) -> bool:
        missed.append(folder)
        return False

    monkeypatch.setattr(worker, "is_brought_back", brought_back)
    with pytest.raises(psycopg.OperationalError):
        asyncio.run(worker.Connection.connect(away))
    assert missed == [settings.HOME] * settings.ADDRESS.is_embedded


PARENT = """
import os, subprocess, sys, time
code = "import time; from quittance.cli.worker import end_with; end_with(%d); time.sleep(60)"
child = subprocess.Popen([sys.executable, "-c", code % os.getpid()])
print(child.pid, flush=True)
time.sleep(60)
"""


def is_there(pid: int) -> bool:
    """Whether a process lives; one that nobody has buried yet does not."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc on this machine")
def test_the_worker_ends_with_the_server_that_was_killed_above_it() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, env=dict(os.environ), text=True
    )
    with parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        time.sleep(1)
        assert is_there(child)
        parent.kill()
    for _ in range(100):
        if not is_there(child):
            return
        time.sleep(0.1)
    os.kill(child, 9)
    raise AssertionError("it stayed")
