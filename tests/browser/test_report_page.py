"""The HTML report in a real browser: phone, desktop, dark, printed, and without the network."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from quittance.cli.books import Settings, load
from quittance.core.book import Book
from quittance.core.late_charges import Policy
from quittance.core.problems import no_problems
from quittance.reports.overview import overview
from quittance.reports.render.html import to_html

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no browser on this machine"),
]
SMALL_TEXT = """() => [...document.querySelectorAll('body *')].filter(e =>
  e.children.length === 0 && e.textContent.trim() && e.getClientRects().length &&
  parseFloat(getComputedStyle(e).fontSize) < 11 && !e.closest('svg, .vh')).length"""
UNNAMED = """() => [...document.querySelectorAll('[role=region], svg[role=img], table')].filter(e =>
  !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') ||
    e.querySelector('title, caption'))).length"""
HEADINGS = """() => [...document.querySelectorAll('h1,h2,h3,h4')].map(e => +e.tagName[1])"""


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(__file__).parents[2] / "examples" / "lumiere"
    book: Book = load([folder], Settings()).book
    last = book.items["date"].max()
    report = overview(book, last, problems=no_problems(), policy=Policy())
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(to_html(report, "fr"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        opened = play.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield opened
        opened.close()


def opened_page(browser: Browser, path: Path, *, width: int, dark: bool = False) -> Page:
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
    )
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("width", [375, 768, 1440])
def test_the_page_never_scrolls_sideways(browser: Browser, page_file: Path, width: int) -> None:
    page = opened_page(browser, page_file, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [375, 1440])
def test_no_text_is_too_small_to_read(browser: Browser, page_file: Path, width: int) -> None:
    page = opened_page(browser, page_file, width=width)
    assert page.evaluate(SMALL_TEXT) == 0
    page.close()


def test_tables_regions_and_charts_have_a_name_and_headings_do_not_skip(
    browser: Browser, page_file: Path
) -> None:
    page = opened_page(browser, page_file, width=1440)
    assert page.evaluate(UNNAMED) == 0
    levels = page.evaluate(HEADINGS)
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    page.close()


def test_nothing_is_asked_of_the_network_and_nothing_goes_wrong(
    browser: Browser, page_file: Path
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda fault: wrong.append(str(fault)))
    page.goto(page_file.as_uri())
    assert [url for url in asked if not url.startswith("file:")] == []
    assert wrong == []
    page.close()


def test_dark_and_light_are_two_looks(browser: Browser, page_file: Path) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    light = opened_page(browser, page_file, width=1440)
    dark = opened_page(browser, page_file, width=1440, dark=True)
    assert light.evaluate(background) != dark.evaluate(background)
    light.close()
    dark.close()


def test_it_prints_with_every_formula_open(browser: Browser, page_file: Path) -> None:
    page = opened_page(browser, page_file, width=1440)
    content = page.pdf(format="A4", prefer_css_page_size=True)
    assert content.startswith(b"%PDF")
    page.emulate_media(media="print")
    shown = page.evaluate(
        "[...document.querySelectorAll('.card details p')].every(e => e.getClientRects().length)"
    )
    assert shown
    page.close()


def test_the_page_is_small(page_file: Path) -> None:
    assert page_file.stat().st_size <= 1_500_000
