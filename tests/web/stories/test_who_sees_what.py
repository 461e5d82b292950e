"""One set of books and four readers: collector of a portfolio, sales, auditor, outsider."""

import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.services.people import joined, opened, user
from tests.storage.opened import imported, invoices
from tests.web.stories.acts import HOME, figure, pressed
from tests.web.views.pages import browser, owned, text

from quittance.core.matching_codes import code_of
from quittance.storage.models import Company, Customer, LedgerItem, User
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")
MINE, THEIRS = "Menuiserie Zébulon", "Quincaillerie Wagadou"
BOOKS = (
    f"C1;{MINE};F-101;05/01/2026;04/02/2026;1 200,00",
    f"C2;{THEIRS};F-202;06/01/2026;05/02/2026;500,00",
)
DAY = "as_of=2026-06-30"
TOKEN = re.compile(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]*')


def begun() -> tuple[Client, Company, dict[str, int]]:
    """The owner's browser, the company, the numbers of both customers."""
    client, company = owned()
    see_companies([company.pk])
    imported(company, [invoices(*BOOKS)])
    see_companies([company.pk])
    return client, company, dict(Customer.objects.values_list("code", "pk"))


def entrusted(owner: Client, customer: int, *, to: User, what: str = "collector") -> None:
    """The owner entrusts a customer to somebody, on the list of customers."""
    change = f"{HOME}customers/change"
    pressed(owner, change, chosen=[customer], next=f"{HOME}customers/", **{what: to.pk})


def test_a_collector_lives_in_a_portfolio_as_if_nothing_else_were_there() -> None:
    owner, company, customers = begun()
    ines = joined(company, "collector", "own")
    collector = browser(ines)

    # Before: an empty desk. Then the owner entrusts one customer, and the desk is that customer.
    assert MINE not in text(collector, f"{HOME}customers/?{DAY}")
    entrusted(owner, customers["C1"], to=ines)
    assert figure(collector, f"{HOME}?{DAY}", "Comptes clients") == "1 200,00 €"
    assert figure(owner, f"{HOME}?{DAY}", "Comptes clients") == "1 700,00 €"
    for path in ("", "aging/", "customers/", "invoices/"):
        page = text(collector, f"{HOME}{path}?{DAY}")
        assert MINE in page, path
        assert THEIRS not in page, path
    for search in ("wagadou", "F-202", "500"):
        assert THEIRS not in text(collector, f"{HOME}search?q={search}")
    listed = collector.get(f"{HOME}customers/?{DAY}&format=csv").content.decode()
    assert MINE in listed
    assert THEIRS not in listed

    # The other customer is not "forbidden": it is not there, nor are its invoice and its group.
    see_companies([company.pk])
    item = LedgerItem.objects.get(document="F-202").pk
    nowhere = answer(collector, "/c/nowhere/")
    for path in (f"customers/{customers['C2']}/", f"invoices/{item}/",
                 f"payments/group/{code_of(item)}/"):  # fmt: skip
        assert answer(collector, HOME + path) == nowhere, path


def test_sales_reads_and_comments_and_changes_nothing() -> None:
    owner, company, customers = begun()
    paul = joined(company, "sales", "own")
    entrusted(owner, customers["C1"], to=paul, what="salesperson")
    sales, card = browser(paul), f"{HOME}customers/{customers['C1']}/"

    # What is said on the card is read by the owner.
    pressed(sales, f"{card}notes/write", text="Le directeur signe vendredi.")
    assert "Le directeur signe vendredi." in text(owner, card)
    assert "Modifier" not in text(sales, card)

    # Changing, exporting, importing are not refused: they are not there.
    assert sales.post(f"{card}change", {"part": "follow", "segment": "X"}).status_code == 404
    assert "attachment" not in sales.get(f"{card}account?format=csv").headers.get(
        "Content-Disposition", ""
    )
    for path in ("imports/", "journal/", "settings", "members"):
        assert answer(sales, HOME + path) == answer(sales, "/c/nowhere/"), path


def test_an_auditor_reads_all_takes_the_journal_away_and_writes_nothing() -> None:
    _owner, company, customers = begun()
    auditor = browser(joined(company, "auditor"))
    assert THEIRS in text(auditor, f"{HOME}aging/?{DAY}")
    assert "Le journal tient" in text(auditor, f"{HOME}journal/proof")
    lines = auditor.get(f"{HOME}journal/export").content.decode().splitlines()
    told = [json.loads(line)["action"] for line in lines]
    assert told == ["company.opened", "file.received", "import.applied"]
    card = f"{HOME}customers/{customers['C1']}/"
    assert auditor.post(f"{card}notes/write", {"text": "Vu."}).status_code == 404
    assert auditor.post(f"{HOME}imports/give").status_code == 404


def test_to_an_outsider_the_company_answers_as_one_that_does_not_exist() -> None:
    _owner, company, customers = begun()
    stranger = user("eve@x.example", name="Ève")
    opened("ailleurs", stranger)
    see_companies([company.pk])
    outsider = browser(stranger)
    nowhere = answer(outsider, "/c/nowhere/")
    assert nowhere[0] == 404
    for path in ("", "aging/", f"customers/{customers['C1']}/", "journal/export", "settings"):
        assert answer(outsider, HOME + path) == nowhere, path
    assert "Ailleurs" in text(outsider, "/c/ailleurs/")


def answer(client: Client, path: str) -> tuple[int, bytes]:
    """What can be told of an answer, but for the token of its forms."""
    response: HttpResponse = client.get(path)
    return response.status_code, TOKEN.sub(rb"\1", response.content)
