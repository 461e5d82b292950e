"""Every screen in both languages: axe in the light and in the dark, no sideways scroll, keys.

Each page is loaded once a language: French at a desk in the light, English on a telephone in the
dark. Widths are those of the one page, resized: nothing but CSS answers to them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect
from tests import record
from tests.browser.every_screen import PARTS, Books, paths, written
from tests.browser.live import (
    context,
    needs_browser,
    opened,
    opened_browser,
    served,
    signed_in,
    violations,
    watched,
)
from tests.web.addresses import every_address

pytestmark = needs_browser
LOOKS = {"fr": (1440, False), "en": (375, True)}
WIDTHS = (375, 768, 1440, 2560)
SHARES = 3  # so that two processes can share the work
FOCUS = """async () => { await new Promise(done => setTimeout(done, 40));
  const one = document.activeElement, box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  return {tag: one.tagName, text: (one.innerText || one.getAttribute('aria-label') || '').trim(),
    seen: box.width > 0 && box.height > 0,
    ring: style.outlineStyle !== 'none' || one.type === 'date', // its button has the browser's own
    main: one.closest('main') !== null,
    covered: box.height < innerHeight / 2 && (box.bottom > innerHeight || box.top < 0)} }"""


@dataclass
class Place:
    browser: Browser
    address: str
    session: str
    books: Books

    def page(self, path: str, **look: object) -> Page:
        return opened(self.browser, self.address, self.session, path=path, **look)


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with record.fresh_database():
        with transaction.atomic():
            books = written()
            session = signed_in(books.owner)
        with served() as address, opened_browser() as browser:
            yield Place(browser, address, session, books)


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("lang", LOOKS)
def test_every_screen_is_for_everybody_at_every_width(place: Place, lang: str, share: int) -> None:
    width, dark = LOOKS[lang]
    here = context(place.browser, place.address, place.session, width=width, dark=dark, lang=lang)
    page, said = watched(here.new_page(), place.address)
    faults: list[str] = []
    for path in paths(place.books)[share::SHARES]:
        page.set_viewport_size({"width": width, "height": 12000})  # nothing under the bar below
        answer = page.goto(place.address + path)
        assert answer, path
        assert answer.status == 200, path
        if page.locator("#trends").count():
            page.locator("#trends h2").wait_for()
        assert page.locator("html").get_attribute("lang") == lang, path
        faults += [f"{path}: {one}" for one in violations(page)]
        faults += [f"{path}: {one} px wide" for one in too_wide(page)]
    here.close()
    assert faults == []
    assert said == []


def too_wide(page: Page) -> list[int]:
    """The widths at which the page scrolls sideways."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(width)
    return found


def test_what_is_no_page_is_a_part_or_a_file(place: Place) -> None:
    parts = [one for one in every_address() if one.name in PARTS]
    assert {one.name for one in parts} == PARTS
    page = place.page("/c/lumiere/law/")
    for one in parts:
        path = one.filled(where="c", slug="lumiere", **place.books.ids)
        answer = page.request.get(f"{place.address}{path}?format=csv")
        assert answer.status == 200, path
        assert "<html" not in answer.text(), path
    page.context.close()


SCREENS = (
    "/c/lumiere/?as_of=2026-09-30", "/c/lumiere/aging/?as_of=2026-09-30", "/c/lumiere/customers/",
    "/c/lumiere/invoices/?as_of=2026-09-30", "/c/lumiere/imports/", "/c/lumiere/journal/",
    "/c/lumiere/settings",
)  # fmt: skip


@pytest.mark.parametrize("path", SCREENS)
def test_tab_goes_through_a_screen_in_sight_and_in_order(place: Place, path: str) -> None:
    page = place.page(path, width=1024)
    met: list[str] = []
    is_within = False
    for _ in range(28):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUS)
        if now["tag"] == "BODY":
            break
        assert now["seen"], now
        assert now["ring"], f"no focus to be seen on {now}"
        assert not now["covered"], now
        met.append(now["text"])
        is_within |= now["main"]
    assert met[0] == "Aller au contenu"
    assert "Balance âgée" in met
    assert is_within, met
    page.context.close()


@pytest.mark.parametrize("path", SCREENS[1:4])
def test_letters_search_walk_open_and_explain(place: Place, path: str) -> None:
    page = place.page(path)
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    assert violations(page, within="'#help'") == []
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator(".topbar input[type=search]")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    rows = page.locator("main .ledger tbody tr:not([data-level])")
    for key, place_of_row in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(rows.nth(place_of_row).locator("th a")).to_be_focused()
    title = rows.nth(0).locator("th a").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/\d+/(\?|$)"))
    expect(page.locator("h1")).to_have_text(title)
    page.context.close()


def test_o_opens_a_row_of_the_aged_balance_in_place_and_closes_it(place: Place) -> None:
    page = place.page("/c/lumiere/aging/?as_of=2026-09-30")
    below = page.locator("main .ledger tbody tr[data-level]")
    page.keyboard.press("j")
    page.keyboard.press("o")
    below.first.wait_for()
    page.keyboard.press("o")
    expect(below).to_have_count(0)
    page.context.close()


@pytest.mark.parametrize(("key", "heading"), [("a", "Balance âgée"), ("c", "Clients")])
def test_g_then_a_letter_goes_to_a_screen(place: Place, key: str, heading: str) -> None:
    page = place.page("/c/lumiere/law/")
    page.keyboard.press("g")
    page.keyboard.press(key)
    expect(page.locator("h1")).to_have_text(heading)
    page.context.close()


def test_every_screen_prints_without_its_frame(place: Place) -> None:
    page = place.page("/c/lumiere/aging/?as_of=2026-09-30", dark=True)
    for path in ("", "customers/", f"customers/{place.books.ids['customer_id']}/", "journal/"):
        page.goto(f"{place.address}/c/lumiere/{path}")
        page.emulate_media(media="print")
        for hidden in (".topbar", ".sidebar"):
            expect(page.locator(hidden).first).to_be_hidden()
        expect(page.locator("h1")).to_be_visible()
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.context.close()
