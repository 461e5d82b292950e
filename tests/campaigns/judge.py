"""What must hold of a record whatever was killed and whenever: asked of the database, from outside.

A campaign is rounds; a round has a company of its own and a seed of its own, so that
`--seed S --rounds 1` plays the round of a failure again.
"""

import argparse
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import record

record.ready()

from django.db import connection  # noqa: E402
from tests.storage.opened import company, invoices  # noqa: E402

from quittance.services import books  # noqa: E402
from quittance.services.imports import LIVE, changed_by, fold  # noqa: E402
from quittance.services.journal_proof import verify_journal  # noqa: E402
from quittance.storage.models import Company, Event, Import  # noqa: E402
from quittance.storage.scope import seeing  # noqa: E402

GONE_WITHIN_SECONDS = 20
OTHERS = """
SELECT * FROM pg_stat_activity WHERE datname = current_database()
AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
PAYMENTS = "client;facture;date de règlement;montant\n"
BEYOND = """
SELECT item.document FROM ledger_item item JOIN allocation one
  ON item.id IN (one.debit_id, one.credit_id) AND one.reversed_at IS NULL
GROUP BY item.id HAVING sum(one.amount_minor) > abs(item.amount_minor)
"""


class RecordBrokenError(Exception):
    """Something that must hold does not."""


@dataclass(frozen=True)
class Round:
    """What a round works on: a company, a folder, its own chance, and the database's name."""

    company: Company
    folder: Path
    chance: random.Random
    database: str

    @property
    def environ(self) -> dict[str, str]:
        """What a process of the program is started with."""
        return {**os.environ, "QUITTANCE_DATABASE": self.database, "PYTHONUNBUFFERED": "1"}


def files(count: int, *, again: bool = False) -> list[tuple[str, bytes]]:
    """Invoices of some customers, half of them paid; `again`: corrected, longer, paid more."""
    owed = [100 + n + 7 * (again and n % 9 == 0) for n in range(count + count * again)]
    rows = [
        f"C{n % 40};Client {n % 40};F{n};05/01/2026;04/02/2026;{amount},00"
        for n, amount in enumerate(owed)
    ]
    paid = [f"C{n % 40};F{n};10/03/2026;{50 + n},00\n" for n in range(0, count, 1 if again else 2)]
    name = "suite" if again else "debut"
    return [
        invoices(*rows, name=f"factures-{name}.csv"),
        (f"reglements-{name}.csv", (PAYMENTS + "".join(paid)).encode()),
    ]


def left_alone() -> None:
    """Wait until the server has seen that the processes that were killed are gone."""
    nobody("true")


def resting() -> None:
    """Wait until nobody is in the middle of a transaction."""
    nobody("xact_start IS NOT NULL")


def nobody(condition: str) -> None:
    """Wait until no other connection to this database is as a condition says."""
    asked = f"SELECT count(*) FROM ({OTHERS}) one WHERE {condition}"  # noqa: S608  (ours)
    for _ in range(GONE_WITHIN_SECONDS * 20):
        with connection.cursor() as cursor:
            cursor.execute(asked)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.05)
    raise RecordBrokenError("a connection of a killed process stays")


def judge(one: Company) -> None:
    """Refuse a record that is half written, beyond an item, or whose journal does not verify."""
    with seeing(one.pk), connection.cursor() as cursor:
        changes = changed_by(one.pk, fold(one.pk), numbers=books.provisional)
        held = changes.is_empty
        breaks = verify_journal(one.pk).breaks
        cursor.execute(BEYOND)
        beyond = cursor.fetchall()
        live = Import.objects.filter(state__in=LIVE)
        unsaid = live.exclude(applied_by__action="import.applied").count()
        applied = Event.objects.filter(action="import.applied").count()
        undone = Event.objects.filter(action="import.undone").count()
        found = {
            "the facts are not what the applied files make": not held,
            f"the journal does not verify: {breaks}": bool(breaks),
            f"allocated beyond: {beyond}": bool(beyond),
            f"{unsaid} applied imports have no event": bool(unsaid),
            f"{live.count()} imports live, {applied} applied and {undone} undone in the journal": (
                live.count() != applied - undone
            ),
        }
    wrongs = [said for said, is_wrong in found.items() if is_wrong]
    if wrongs:
        raise RecordBrokenError("; ".join(wrongs))


def state_of(one: Company, number: int) -> str:
    """The state of an import."""
    with seeing(one.pk):
        return str(Import.objects.get(pk=number).state)


def expect(is_so: bool, said: str) -> None:
    """Refuse a record of which something expected does not hold."""
    if not is_so:
        raise RecordBrokenError(said)


def play(one_round: Callable[[Round], str], seed: int, *, database: str, module: str) -> str:
    """One round with its own seed, in a company of its own; what was killed, in words."""
    chance = random.Random(seed)
    one = company(f"ronde-{seed}-{time.monotonic_ns()}")
    with TemporaryDirectory() as folder:
        try:
            return one_round(Round(one, Path(folder), chance, database))
        except BaseException:
            print(f"FAILED; again: python -m {module} --rounds 1 --seed {seed}", flush=True)
            raise


def campaign(
    one_round: Callable[[Round], str], *, module: str, close: Callable[[], str] = str
) -> None:
    """Play the rounds that the command line asks for; end with the seed of the first failure.

    `close` ends what the rounds share, and says more.
    """
    asked = argparse.ArgumentParser()
    asked.add_argument("--rounds", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    begun, told = time.monotonic(), Counter[str]()
    with record.fresh_database() as database:
        try:
            for seed in range(given.seed, given.seed + given.rounds):
                said = play(one_round, seed, database=database, module=module)
                print(f"{seed:5} {said}", flush=True)
                told[said] += 1
        finally:
            more = close()
    seconds = time.monotonic() - begun
    print(f"{given.rounds} rounds in {seconds:.0f} s, nothing half written: {dict(told)} {more}")
