"""Signing in with a passkey, and the pages of accounts, members and settings, in a browser."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page
from tests import record
from tests.browser.live import (
    needs_browser,
    opened,
    opened_browser,
    served,
    signed_in,
    violations,
    with_second_factor,
    wrongs,
)
from tests.services.people import BY, PASSWORD, joined, user
from tests.services.people import opened as opened_company
from tests.web.test_sign_in import code_of

from quittance import clock
from quittance.services.invitations import invite_member
from quittance.storage.models import User

pytestmark = needs_browser
STRANGERS = ("/account/login/", "/account/password/reset/", "/account/password/reset/done/")
OWN = ("/account/", "/account/password/change/", "/account/2fa/", "/account/2fa/totp/activate/",
       "/account/2fa/webauthn/add/", "/account/2fa/webauthn/", "/account/sessions/",
       "/account/2fa/recovery-codes/", "/account/reauthenticate/", "/account/logout/",
       "/")  # fmt: skip
FACTOR = ("/account/2fa/", "/account/2fa/totp/deactivate/", "/account/2fa/recovery-codes/",
          "/account/2fa/recovery-codes/generate/", "/account/2fa/reauthenticate/")  # fmt: skip
LOOKS = [("fr", 1440, False), ("en", 375, True)]
WIDTHS = (375, 768, 1440, 2560)


@dataclass
class Place:
    browser: Browser
    address: str
    owner: User
    invitation: str

    def page(self, path: str, *, as_owner: bool = True, **look: Any) -> Page:
        """A page of the owner, or of a stranger, with the password given a moment ago."""
        session = signed_in(self.owner) if as_owner else ""
        return opened(self.browser, self.address, session, path=path, **look)


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with record.fresh_database():
        with transaction.atomic():
            owner = user("ann@x.example", name="Ann Morel")
            opened_company("ombre", owner)
            company = opened_company("lumiere", owner)
            joined(company, "collector", "own")
            now = clock.now()
            link = invite_member(company.pk, "bob@x.example", role="sales", by=BY, now=now)
        with served() as address, opened_browser() as browser:
            yield Place(browser, address, owner, f"/invitation/{link.secret}")


def with_authenticator(page: Page) -> None:
    """A device of the browser that holds passkeys and knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_a_passkey_is_made_and_signs_in_alone_under_our_policy(place: Place) -> None:
    page = place.page("/account/2fa/webauthn/add/")
    with_authenticator(page)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    page.wait_for_url("**/webauthn/add/**")
    page.locator("#id_passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/")
    assert page.locator("#recovery_codes").input_value().count("\n") == 9
    page.goto(f"{place.address}/account/logout/")
    page.locator("main form button").click()
    page.goto(f"{place.address}/account/login/?next=/c/lumiere/members")
    page.locator("#passkey_login").click()
    page.wait_for_url("**/c/lumiere/members")
    assert wrongs(page) == []


def test_an_application_s_codes_then_a_recovery_code_open_the_account(place: Place) -> None:
    with transaction.atomic():
        user("carole@x.example", name="Carole Petit")
    page = opened(place.browser, place.address, "", path="/account/2fa/totp/activate/")
    page.wait_for_url("**/account/login/**")
    signed_in_by_hand(page)
    page.get_by_label("Mot de passe").fill(PASSWORD)  # asked again before a factor is added
    page.get_by_role("button", name="Confirmer").click()
    page.wait_for_url("**/totp/activate/")
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("#id_code").fill(code_of(secret))
    page.locator("main form button.primary").first.click()
    page.wait_for_url("**/recovery-codes/")
    recovery = page.locator("#recovery_codes").input_value().split()
    for code in (recovery[0], recovery[1]):
        page.goto(f"{place.address}/account/logout/")
        page.locator("main form button").click()
        page.goto(f"{place.address}/account/login/?next=/account/sessions/")
        signed_in_by_hand(page)
        page.wait_for_url("**/2fa/authenticate/**")
        assert violations(page) == []
        page.locator("#id_code").fill(code)
        page.locator("main form button.primary").first.click()
        page.wait_for_url("**/account/sessions/")
    assert wrongs(page) == []


def signed_in_by_hand(page: Page) -> None:
    page.locator("#id_login").fill("carole@x.example")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form button.primary").first.click()


def test_where_no_key_answers_the_page_says_so(place: Place) -> None:
    page = place.page("/account/login/", as_owner=False)
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    page.locator("#passkey_login").click()
    page.locator("#passkey-problem").wait_for(state="visible")
    assert violations(page) == []


@pytest.mark.parametrize(("lang", "width", "dark"), LOOKS)
def test_the_pages_of_strangers_are_for_everybody(
    place: Place, lang: str, width: int, dark: bool
) -> None:
    page = place.page(STRANGERS[0], as_owner=False, lang=lang, width=width, dark=dark)
    for path in (*STRANGERS, place.invitation, "/invitation/never", "/nothing"):
        page.goto(place.address + path)
        checked(page, path, width=width)


@pytest.mark.parametrize(("lang", "width", "dark"), LOOKS)
def test_the_pages_of_an_account_are_for_everybody(
    place: Place, lang: str, width: int, dark: bool
) -> None:
    page = place.page("/account/reauthenticate/", lang=lang, width=width, dark=dark)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button.primary").first.click()
    for path in OWN:
        page.goto(place.address + path)
        checked(page, path, width=width)


@pytest.mark.parametrize(("lang", "width", "dark"), LOOKS)
def test_the_pages_of_a_second_factor_are_for_everybody(
    place: Place, lang: str, width: int, dark: bool
) -> None:
    with transaction.atomic():
        one = user(f"paul.{lang}@x.example", name="Paul Roux")
        with_second_factor(one)
    page = opened(
        place.browser, place.address, signed_in(one), path="/account/reauthenticate/",
        lang=lang, width=width, dark=dark,
    )  # fmt: skip
    for path in (page.url.removeprefix(place.address), *FACTOR):
        page.goto(place.address + path)
        checked(page, path, width=width)
        if page.locator("input[type=password]").count():
            page.locator("input[type=password]").fill(PASSWORD)
            page.locator("main form button.primary").first.click()


def checked(page: Page, path: str, *, width: int) -> None:
    """No fault of access, no word of the console but of the page itself, no sideways scroll."""
    page.set_viewport_size({"width": width, "height": 3000})  # nothing under the bar of the foot
    assert violations(page) == [], path
    told = [one for one in wrongs(page) if "404" not in one]
    assert told == [], path
    for one in WIDTHS:
        page.set_viewport_size({"width": one, "height": 900})
        overflow = page.evaluate("document.documentElement.scrollWidth")
        assert overflow <= one, f"{path}: {overflow} px wide at {one}"
