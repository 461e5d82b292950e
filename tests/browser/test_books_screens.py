"""The books in a real browser: dashboard, aged balance, documents, allocating; both languages."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect
from tests import record
from tests.browser.live import (
    needs_browser,
    opened,
    opened_browser,
    served,
    signed_in,
    violations,
    wrongs,
)
from tests.services.people import opened as opened_company
from tests.services.people import user
from tests.storage.opened import imported, lumiere

from quittance.storage.models import Company, LedgerItem
from quittance.storage.scope import see_companies

pytestmark = needs_browser
DAY = "as_of=2026-09-30"
PLACE = "/c/lumiere/"


class Screens:
    """A browser, where the program answers, who is signed in, and a payment to allocate."""

    def __init__(self, browser: Browser, address: str, *, session: str, payment: str) -> None:
        self.browser, self.address, self.session, self.payment = browser, address, session, payment

    def open(self, path: str, **look: object) -> Page:
        return opened(self.browser, self.address, self.session, path=PLACE + path, **look)


@pytest.fixture(scope="module")
def screens() -> Iterator[Screens]:
    with record.fresh_database():
        with transaction.atomic():
            owner = user("ines@x.example", name="Inès Morel")
            payment = books(opened_company("lumiere", owner))
            session = signed_in(owner)
        with served() as address, opened_browser() as browser:
            yield Screens(browser, address, session=session, payment=payment)


def books(company: Company) -> str:
    """The example's books; the address of a payment to allocate."""
    see_companies([company.pk])
    imported(company, lumiere())
    return f"payments/{LedgerItem.objects.get(document='VIR1808515').pk}/?{DAY}"


def test_a_row_of_the_aged_balance_opens_in_place_and_closes(screens: Screens) -> None:
    page = screens.open(f"aging/?by=currency&{DAY}")
    page.get_by_role("button", name="Déplier EUR").click()
    customers = page.locator("tr[data-level='1']")
    expect(customers).to_have_count(44)
    customers.first.get_by_role("button").click()
    items = page.locator("tr[data-level='2']")
    expect(items.first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Déplier EUR").click()
    expect(page.locator("tr[data-level]")).to_have_count(0)
    assert wrongs(page) == []
    page.context.close()


def test_what_is_left_is_counted_as_one_types(screens: Screens) -> None:
    page = screens.open(screens.payment)
    rest, button = page.locator("[data-rest]"), page.locator(".allocate .primary")
    fields = page.locator("input.amount")
    expect(rest).to_have_text("0,00 €")
    fields.nth(1).fill("1 000")
    expect(rest).to_have_text("243,80 €")
    page.locator("[data-pick]").nth(4).check()
    expect(fields.nth(4)).to_have_value("243,80")
    fields.nth(0).fill("9999")
    expect(rest).to_have_text("-7 143,00 €")
    expect(fields.nth(0)).to_have_attribute("aria-invalid", "true")
    expect(button).to_be_disabled()
    fields.nth(0).fill("deux")
    expect(button).to_be_disabled()
    page.context.close()


def test_a_payment_is_allocated_from_the_keyboard_and_undone_from_the_message(
    screens: Screens,
) -> None:
    page = screens.open(screens.payment)
    for place in (0, 2, 3):
        page.locator("input.amount").nth(place).fill("")
    page.locator("input.amount").nth(1).fill("1243,80")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("1 243,80 € lettrés.")
    expect(page.locator("h2#settled + *, #settled").first).to_be_visible()
    expect(page.get_by_role("row", name="FA26-00515").first).to_contain_text("Inès Morel")
    assert violations(page) == []
    page.locator(".toast button.small").click()
    expect(page.locator(".toast")).to_contain_text("1 lettrage défait.")
    expect(page.get_by_text("Aucune facture encore.")).to_be_visible()
    assert wrongs(page) == []
    page.context.close()


def test_allocating_works_without_script(screens: Screens) -> None:
    page = screens.open(screens.payment, scripted=False)
    for place in range(4):
        page.locator("input.amount").nth(place).fill("10" if place == 1 else "")
    page.locator(".allocate .primary").click()
    expect(page.get_by_role("row", name="FA26-00515").first).to_contain_text("10,00")
    page.get_by_role("button", name="Défaire FA26-00515").click()
    expect(page.get_by_text("Aucune facture encore.")).to_be_visible()
    page.context.close()


def test_the_trends_come_after_the_first_paint(screens: Screens) -> None:
    page = screens.open(f"?{DAY}")
    expect(page.get_by_role("heading", name="Tendances sur treize mois")).to_be_visible()
    expect(page.locator("#trends .spark")).to_have_count(4)
    page.context.close()
