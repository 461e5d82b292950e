"""A live server on a record of its own, and a browser that is signed in to it.

with served() as address, opened_browser() as browser:
    page = opened(browser, address, signed_in(user), path="/c/lumiere/design/", width=375)
    assert violations(page) == []
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests import record

record.ready()
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps a loop running in this thread

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: E402
from allauth.mfa.totp.internal.auth import TOTP  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.testcases import LiveServerThread  # noqa: E402

from quittance.storage.models import User  # noqa: E402

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OPTIONS = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
needs_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no browser on this machine"),
]


@contextmanager
def served() -> Iterator[str]:
    """The program, answering on a free port; its address."""
    thread = LiveServerThread("localhost", StaticFilesHandler, port=0)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield f"http://localhost:{thread.port}"
    finally:
        thread.terminate()


@contextmanager
def opened_browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        found = play.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield found
        found.close()
        connections.close_all()  # those of playwright's loop, which nobody reaches after it


def signed_in(user: User) -> str:
    """The session of a user, as the cookie holds it; within a transaction that is kept."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend=BACKEND)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def with_second_factor(user: User) -> None:
    """An application's secret and recovery codes, as if they had been set up."""
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)


def context(
    browser: Browser, address: str, session: str, *, width: int = 1440, dark: bool = False,
    lang: str = "fr", scripted: bool = True, **cookies: str,
) -> BrowserContext:  # fmt: skip
    """A browser of its own, with the session and other cookies, that refuses to leave the host."""
    found = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light",
        locale="fr-FR" if lang == "fr" else "en-GB", java_script_enabled=scripted,
        has_touch=width < 600, reduced_motion="reduce",
    )  # fmt: skip
    wanted = {settings.SESSION_COOKIE_NAME: session, "language": lang, **cookies}
    found.add_cookies([{"name": n, "value": v, "url": address} for n, v in wanted.items() if v])
    return found


def opened(browser: Browser, address: str, session: str, *, path: str, **look: Any) -> Page:
    """A page of the program. What goes wrong in it, or leaves the host, is kept in `wrongs`."""
    page, wrongs = watched(context(browser, address, session, **look).new_page(), address)
    page.goto(address + path)
    page.wrongs = wrongs  # type: ignore[attr-defined]
    return page


def watched(page: Page, address: str) -> tuple[Page, list[str]]:
    """The page, and what goes wrong in it or leaves the host from now on."""
    found: list[str] = []
    page.on("console", lambda said: found.append(said.text))
    page.on("pageerror", lambda fault: found.append(str(fault)))
    page.on("request", lambda one: one.url.startswith((address, "data:")) or found.append(one.url))
    return page, found


def wrongs(page: Page) -> list[str]:
    """What the console said, and what was asked of another host."""
    found: list[str] = page.wrongs  # type: ignore[attr-defined]
    return found


def violations(page: Page, *, within: str = "document") -> list[str]:
    """What axe finds against WCAG 2.2 AA and good practice, as `rule: element`."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        f"async () => (await axe.run({within}, {json.dumps(OPTIONS)})).violations"
    )
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
