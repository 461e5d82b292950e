"""Kill the database under `quittance serve`, and count the seconds until pages answer again.

    .venv/bin/python -m tests.campaigns.server_kills --rounds 50 --seed 1

Four readers ask for pages all the while: each is answered in the end, none by a fault. A work that
is asked once the pages are back is done by the worker that was there.
"""

import argparse
import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.campaigns.web_kills import Server, children
from tests.storage.homes import new_home

from quittance.storage import embedded

READERS, WITHIN_SECONDS = 4, 40
PATHS = ("/health", "/", "/account/login/")
BACK_WITHIN_SECONDS = 8.0  # about 1 on a quiet machine
WORKS_WITHIN_SECONDS = 20.0
ALLOWED = (200, 302, 503)
PREPARE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "quittance.config.settings"
from quittance.cli.record import opened
opened()
from django.test import Client
from quittance.storage.models import User
one = User.objects.create_user("ann@essai.example", "trois tonnes de pommes", name="Ann")
client = Client(SERVER_NAME="localhost")
client.force_login(one, backend="allauth.account.auth_backends.AuthenticationBackend")
print(client.cookies["session"].value)
"""
ASK = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "quittance.config.settings"
import django
django.setup()
from django.db import connection
from procrastinate.contrib.django import app
name = f"asked-{time.monotonic_ns()}"
app.configure_task("heal", queue="imports", queueing_lock=name).defer(timestamp=1)
begun = time.monotonic()
while time.monotonic() - begun < float(sys.argv[1]):
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE queueing_lock = %s", [name])
        if cursor.fetchone() == ("succeeded",):
            sys.exit(0)
    time.sleep(0.05)
sys.exit("the worker does not work again")
"""


@dataclass
class Reader:
    """Somebody who asks for page after page; what was answered, and when."""

    port: int
    session: str
    answers: list[tuple[float, int]] = field(default_factory=list)

    def reads(self, until: threading.Event) -> None:
        """Ask until told to stop."""
        place = 0
        while not until.is_set():
            path = PATHS[place % len(PATHS)]
            self.answers.append((time.monotonic(), self.asked(path)))
            place += 1
            time.sleep(0.02)

    def asked(self, path: str) -> int:
        """The status of a page; 0 where the line broke."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WITHIN_SECONDS)
        headers = {"Cookie": f"session={self.session}", "Host": f"localhost:{self.port}"}
        try:
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            line.close()


@dataclass(frozen=True)
class Outcome:
    """What was killed, the seconds until all was there again, how many were told to wait."""

    victim: str
    seconds: float
    worked: float
    late: int

    def __str__(self) -> str:
        waits = f"{self.late} said wait"
        return f"{self.victim}: pages {self.seconds:.1f} s ({waits}), worker {self.worked:.1f} s"


class Screens:
    """`quittance serve` on a home of its own, with somebody signed in."""

    def __init__(self, home: Path) -> None:
        self.home = home
        given = {name: one for name, one in os.environ.items() if not name.startswith("DATABASE")}
        given.pop("QUITTANCE_DATABASE", None)
        self.environ = {**given, "QUITTANCE_HOME": str(home), "QUITTANCE_SECRET": "of the tests"}
        self.session = self.ran(PREPARE).strip()
        self.server = Server(self.environ)
        self.server.ready()

    def ran(self, script: str, *arguments: str) -> str:
        """What a script says that works on this home."""
        command = [sys.executable, "-c", script, *arguments]
        done = subprocess.run(command, env=self.environ, check=True, capture_output=True, text=True)
        return done.stdout

    def one_round(self, chance: random.Random) -> "Outcome":
        """Kill, wait until every reader is answered, have the worker do something."""
        over = threading.Event()
        readers = [Reader(self.server.port, self.session) for _ in range(READERS)]
        threads = [threading.Thread(target=one.reads, args=[over]) for one in readers]
        for thread in threads:
            thread.start()
        time.sleep(chance.uniform(0.3, 1.0))
        victim = self.strike(chance)
        struck = time.monotonic()
        try:
            seconds = back_after(readers, struck)
        finally:
            over.set()
            for thread in threads:
                thread.join()
        wrongs = sorted({said for one in readers for _, said in one.answers} - set(ALLOWED))
        if wrongs:
            sys.exit(f"{victim}: pages answered {wrongs}")
        begun = time.monotonic()
        self.ran(ASK, str(WORKS_WITHIN_SECONDS))
        late = sum(said == 503 for one in readers for _, said in one.answers)
        worked = time.monotonic() - begun
        return Outcome(victim, seconds, worked, late)

    def strike(self, chance: random.Random) -> str:
        """Kill the database, or one of its processes; what was killed, in words."""
        number = embedded.status(self.home).process
        assert number
        victim = chance.choice(["server", "server", "one of its processes"])
        chosen = number if victim == "server" else chance.choice(children(number))
        os.kill(chosen, signal.SIGKILL)
        return victim

    def close(self) -> None:
        """Stop all."""
        self.server.stop()


def back_after(readers: list[Reader], struck: float) -> float:
    """The seconds until the last reader had a page, of a request begun after the blow."""
    while time.monotonic() - struck < WITHIN_SECONDS:
        firsts = [
            next((at for at, said in list(one.answers) if at > struck and said in (200, 302)), 0.0)
            for one in readers
        ]
        if all(firsts):
            return time.monotonic() - struck
        time.sleep(0.02)
    sys.exit(f"pages do not answer {WITHIN_SECONDS} s after a kill")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with new_home() as home:
        screens = Screens(home)
        try:
            for seed in range(given.seed, given.seed + given.rounds):
                print(f"{seed:5} {screens.one_round(random.Random(seed))}", flush=True)
        finally:
            screens.close()
    print(f"{given.rounds} rounds, no page of a fault")


if __name__ == "__main__":
    main()
