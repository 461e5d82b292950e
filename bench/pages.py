"""The screens measured on a company of a million invoices.

    python bench/pages.py [--invoices 1000000] [--home FOLDER] [--people 50] [--seconds 60]

In one process: each page warm (95th percentile of many), and the first page after somebody has
allocated a payment. Then the web server itself, two processes of four threads, with as many people
as asked for who click, read for one to three seconds, and click again. `--home` takes a folder that
an earlier run kept (`--keep`), so that nothing is imported again.
"""

import argparse
import http.client
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generate import write_ledger
from record import given, imported, opened, record

HERE = Path(__file__).parent
DAY = "as_of=2026-06-30"
WARM, CHANGES = 30, 5
SLUG, EMAIL = "bench", "bench@example.org"
READS_SECONDS = (1, 3)


@dataclass(frozen=True)
class Clicked:
    """One answer: the page's name, its status, how long it took."""

    page: str
    status: int
    seconds: float


def pages() -> dict[str, str]:
    """The pages that people open, by name; those of one customer and one document are drawn."""
    from quittance.storage.models import Company, Customer, LedgerItem
    from quittance.storage.scope import seeing

    company = company_number(Company)
    with seeing(company):
        customers = Customer.objects.filter(company_id=company).order_by("pk")
        one = customers[customers.count() // 2]
        mine = LedgerItem.objects.filter(customer=one).order_by("pk")
        invoice, payment = mine.filter(amount_minor__gt=0)[0], mine.filter(amount_minor__lt=0)[0]
    return {
        "dashboard": f"?{DAY}",
        "dashboard: trends": f"trends/?{DAY}",
        "aged balance": f"aging/?{DAY}",
        "aged balance: words": f"aging/?{DAY}&q=client+0001",
        "aged balance: collectors": f"aging/?{DAY}&by=segment",
        "customers": f"customers/?{DAY}",
        "search": "search?q=clint+000123",
        "card": f"customers/{one.pk}/?{DAY}",
        "card: account": f"customers/{one.pk}/account?{DAY}",
        "invoices": f"invoices/?{DAY}",
        "invoices: all, by amount": f"invoices/?{DAY}&state=all&sort=-amount_minor",
        "invoices: a number": f"invoices/?{DAY}&q=FA-0001234",
        "payments": f"payments/?{DAY}",
        "invoice": f"invoices/{invoice.pk}/?{DAY}",
        "payment": f"payments/{payment.pk}/?{DAY}",
        "law": "law/",
        "journal": "journal/",
    }


def company_number(company: Any) -> int:
    """The number of the benchmark's company."""
    from django.db import transaction

    from quittance.storage.scope import see_as_operator

    with transaction.atomic():
        see_as_operator()
        return int(company.objects.values_list("pk", flat=True).get(slug=SLUG))


def browser() -> Any:
    """A browser of this process, signed in as the owner."""
    from django.conf import settings
    from django.test import Client

    from quittance.storage.models import User

    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(
        User.objects.get(email=EMAIL),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def timed(client: Any, name: str, path: str) -> Clicked:
    """One page, answered within this process."""
    start = time.perf_counter()
    answer = client.get(f"/c/{SLUG}/{path}")
    return Clicked(name, answer.status_code, time.perf_counter() - start)


def warm(client: Any, asked: dict[str, str]) -> None:
    """Every page many times, once it was opened."""
    print(f"\n{'warm pages, in the process':34} {'p50':>8} {'p95':>8}   limit 250 ms, search 100")
    for name, path in asked.items():
        timed(client, name, path)
        found = [timed(client, name, path) for _ in range(WARM)]
        told(name, found)


def told(name: str, found: Sequence[Clicked]) -> None:
    """A line of milliseconds."""
    times = sorted(one.seconds * 1000 for one in found)
    wrong = [one for one in found if one.status != 200]
    note = f"   {len(wrong)} not answered" if wrong else ""
    print(f"  {name:32} {statistics.median(times):5.0f} ms {p95(times):5.0f} ms{note}", flush=True)


def p95(times: Sequence[float]) -> float:
    """The 95th percentile: the smallest time that 95 in 100 do not exceed."""
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]


def after_a_change(client: Any, asked: dict[str, str]) -> None:
    """The first page after somebody has allocated a payment, for each of the heavy ones."""
    print(f"\n{'first page after a change':34} {'p50':>8} {'p95':>8}   limit 2 s")
    for name in ("dashboard", "aged balance", "customers", "search", "invoices", "payments"):
        found = []
        for _ in range(CHANGES):
            allocated()
            found.append(timed(client, name, asked[name]))
        told(name, found)


def allocated() -> None:
    """Undo one allocation of the books: a change like any other."""
    from quittance import clock
    from quittance.services.allocations import undo_allocations
    from quittance.services.journal import Actor
    from quittance.storage.models import Allocation, Company
    from quittance.storage.scope import seeing

    company = company_number(Company)
    with seeing(company):
        one = (
            Allocation.objects.filter(reversed_at=None).order_by("-pk").values_list("pk", flat=True)
        )
        number = int(one[0])
    undo_allocations(company, [number], by=Actor("bench", "bench"), at=clock.now())


def cold(client: Any, asked: dict[str, str]) -> None:
    """The first page of a process that has just started, from the database and from the disk."""
    from quittance.storage import book, held_facts

    print(f"\n{'first page of a new process':34} {'p50':>8}")
    for what in ("from the database", "from what was written aside"):
        book.shelf.clear()
        held_facts.kept.clear()
        one = timed(client, what, asked["aged balance"])
        print(f"  {what:32} {one.seconds * 1000:5.0f} ms", flush=True)
        time.sleep(3)  # the facts are written aside meanwhile


def crowd(session: str, asked: dict[str, str], *, people: int, seconds: float) -> None:
    """People who click on the real server, two processes of four threads."""
    port = 18_765
    server = subprocess.Popen(
        [sys.executable, "-m", "quittance", "serve", "--quiet", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        until(lambda: click(port, session, "health", "/health").status == 200)
        for _ in range(6):  # each process opens each page once
            for name, path in asked.items():
                click(port, session, name, f"/c/{SLUG}/{path}")
        end = time.perf_counter() + seconds
        with ThreadPoolExecutor(people) as pool:
            seeds = range(people)
            found = [one for many in pool.map(
                lambda seed: visit(port, session, asked, seed=seed, end=end), seeds
            ) for one in many]  # fmt: skip
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
    print(f"\n{people} people for {seconds:.0f} s: {len(found)} clicks, "
          f"{len(found) / seconds:.0f} a second{'':8} p50      p95   limit 800 ms")  # fmt: skip
    told("every page", found)
    for name in asked:
        mine = [one for one in found if one.page == name]
        if mine:
            told(name, mine)


def until(holds: Callable[[], bool]) -> None:
    """Wait for something to hold."""
    for _ in range(600):
        try:
            if holds():
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("the server does not answer")


def visit(
    port: int, session: str, asked: dict[str, str], *, seed: int, end: float
) -> list[Clicked]:
    """What one person does: click, read, click again."""
    chance, found = random.Random(seed), []
    time.sleep(chance.uniform(0, READS_SECONDS[1]))
    while time.perf_counter() < end:
        name, path = chance.choice(list(asked.items()))
        found.append(click(port, session, name, f"/c/{SLUG}/{path}"))
        time.sleep(chance.uniform(*READS_SECONDS))
    return found


def click(port: int, session: str, name: str, path: str) -> Clicked:
    """One page of the server, body and all."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    start = time.perf_counter()
    link.request("GET", path, headers={"Cookie": f"session={session}", "Host": f"127.0.0.1:{port}"})
    answer = link.getresponse()
    answer.read()
    link.close()
    return Clicked(name, answer.status, time.perf_counter() - start)


def main() -> None:
    """Make or take the company, then measure."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("--invoices", type=int, default=1_000_000)
    options.add_argument("--home", type=Path)
    options.add_argument("--keep", action="store_true")
    options.add_argument("--people", type=int, default=50)
    options.add_argument("--seconds", type=float, default=60)
    asked = options.parse_args()
    home = asked.home or Path(tempfile.mkdtemp(prefix="quittance-pages-"))
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o711)
    record(home)
    try:
        if asked.home is None or not (home / "ready").exists():
            imported(opened(), given(write_ledger(asked.invoices, HERE / "data")), {})
            (home / "ready").touch()
        found, client = pages(), browser()
        cold(client, found)
        warm(client, found)
        after_a_change(client, found)
        session = client.cookies["session"].value
        crowd(session, found, people=asked.people, seconds=asked.seconds)
    finally:
        if not asked.keep and asked.home is None:
            from quittance.storage.embedded import stop

            stop(home, is_forced=True)
            shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    os.environ.setdefault("QUITTANCE_KEEP", "1")
    main()
