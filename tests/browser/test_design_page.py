"""The living page of components in a real browser: widths, looks, keys, axe, paper, no script."""

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

pytestmark = needs_browser
PATH = "/c/lumiere/design/"
ROWS = "#table-sample tbody tr"


class Screens:
    """A browser, where the program answers, and who is signed in."""

    def __init__(self, browser: Browser, address: str, session: str) -> None:
        self.browser, self.address, self.session = browser, address, session

    def open(self, query: str = "", **look: object) -> Page:
        return opened(self.browser, self.address, self.session, path=PATH + query, **look)


@pytest.fixture(scope="module")
def screens() -> Iterator[Screens]:
    with record.fresh_database():
        with transaction.atomic():
            owner = user("ines@x.example", name="Inès Morel")
            opened_company("lumiere", owner)
            session = signed_in(owner)
        with served() as address, opened_browser() as browser:
            yield Screens(browser, address, session)


@pytest.mark.parametrize(("width", "dark"), [(375, False), (1440, True)])
def test_axe_finds_nothing_in_the_other_looks(screens: Screens, width: int, dark: bool) -> None:
    """Those that `test_every_screen` leaves out: every component, so every pair of colours."""
    page = screens.open("?q=hotels", width=width, dark=dark)
    page.set_viewport_size({"width": width, "height": 6000})  # nothing under the bar below
    assert violations(page) == []
    page.context.close()


@pytest.mark.parametrize(
    "opening", [".topbar-user button", "[data-export] >> nth=0", "[commandfor=sample-dialog]"]
)
def test_axe_finds_nothing_in_what_opens(screens: Screens, opening: str) -> None:
    page = screens.open()
    page.click(opening)
    assert violations(page) == []
    page.context.close()


def test_nothing_goes_wrong_and_nothing_is_asked_elsewhere(screens: Screens) -> None:
    page = screens.open()
    page.click("#table-sample thead a >> nth=1")
    expect(page.locator("#table-sample [aria-sort]")).to_have_count(1)
    assert wrongs(page) == []
    page.context.close()


def test_sorting_changes_the_table_the_address_and_what_is_heard(screens: Screens) -> None:
    page = screens.open("?as_of=2026-06-30")
    page.click("#table-sample-by-balance_minor")
    expect(page.locator("#table-sample-by-balance_minor")).to_be_focused()
    expect(page.locator("#live")).to_contain_text("par Solde, décroissant")
    assert "sort=-balance_minor" in page.url
    assert "as_of=2026-06-30" in page.url
    page.click("#table-sample-by-balance_minor")
    expect(page.locator("#table-sample [aria-sort=ascending]")).to_have_count(1)
    page.go_back()
    expect(page.locator("#table-sample [aria-sort=descending]")).to_have_count(1)
    page.context.close()


def test_typing_filters_and_the_chip_stops_it(screens: Screens) -> None:
    page = screens.open("?page=2")
    page.fill("#table-sample-q", "jouvence")
    expect(page.locator(ROWS)).to_have_count(3)
    expect(page.locator("#table-sample-q")).to_be_focused()
    assert page.url.endswith("?q=jouvence")
    page.click("#table-sample .chip a")
    expect(page.locator(ROWS)).to_have_count(20)
    assert "q=" not in page.url
    page.context.close()


def test_a_column_of_codes_filters(screens: Screens) -> None:
    page = screens.open()
    page.select_option("#table-items-items\\.kind", "bill")
    expect(page.locator("#table-items tbody tr")).to_have_count(1)
    assert "items.kind=bill" in page.url
    page.context.close()


def test_the_keyboard_reaches_rows_search_help_and_places(screens: Screens) -> None:
    page = screens.open()
    page.keyboard.press("j")
    expect(page.locator(ROWS).nth(0).locator("th a")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(ROWS).nth(1).locator("input")).to_be_checked()
    expect(page.locator("[data-chosen]")).to_have_text("1")
    page.keyboard.press("k")
    expect(page.locator(ROWS).nth(0).locator("th a")).to_be_focused()
    page.keyboard.press("f")
    expect(page.locator("#table-sample-q")).to_be_focused()
    page.keyboard.type("jx?")  # letters in a field are letters
    expect(page.locator("#table-sample-q")).to_have_value("jx?")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.context.close()


def test_enter_opens_the_row_and_a_click_anywhere_on_it_too(screens: Screens) -> None:
    page = screens.open()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?customer=C001")
    page.click(f"{ROWS} >> nth=1 >> td >> nth=4")
    page.wait_for_url("**/?customer=C002")
    page.context.close()


def test_letters_after_g_go_to_screens_unless_keys_are_off(screens: Screens) -> None:
    page = screens.open(keys="off")
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.keyboard.press("j")
    assert page.url.endswith(PATH)
    expect(page.locator(ROWS).nth(0).locator("th a")).not_to_be_focused()
    page.context.close()
    page = screens.open()
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url("**/c/lumiere/settings")
    page.context.close()


def test_ticking_every_row_shows_what_can_be_done(screens: Screens) -> None:
    page = screens.open()
    expect(page.locator(".bulk")).to_be_hidden()
    page.check("[data-every]")
    expect(page.locator(".bulk")).to_be_visible()
    expect(page.locator("[data-chosen]")).to_have_text("20")
    page.uncheck(f"{ROWS} >> nth=3 >> input")
    assert page.locator("[data-every]").evaluate("box => box.indeterminate")
    page.context.close()


def test_headings_totals_and_first_column_stay_in_sight(screens: Screens) -> None:
    page = screens.open(width=768)
    region = page.locator("#table-sample .scroll")
    before = [page.locator(f"#table-sample {one}").first.bounding_box()
              for one in ("thead .freeze", "tfoot .freeze", "tbody .freeze")]  # fmt: skip
    region.evaluate("box => box.scrollTo(200, 120)")
    after = [page.locator(f"#table-sample {one}").first.bounding_box()
             for one in ("thead .freeze", "tfoot .freeze", "tbody .freeze")]  # fmt: skip
    assert all(before)
    assert before[0] == pytest.approx(after[0], abs=1)
    assert before[1] == pytest.approx(after[1], abs=1)
    assert before[2]["x"] == after[2]["x"]  # type: ignore[index]
    page.context.close()


def test_on_a_telephone_the_navigation_is_a_drawer(screens: Screens) -> None:
    page = screens.open(width=375)
    expect(page.locator("#navigation")).to_be_hidden()
    page.click(".bottombar button")
    expect(page.locator("#navigation")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#navigation")).to_be_hidden()
    page.context.close()


def test_without_script_links_and_forms_do_the_same(screens: Screens) -> None:
    page = screens.open(scripted=False)
    page.click("#table-sample-by-balance_minor")
    assert "sort=-balance_minor" in page.url
    page.fill("#table-sample-q", "hotels")
    page.click("#table-sample form.filters button")
    assert "sort=-balance_minor" in page.url
    assert "q=hotels" in page.url
    assert page.locator(ROWS).count() == 3
    page.fill("#as-of", "2026-06-30")
    page.click(".date-field button")
    assert "as_of=2026-06-30" in page.url
    assert "q=hotels" in page.url
    page.check(f"{ROWS} >> nth=0 >> input")
    expect(page.locator(".bulk")).to_be_visible()
    page.context.close()


def test_another_day_is_asked_by_choosing_it(screens: Screens) -> None:
    page = screens.open("?sort=name")
    page.fill("#as-of", "2026-06-30")
    page.wait_for_url("**/?sort=name&as_of=2026-06-30")
    page.click(".date-field a")
    page.wait_for_url("**/?sort=name")
    page.context.close()


def test_the_look_is_chosen_and_kept(screens: Screens) -> None:
    page = screens.open()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click(".topbar-user button")
    page.click("button[name=theme][value=dark]")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.click(".topbar-user button")
    page.click("button[name=language][value=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.context.close()


def test_on_paper_there_is_no_frame_and_every_formula(screens: Screens) -> None:
    page = screens.open(dark=True)
    page.emulate_media(media="print")
    for hidden in (".topbar", ".sidebar", ".ledger-bar", ".actions"):
        expect(page.locator(hidden).first).to_be_hidden()
    formulas = "[...document.querySelectorAll('.figure-card details > p')]"
    assert page.evaluate(f"{formulas}.every(one => one.getClientRects().length)")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(20, 36, 43)"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.context.close()
