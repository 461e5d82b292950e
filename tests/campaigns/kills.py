"""Kill our PostgreSQL and the processes that use it, at random, and count what was lost: nothing.

    .venv/bin/python -m tests.campaigns.kills --rounds 50 --seed 1

Each round lets writers commit, kills one or several of them, or the server, or a process that is
just starting the server or stopping it, then starts again and checks that every acknowledged row
is there, that one server serves all, and that the last to leave stops it.
"""

import argparse
import os
import random
import signal
import sys
import time
from pathlib import Path

import psycopg
from tests.storage.homes import KINDS, STAY, TALK, User, new_home

from quittance.storage import embedded
from quittance.storage.home import Home
from quittance.storage.server import is_running

WRITE = """
import sys
from pathlib import Path
import psycopg
from quittance.storage import embedded
try:
    address = embedded.ensure_running(Path(sys.argv[1]))
    with psycopg.connect(address.conninfo("owner"), autocommit=True) as connection:
        while True:
            asked = connection.execute("INSERT INTO written DEFAULT VALUES RETURNING number")
            print(asked.fetchone()[0], flush=True)
except psycopg.OperationalError:
    sys.stdin.read()
"""
VICTIMS = ("server", "writer", "both", "starter", "leaver")


def number(writer: User) -> int:
    """The first row of which the writer hears."""
    assert writer.process.stdout
    return int(writer.process.stdout.readline())


def acknowledged(writer: User) -> set[int]:
    """The rows whose commit the writer heard of; the last line may be cut."""
    assert writer.process.stdout
    text = writer.process.stdout.read()
    return {int(line) for line in text.splitlines(keepends=True) if line.endswith("\n")}


def strike(home: Path, victim: str, writers: list[User], *, chance: random.Random) -> None:
    """Kill what the round says, at a moment of its own."""
    time.sleep(chance.uniform(0.0, 0.8))
    if victim in ("server", "both"):
        number = embedded.status(home).process
        if number:
            os.kill(number, signal.SIGKILL)
    if victim in ("writer", "both"):
        chance.choice(writers).process.kill()
    if victim == "starter":
        starter = User(home, STAY)
        time.sleep(chance.uniform(0.0, 0.6))
        starter.is_killed()
    if victim == "leaver":
        for writer in writers:
            writer.process.kill()
        leaver = User(home, TALK)  # it is alone: it stops the server as it ends
        leaver.says()
        time.sleep(chance.uniform(0.0, 0.1))
        leaver.is_killed()


def one_round(home: Path, victim: str, known: set[int], *, chance: random.Random) -> int:
    """Write, kill, look; how many rows were acknowledged in this round."""
    writers = [User(home, WRITE) for _ in range(3)]
    waits = chance.random() < 0.7  # else the blow may fall while they start the server
    heard = {number(writer) for writer in writers} if waits else set[int]()
    strike(home, victim, writers, chance=chance)
    time.sleep(chance.uniform(0.0, 0.3))
    for writer in writers:
        writer.process.kill()
    heard = heard.union(*(acknowledged(writer) for writer in writers))
    for writer in writers:
        writer.is_killed()
    begun = time.monotonic()
    address = embedded.ensure_running(home)
    with psycopg.connect(address.conninfo("owner")) as connection:
        found = {row[0] for row in connection.execute("SELECT number FROM written")}
    print(f"{victim:8} {len(heard):6} acknowledged, back in {time.monotonic() - begun:.2f} s")
    lost = (known | heard) - found
    if lost:
        sys.exit(f"LOST {len(lost)} acknowledged rows: {sorted(lost)[:10]}")
    known |= heard
    if not embedded.leave(home) or is_running(Home(home)):
        sys.exit("the last to leave did not stop the server")
    return len(heard)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--kind", choices=sorted(KINDS), default="wheel")
    given = asked.parse_args()
    os.environ["QUITTANCE_POSTGRES_BIN"] = str(KINDS[given.kind])
    chance, known, total = random.Random(given.seed), set[int](), 0
    with new_home() as home:
        address = embedded.ensure_running(home)
        with psycopg.connect(address.conninfo("owner")) as connection:
            connection.execute("CREATE TABLE written (number bigserial PRIMARY KEY)")
        embedded.leave(home)
        for _ in range(given.rounds):
            total += one_round(home, chance.choice(VICTIMS), known, chance=chance)
        left = [one.name for one in home.iterdir() if "partial" in one.name]
    print(f"{given.rounds} rounds, {total} acknowledged commits, none lost; left: {left or 'none'}")


if __name__ == "__main__":
    main()
