"""People who write through the screens until the server dies under them; what each was told.

Each has an invoice and a payment of its own, allocates and undoes them in turn, and writes notes.
An answer counts as heard when its whole came; the last thing asked may have been done or not.
"""

import http.client
import threading
import urllib.parse
from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from tests.web.views.pages import browser

from quittance.storage.models import Allocation, Company, Customer, LedgerItem, User
from quittance.storage.scope import seeing

TOKEN = "k" * 32  # of the form and of the cookie alike
ACTIONS = {"note": "note.written", "allocate": "allocation.added", "undo": "allocation.undone"}
WITHIN_SECONDS = 20


class UnexpectedError(Exception):
    """An answer that no screen gives when all goes well."""


@dataclass
class Person:
    """Somebody at work on one customer of a company, over HTTP."""

    company: Company
    user: User
    place: int
    port: int
    session: str = ""
    customer: int = 0
    invoice: int = 0
    payment: int = 0
    heard: list[str] = field(default_factory=list)  # what was answered, in order
    asking: str = ""  # what was asked and not answered
    notes: list[str] = field(default_factory=list)
    wrongs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session = browser(self.user).cookies[settings.SESSION_COOKIE_NAME].value
        with seeing(self.company.pk):
            found = Customer.objects.get(company=self.company, code=f"C{self.place}")
            items = LedgerItem.objects.filter(customer=found, reversed_at=None)
            self.customer = found.pk
            self.invoice = items.get(kind="invoice").pk
            self.payment = items.get(kind="payment").pk

    def works(self, until: threading.Event) -> None:
        """Write until told to stop, or until nobody answers."""
        try:
            while not until.is_set():
                for action in ("note", "allocate", "note", "undo"):
                    self.asks(action)
        except (OSError, http.client.HTTPException):
            pass  # the server was killed
        except UnexpectedError as answer:
            self.wrongs.append(str(answer))
        finally:
            connection.close()

    def asks(self, action: str) -> None:
        """One POST; it is heard when its answer came."""
        path, form = self.form(action)
        self.asking = action
        if action == "note":
            self.notes.append(form["text"])
        status, place = self.post(path, form)
        if status != 302 or "/account/" in place:
            raise UnexpectedError(f"{action}: {status} {place}")
        self.heard.append(action)
        self.asking = ""

    def form(self, action: str) -> tuple[str, dict[str, str]]:
        """Where an action is sent, and with what."""
        if action == "note":
            text = f"note {len(self.notes)} of {self.place}"
            return f"customers/{self.customer}/notes/write", {"text": text}
        if action == "allocate":
            return f"payments/{self.payment}/allocate/", {f"amount-{self.invoice}": "10,00"}
        return "payments/undo/", {"allocations": ",".join(map(str, self.live()))}

    def live(self) -> list[int]:
        """The allocations that hold on one's invoice."""
        with seeing(self.company.pk):
            found = Allocation.objects.filter(debit_id=self.invoice, reversed_at=None)
            return list(found.values_list("pk", flat=True))

    def post(self, path: str, form: dict[str, str]) -> tuple[int, str]:
        """The status of an answer and where it sends."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WITHIN_SECONDS)
        cookies = (
            f"{settings.SESSION_COOKIE_NAME}={self.session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        )
        headers = {
            "Cookie": cookies, "X-CSRFToken": TOKEN, "Host": f"localhost:{self.port}",
            "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        try:
            place = f"/c/{self.company.slug}/{path}"
            line.request("POST", place, urllib.parse.urlencode(form), headers)
            answer = line.getresponse()
            answer.read()
            return answer.status, answer.getheader("Location", "")
        finally:
            line.close()


def unkept(people: list[Person], done: Counter[str], *, notes: list[str]) -> list[str]:
    """What was answered and is not in the record, or is there more often than it was asked.

    `done` counts the journal's events by action; `notes` are the texts that the record holds.
    """
    found = [wrong for one in people for wrong in one.wrongs]
    for action, event in ACTIONS.items():
        least = sum(one.heard.count(action) for one in people)
        most = least + sum(one.asking == action for one in people)
        if not least <= done[event] <= most:
            found.append(f"{event}: {done[event]} in the journal, {least} to {most} expected")
    for one in people:
        mine = [text for text in notes if text.endswith(f" of {one.place}")]
        known = one.notes[:-1] if one.asking == "note" else one.notes
        if mine not in (known, one.notes):
            found.append(f"notes of {one.place}: {len(mine)} kept, {len(known)} acknowledged")
        turns = [action for action in one.heard if action != "note"]
        held = len(turns) % 2
        either = {held, 1 - held} if one.asking in ("allocate", "undo") else {held}
        if len(one.live()) not in either:
            found.append(f"allocations of {one.place}: {one.live()}, {either} expected")
    return found
