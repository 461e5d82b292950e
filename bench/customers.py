"""How fast customers are found and opened, whoever is asked for.

    python bench/customers.py [--invoices 1000000] [--home FOLDER]

`pages.py` asks for one page many times; here each request has other words or another customer. The
customers of the ledger get names made of syllables, identifiers, and contacts for one in four;
words are typed as people type them: begun, mistyped, a number or its end. `--home` takes the
folder of an earlier run of either.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generate import SEED, write_ledger
from pages import SLUG, browser, company_number, p95
from record import given, imported, opened, record

HERE = Path(__file__).parent
DAY = "as_of=2026-06-30"
TRADES = "Boulangerie Menuiserie Transports Garage Hôtel Clinique Électricité Œnothèque Négoce"
FORMS = ("SARL", "SAS", "SA", "EURL", "& Fils", "et Cie")
ONSETS = ("b", "ch", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "br", "cl", "gr", "tr")
NUCLEI, CODAS = ("a", "e", "é", "i", "o", "ou", "u", "ai"), ("", "", "n", "r", "s", "lt", "rd")
LIMITS = {"search while typing": 100.0}
PARTS = ("account", "behaviour", "charges", "history", "documents")


def invented(chance: random.Random, count: int) -> list[str]:
    """Names of two or three syllables."""

    def syllable() -> str:
        return chance.choice(ONSETS) + chance.choice(NUCLEI) + chance.choice(CODAS)

    lengths = [chance.choice((2, 2, 3)) for _ in range(count)]
    return ["".join(syllable() for _ in range(length)).capitalize() for length in lengths]


def name_customers() -> None:
    """Names, identifiers and contacts, unless an earlier run gave them."""
    import polars as pl

    from quittance.storage import facts
    from quittance.storage.models import Company, Contact, Customer
    from quittance.storage.people import search_text
    from quittance.storage.scope import seeing

    company, chance = company_number(Company), random.Random(SEED)
    names, trades = invented(chance, 9_000), TRADES.split()
    with seeing(company):
        if Contact.objects.exists():
            return
        rows, contacts = [], []
        for pk, code in Customer.objects.order_by("pk").values_list("pk", "code"):
            called = f"{chance.choice(trades)} {chance.choice(names)} {chance.choice(names)}"
            siren, name = f"{chance.randrange(10**8, 10**9)}", f"{called} {chance.choice(FORMS)}"
            rows.append((pk, name, siren, search_text(code, name, siren)))
            if pk % 4 == 0:
                person = f"{chance.choice(names)} {chance.choice(names)}"
                contacts.append((pk, person, f"{code.lower()}@example.org"))
        columns = ["id", "name", "siren", "search_text"]
        facts.change_rows(
            "customer", pl.DataFrame(rows, columns, orient="row"), columns=columns[1:]
        )
        given_contacts = pl.DataFrame(contacts, ["customer_id", "name", "email"], orient="row")
        empty = {
            "role": "",
            "phone": "",
            "address": "",
            "channels": "[]",
            "key": "",
            "is_held": False,
        }
        constants = {"company_id": company, "is_main": False, "version": 1, **empty}
        facts.add_rows("contact", given_contacts, constants=constants)


def mistyped(chance: random.Random, text: str) -> str:
    """A text with two letters swapped somewhere."""
    place = chance.randrange(1, max(2, len(text) - 1))
    return text[:place] + text[place + 1 : place + 2] + text[place] + text[place + 2 :]


def typed(chance: random.Random, known: tuple[int, str, str, str]) -> str:
    """What somebody types who looks for a customer, an identifier or an invoice."""
    _, name, siren, code = known
    trade, first, second = name.split()[:3]
    return chance.choice(
        (first, name[: chance.randrange(3, 12)], mistyped(chance, first), siren, siren[:5], code,
         f"{trade} {mistyped(chance, second)}", f"FA-{chance.randrange(1, 999_999):07d}",
         f"{chance.randrange(1000, 99_999)}")
    )  # fmt: skip


def asked(count: int) -> dict[str, list[str]]:
    """Addresses by kind of page, each for another customer or other words."""
    from quittance.storage.models import Company, Customer
    from quittance.storage.scope import seeing

    chance = random.Random(SEED + 1)
    with seeing(company_number(Company)):
        every = list(Customer.objects.values_list("pk", "name", "siren", "code"))
    drawn = [chance.choice(every) for _ in range(count)]
    words = [typed(chance, one) for one in drawn]
    pages = {
        "search while typing": [f"search?q={text}" for text in words],
        "search, the page": [f"search?q={text}" for text in words],
        "customers, some page": [f"customers/?page={n % 400 + 1}&{DAY}" for n in range(count)],
        "customers, filtered": [
            f"customers/?q={text}&situation=overdue&sort=-late_days&{DAY}" for text in words
        ],
        "card": [f"customers/{pk}/?{DAY}" for pk, *_ in drawn],
        "card as known in June": [f"customers/{pk}/?known=2026-06-30" for pk, *_ in drawn],
    }
    return pages | {
        f"card: {part}": [f"customers/{pk}/{part}?{DAY}" for pk, *_ in drawn] for part in PARTS
    }


Times = tuple[float, float]  # milliseconds by the wall, and of this process's processors


def once(work: Callable[[], Any]) -> Times:
    """How long one call takes that answers a page."""
    start, work_start = time.perf_counter(), time.process_time()
    answer = work()
    wall, worked = time.perf_counter() - start, time.process_time() - work_start
    assert answer.status_code in (200, 302), (answer.status_code, answer.request["PATH_INFO"])
    return 1000 * wall, 1000 * worked


def measured(client: Any, name: str, paths: list[str]) -> None:
    """A line for one kind of page."""
    headers = {"HX-Target": "found"} if name == "search while typing" else {}

    def open_page(path: str) -> Times:
        return once(lambda: client.get(f"/c/{SLUG}/{path}", headers=headers))

    for path in paths[:3]:
        open_page(path)
    told(name, [open_page(path) for path in paths], limit=LIMITS.get(name, 250.0))


def told(name: str, times: list[Times], *, limit: float) -> None:
    """Median and 95th percentile by the wall, beside what is allowed; the work of the median."""
    walls, works = zip(*times, strict=True)
    missed = "  MISSED" if p95(walls) > limit else ""
    print(f"  {name:30} {statistics.median(walls):7.1f} {p95(walls):8.1f} {limit:8.0f} "
          f"{statistics.median(works):8.1f} {p95(works):8.1f}{missed}")  # fmt: skip


def in_number(client: Any) -> None:
    """A change of four hundred customers at once, and the first list after it."""
    from quittance.storage.models import Company, Customer
    from quittance.storage.scope import seeing

    with seeing(company_number(Company)):
        ids = list(Customer.objects.order_by("pk").values_list("pk", flat=True)[:400])
    base, changes, firsts = f"/c/{SLUG}/customers/", [], []
    for number in range(4):
        sent = {"chosen": ids, "segment": f"{number}{time.perf_counter_ns()}"[-9:]}
        changes.append(once(lambda sent=sent: client.post(f"{base}change", sent)))
        firsts.append(once(lambda: client.get(f"{base}?{DAY}")))
    told("change of 400 customers", changes, limit=2000)
    told("first list after it", firsts, limit=2000)


def main() -> None:
    """Make or take the company, name its customers, measure."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("--invoices", type=int, default=1_000_000)
    options.add_argument("--home", type=Path)
    options.add_argument("--requests", type=int, default=200)
    wanted = options.parse_args()
    home = wanted.home or Path(tempfile.mkdtemp(prefix="quittance-customers-"))
    home.mkdir(exist_ok=True)
    home.chmod(0o711)
    record(home)
    if not (home / "ready").exists():
        imported(opened(), given(write_ledger(wanted.invoices, HERE / "data")), {})
        (home / "ready").touch()
    name_customers()
    client = browser()
    client.get(f"/c/{SLUG}/customers/?{DAY}")
    print(f"\n  {'milliseconds, in the process':30} {'median':>7} {'p95':>8} {'limit':>8} "
          f"{'its work':>8} {'p95':>8}")  # fmt: skip
    for name, paths in asked(wanted.requests).items():
        measured(client, name, paths)
    in_number(client)


if __name__ == "__main__":
    os.environ.setdefault("QUITTANCE_KEEP", "1")
    main()
