"""The search field of every page: a list while one types, arrows, Enter, Escape; a page without."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import override_settings
from django.urls import re_path
from playwright.sync_api import Page, expect
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

from quittance.config import urls

pytestmark = needs_browser
RESULTS = [
    {"href": "?chosen=1", "title": "Élan Événements", "detail": "732 829 320", "aside": "12,00 €"},
    {"href": "?chosen=2", "title": "Élan Conseil"},
]


def search(request: HttpRequest, **_where: Any) -> HttpResponse:
    asked = request.GET.get("q", "")
    groups = [{"label": "Clients", "results": RESULTS}] if asked.startswith("el") else []
    return render(request, "web/parts/found.html", {"q": asked, "groups": groups})


urlpatterns = [
    re_path(r"^(?P<where>[cg])/(?P<slug>[-a-z0-9]+)/search$", search, name="search"),
    *urls.urlpatterns,
]


@pytest.fixture(scope="module")
def field() -> Iterator[Page]:
    with record.fresh_database(), override_settings(ROOT_URLCONF=__name__):
        with transaction.atomic():
            owner = user("ines@x.example", name="Inès Morel")
            opened_company("lumiere", owner)
            session = signed_in(owner)
        with served() as address, opened_browser() as browser:
            yield opened(browser, address, session, path="/c/lumiere/design/")


@pytest.fixture
def page(field: Page) -> Page:
    field.goto(field.url.split("?")[0])
    field.keyboard.press("/")
    return field


def test_a_slash_reaches_the_field_and_typing_lists_what_looks_alike(page: Page) -> None:
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("elan")
    expect(page.locator("#found [role=option]")).to_have_count(2)
    expect(page.locator("#search")).to_have_attribute("aria-expanded", "true")
    assert violations(page) == []
    assert wrongs(page) == []


def test_arrows_walk_the_list_around_and_enter_opens(page: Page) -> None:
    page.keyboard.type("elan")
    expect(page.locator("#found [role=option]")).to_have_count(2)
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search")).to_have_attribute("aria-activedescendant", "found-1-2")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#found-1-1")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?chosen=1")


def test_a_click_opens(page: Page) -> None:
    page.keyboard.type("elan")
    page.click("#found-1-2")
    page.wait_for_url("**/?chosen=2")


def test_escape_closes_the_list_and_then_leaves_the_field(page: Page) -> None:
    page.keyboard.type("elan")
    expect(page.locator("#found [role=option]")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_hidden()
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search")).not_to_be_focused()


def test_nothing_alike_is_said(page: Page) -> None:
    page.keyboard.type("zzz")
    expect(page.locator("#found")).to_contain_text("Rien ne ressemble à « zzz »")
    page.keyboard.press("Enter")  # the whole page of results
    page.wait_for_url("**/search?q=zzz")
