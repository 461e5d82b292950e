"""Customers in a real browser: the list, the card part by part, the search; both languages, axe."""

from collections.abc import Iterator
from datetime import UTC, datetime

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
)
from tests.services.people import joined, user
from tests.services.people import opened as opened_company
from tests.storage.opened import imported, lumiere

from quittance.services.contacts import add_contact
from quittance.services.journal import Actor
from quittance.services.notes import write_note
from quittance.storage.models import Company, Customer, User
from quittance.storage.scope import see_companies

pytestmark = needs_browser
LIST = "/c/lumiere/customers/"
AT = datetime(2026, 9, 30, 8, tzinfo=UTC)


class Screens:
    """A browser, where the program answers, who is signed in, and the customer looked at."""

    def __init__(self, browser: Browser, address: str, *, session: str, customer_id: int) -> None:
        self.browser, self.address, self.session = browser, address, session
        self.card = f"{LIST}{customer_id}/"

    def open(self, path: str, **look: object) -> Page:
        return opened(self.browser, self.address, self.session, path=path, **look)


@pytest.fixture(scope="module")
def screens() -> Iterator[Screens]:
    with record.fresh_database():
        with transaction.atomic():
            owner = user("ines@x.example", name="Inès Morel")
            number = books(opened_company("lumiere", owner), owner)
            session = signed_in(owner)
        with served() as address, opened_browser() as browser:
            yield Screens(browser, address, session=session, customer_id=number)


def books(company: Company, owner: User) -> int:
    """The example's books, a contact and notes; the number of the first customer."""
    see_companies([company.pk])
    imported(company, lumiere(), at=AT)
    karim = joined(company, "collector")
    karim.name = "Karim Benali"
    karim.save()
    pk = Customer.objects.get(code="C001").pk
    by = Actor("Inès Morel", "test", owner.pk)
    entered = {"name": "Léa Roy", "phone": "01 42 68 53 00", "address": "1 rue X\n75001 Paris"}
    add_contact(company.pk, pk, entered={**entered, "is_main": True}, by=by, at=AT)
    write_note(company.pk, pk, text="Promet vendredi, @Karim Benali suit.", by=by, at=AT)
    return pk


def test_a_customer_is_found_with_a_typing_error_and_opened_from_the_keyboard(
    screens: Screens,
) -> None:
    page = screens.open(LIST)
    page.keyboard.press("/")
    page.keyboard.type("belecour", delay=20)
    expect(page.locator("#found [role=option]")).to_have_count(3)  # with its two contacts
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Hôtels Bellecour")
    page.context.close()


def test_rows_are_walked_with_j_and_opened_with_enter(screens: Screens) -> None:
    page = screens.open(f"{LIST}?q=bellec")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Hôtels Bellecour")
    page.context.close()


def test_filters_stay_in_the_address(screens: Screens) -> None:
    page = screens.open(f"{LIST}?as_of=2026-09-30")
    page.select_option("#table-customers-situation", "settled")
    expect(page.locator(".chip")).to_contain_text("soldé")
    assert "situation=settled" in page.url
    assert "as_of=2026-09-30" in page.url
    page.context.close()


def test_ticked_customers_are_changed_and_put_back_from_the_toast(screens: Screens) -> None:
    page = screens.open(f"{LIST}?sort=name")
    boxes = page.locator("tbody input[name=chosen]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(page.locator("[data-chosen]")).to_have_text("2")
    page.click("[commandfor=bulk-change][command=show-modal]")
    assert violations(page) == []
    page.fill("#bulk-segment", "À suivre")
    page.click("#bulk-change .primary")
    expect(page.locator("[data-toast]")).to_contain_text("2 clients modifiés")
    assert "sort=name" in page.url
    expect(page.locator("tbody tr", has_text="À suivre")).to_have_count(2)
    assert violations(page) == []
    page.click("[data-toast] form button")
    expect(page.locator(".notices")).to_contain_text("2 clients rétablis")
    expect(page.locator("tbody tr", has_text="À suivre")).to_have_count(0)
    page.context.close()


def test_a_part_is_edited_in_its_place_and_a_refusal_is_heard(screens: Screens) -> None:
    page = screens.open(screens.card)
    page.evaluate("window.kept = true")
    page.click("#identity a >> text=Modifier")
    expect(page.locator("#identity [name=siren]")).to_be_visible()
    assert page.evaluate("window.kept"), "the page was loaded again"
    page.fill("#identity [name=siren]", "732 829 321")
    page.click("#identity .primary")
    expect(page.locator("#identity .error")).to_contain_text("clé de contrôle")
    assert violations(page) == []
    for name, text in (("siren", "732 829 320"), ("siret", ""), ("vat", "")):
        page.fill(f"#identity [name={name}]", text)
    page.click("#identity .primary")
    expect(page.locator("#identity .facts")).to_contain_text("732")
    expect(page.locator("#identity .held")).to_have_count(1)
    page.context.close()


def test_a_colleague_is_called_on_while_one_writes(screens: Screens) -> None:
    page = screens.open(screens.card)
    page.click("#note-text")
    page.keyboard.type("Vu, @kar")
    expect(page.locator("#mention-list [role=option]:visible")).to_have_count(1)
    assert violations(page, within="'#notes'") == []
    page.keyboard.press("Enter")
    expect(page.locator("#note-text")).to_have_value("Vu, @Karim Benali ")
    page.keyboard.type("merci")
    page.click(".note-form .primary")
    expect(page.locator(".note").first).to_contain_text("Prévenus : Karim Benali")
    page.context.close()


def test_the_card_works_without_script(screens: Screens) -> None:
    page = screens.open(f"{screens.card}?edit=follow", scripted=False)
    page.fill("[name=segment]", "Grands comptes")
    page.click("#follow .primary")
    expect(page.locator("#follow")).to_contain_text("Grands comptes")
    page.context.close()


def test_a_charge_leads_to_its_computation(screens: Screens) -> None:
    page = screens.open(f"{screens.card}charges?as_of=2026-09-30")
    first = page.locator("#table-due tbody th a").first
    number = first.inner_text()
    first.click()
    expect(page.locator("#table-segments tbody th").first).to_contain_text(number)
    page.context.close()
