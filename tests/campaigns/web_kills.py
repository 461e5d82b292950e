"""Kill the web server while people write through it: its workers, or the process above them.

    .venv/bin/python -m tests.campaigns.web_kills --rounds 50 --seed 1

Three people allocate, undo and write notes as fast as they are answered. A killed worker is
replaced by its master; a killed master is started again. Then the record is judged: every answer
that was heard is there, whole and once, and the screens answer.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.campaigns.clients import Person, unkept
from tests.campaigns.judge import (
    PAYMENTS,
    RecordBrokenError,
    Round,
    campaign,
    expect,
    judge,
    resting,
)
from tests.services.people import user
from tests.storage.opened import imported, invoices

from quittance.cli.serve import answers
from quittance.storage.models import Event, Membership, Note
from quittance.storage.scope import seeing

PEOPLE, WORKERS = 3, 2
STARTS_WITHIN_SECONDS = 60
STRIKES_AFTER_SECONDS = (0.0, 1.2)
ENDS_WITHIN_SECONDS = 15


class Server:
    """`quittance serve` on a port of its own, started again when its master is dead."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.environ = environ
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None
        self.heard = 0  # answers, over all rounds

    def ready(self) -> None:
        """Be there and answer."""
        for _ in range(STARTS_WITHIN_SECONDS * 20):
            if self.process is None or self.process.poll() is not None:
                self.process = self.started()
            if answers(self.port) and len(self.workers()) == WORKERS:
                return
            time.sleep(0.05)
        raise RecordBrokenError("the screens do not answer again")

    def started(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "quittance", "serve", "--quiet"]
        return subprocess.Popen(
            [*command, "--port", str(self.port), "--workers", str(WORKERS)],
            env=self.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def workers(self) -> list[int]:
        """The processes that answer, without the one that works beside them."""
        assert self.process
        found = {pid: words(pid) for pid in children(self.process.pid)}
        return [pid for pid, said in found.items() if said and "worker" not in said]

    def all_gone(self, known: list[int]) -> bool:
        """Whether no process of a killed master is left, within its time."""
        for _ in range(ENDS_WITHIN_SECONDS * 20):
            if not any(words(pid) for pid in known):
                return True
            time.sleep(0.05)
        return False

    def stop(self) -> None:
        """End as somebody who types Ctrl-C."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)


def children(pid: int) -> list[int]:
    """The processes that a process started itself, whichever of its threads did."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text(encoding="ascii").split())
        except OSError:
            continue  # the thread has just ended
    return found


def words(pid: int) -> list[str]:
    """The command line of a process; nothing where it has ended."""
    try:
        said = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return []
    return said.split("\0") if said else []


def people(given: Round, port: int) -> list[Person]:
    """Who works on the company of a round, each with an invoice and a payment."""
    owed = [f"C{n};Client {n};F{n};05/01/2026;04/02/2026;100,00" for n in range(PEOPLE)]
    paid = "".join(f"C{n};;10/03/2026;80,00\n" for n in range(PEOPLE))
    imported(given.company, [invoices(*owed), ("reglements.csv", (PAYMENTS + paid).encode())])
    found = []
    for place in range(PEOPLE):
        with seeing(given.company.pk):
            one = user(f"{place}@{given.company.slug}.example", name=f"Personne {place}")
            Membership.objects.create(user=one, company=given.company, role="credit_manager")
            found.append(Person(given.company, one, place, port))
    return found


@contextmanager
def at_work(who: list[Person]) -> Iterator[threading.Event]:
    """People at work, until the block ends."""
    over = threading.Event()
    threads = [threading.Thread(target=one.works, args=[over]) for one in who]
    for thread in threads:
        thread.start()
    try:
        yield over
    finally:
        over.set()
        for thread in threads:
            thread.join()


def strike(server: Server, given: Round) -> str:
    """Kill a worker, all of them, or the master; what was killed, in words."""
    assert server.process
    victim = given.chance.choice(["worker", "worker", "workers", "master"])
    if victim == "master":
        known = children(server.process.pid)
        server.process.kill()
        server.process.wait()
        expect(server.all_gone(known), "processes of a killed master stay")
        return victim
    found = server.workers()
    for pid in found if victim == "workers" else [given.chance.choice(found)]:
        os.kill(pid, signal.SIGKILL)
    return victim


def one_round(given: Round, server: Server) -> str:
    """Let people work, kill, judge the record and every answer that was heard."""
    server.ready()
    who = people(given, server.port)
    with at_work(who):
        while not all(one.heard or one.wrongs for one in who):
            time.sleep(0.01)
        time.sleep(given.chance.uniform(*STRIKES_AFTER_SECONDS))
        victim = strike(server, given)
        time.sleep(given.chance.uniform(0, 0.3))
    resting()
    judge(given.company)
    wrongs = unkept(who, done(given), notes=kept(given))
    expect(not wrongs, "; ".join(wrongs))
    server.ready()
    server.heard += sum(len(one.heard) for one in who)
    return victim


def done(given: Round) -> Counter[str]:
    """The events of the round's company, by action."""
    with seeing(given.company.pk):
        found = Event.objects.filter(company=given.company)
        return Counter(found.values_list("action", flat=True))


def kept(given: Round) -> list[str]:
    """The notes of the round's company, in order."""
    with seeing(given.company.pk):
        found = Note.objects.filter(company=given.company).order_by("pk")
        return list(found.values_list("text", flat=True))


class WebKills:
    """Rounds on one server, which is started by the first of them."""

    def __init__(self) -> None:
        self.server: Server | None = None

    def __call__(self, given: Round) -> str:
        """One round."""
        if self.server is None:
            self.server = Server(given.environ)
        return one_round(given, self.server)

    def close(self) -> str:
        """Stop the server; how many answers were heard and kept."""
        if self.server is None:
            return ""
        self.server.stop()
        return f"{self.server.heard} answers heard, all of them kept"


if __name__ == "__main__":
    rounds = WebKills()
    campaign(rounds, module="tests.campaigns.web_kills", close=rounds.close)
