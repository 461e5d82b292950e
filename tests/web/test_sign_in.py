"""Signing in through the pages, as people do."""

import re
import time
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from tests.services.people import NOW, PASSWORD, Authenticator, opened, user

from quittance.services.companies import Chosen, change_company
from quittance.services.journal import Actor
from quittance.storage.models import Company, User
from quittance.storage.scope import seeing
from quittance.web.sign_in import SecondFactors, vault

pytestmark = pytest.mark.usefixtures("fresh_db")
BY = Actor("Ann", "test")


def person(email: str = "ann@x.example", slug: str = "lumiere") -> User:
    """Somebody who owns a company."""
    from django.db import transaction

    with transaction.atomic():
        one = user(email, name="Ann")
        opened(slug, one)
    return one


def browser(**headers: str) -> Client:
    return Client(SERVER_NAME="localhost", **headers)


def signed_in(
    client: Client, email: str = "ann@x.example", password: str = PASSWORD, **also: str
) -> Any:
    return client.post("/account/login/", {"login": email, "password": password, **also})


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def wanted(slug: str = "lumiere") -> None:
    """The company wants a second factor from now on."""
    from django.db import transaction

    from quittance.storage.scope import see_as_operator

    with transaction.atomic():
        see_as_operator()
        company = Company.objects.get(slug=slug)
    with seeing(company.pk):
        chosen = Chosen(name=company.name, requires_second_factor=True)
        change_company(company.pk, chosen, by=BY, now=NOW)


def code_of(secret: str) -> str:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))  # noqa: TID251


def with_totp(client: Client) -> str:
    """Set a second factor up through the pages, the password given again on the way; its secret."""
    path = "/account/2fa/totp/activate/"
    asked = client.get(path)
    if asked.status_code == 302:
        assert asked.headers["Location"].startswith("/account/reauthenticate/")
        client.post(asked.headers["Location"], {"password": PASSWORD, "next": path})
    page = client.get(path).content.decode()
    found = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page)
    assert found, page
    done = client.post(path, {"code": code_of(found[1])})
    assert done.status_code == 302, done.content
    return found[1]


def test_a_person_signs_in_and_out_with_a_new_session_each_time() -> None:
    person()
    client = browser()
    client.get("/account/login/")
    client.post("/language/", {"language": "en"})
    session = client.session
    session["before"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    before = session.session_key
    answer = signed_in(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert is_in(client)
    client.post("/account/logout/")
    assert not is_in(client)


def test_the_language_of_the_person_is_spoken_from_the_sign_in_on() -> None:
    one = person()
    User.objects.filter(pk=one.pk).update(language="en")
    client = browser()
    assert "Se connecter" in client.get("/account/login/").content.decode()
    signed_in(client)
    assert client.cookies["language"].value == "en"
    client.post("/language/", {"language": "fr"})
    assert User.objects.get(pk=one.pk).language == "fr"


def test_a_wrong_password_and_an_unknown_address_are_told_alike() -> None:
    person()
    said = []
    for email in ("ann@x.example", "nobody@x.example"):
        page = signed_in(browser(), email, "wrong password").content.decode()
        said.append(re.sub(r'(value=|X-CSRFToken": )"[^"]*"', "", page))
    assert said[0] == said[1]
    assert 'role="alert"' in said[0]


def test_after_five_wrong_passwords_the_right_one_waits_too_whoever_asks() -> None:
    person()
    for _ in range(5):
        assert signed_in(browser(), password="wrong").status_code == 200
    for address in ("127.0.0.1", "192.0.2.9"):
        client = browser(REMOTE_ADDR=address)
        assert "Trop de tentatives" in signed_in(client).content.decode()
        assert not is_in(client)


def test_the_count_of_tries_is_not_crowded_out() -> None:
    for number in range(700):
        cache.set(f"tries-{number}", 1, 600)
    assert cache.get("tries-0") == 1


def test_nobody_signs_up() -> None:
    for path in ("/account/signup/", "/account/signup/passkey/", "/account/email/"):
        assert browser().get(path).status_code == 404
        assert browser().post(path, {"email": "eve@x.example"}).status_code == 404


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)",
        "http://127.0.0.1:9999/", "https:evil.example",
    ],
)  # fmt: skip
def test_nobody_is_led_elsewhere(elsewhere: str) -> None:
    person()
    client = browser()
    assert signed_in(client, next=elsewhere).headers["Location"] == "/"
    for path in ("/language/", "/look/"):
        assert client.post(path, {"next": elsewhere}).headers["Location"] == "/"
    assert client.post("/account/logout/", {"next": elsewhere}).headers["Location"] == "/"


def test_one_is_led_back_to_where_one_wanted_to_go() -> None:
    person()
    answer = signed_in(browser(), next="/c/lumiere/settings")
    assert answer.headers["Location"] == "/c/lumiere/settings"


def test_an_inactive_person_stays_outside_at_once() -> None:
    one = person()
    client = browser()
    signed_in(client)
    User.objects.filter(pk=one.pk).update(is_active=False)
    assert not is_in(client)
    signed_in(client)
    assert not is_in(client)


def test_a_new_password_ends_the_other_sessions_and_not_the_present_one() -> None:
    person()
    here, there = browser(), browser()
    for client in (here, there):
        signed_in(client)
    fresh = "une tonne de poires mûres"
    said = {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
    answer = here.post("/account/password/change/", said)
    assert answer.status_code == 302, answer.content
    assert is_in(here)
    assert not is_in(there)


def test_the_page_of_sessions_lists_them_and_ends_the_others() -> None:
    person()
    here, there = browser(), browser(REMOTE_ADDR="192.0.2.7")
    for client in (here, there):
        signed_in(client)
    page = here.get("/account/sessions/").content.decode()
    assert "127.0.0.1" in page
    assert "192.0.2.7" in page
    here.post("/account/sessions/")
    assert is_in(here)
    assert not is_in(there)


def test_where_a_company_wants_a_second_factor_nothing_is_seen_before_it_is_there() -> None:
    person()
    client, other = browser(), browser()
    for one in (client, other):
        signed_in(one)
    wanted()
    answer = client.get("/c/lumiere/settings")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/2fa/")
    page = client.get("/account/2fa/").content.decode()
    assert "exige un second facteur" in page
    secret = with_totp(client)
    assert client.get("/c/lumiere/settings").status_code == 200
    assert not is_in(other), "a session opened with the password alone goes on"

    again = browser()
    answer = signed_in(again, next="/c/lumiere/settings")
    assert answer.headers["Location"].startswith("/account/2fa/authenticate/")
    assert not is_in(again)
    assert again.get("/c/lumiere/settings").status_code == 302
    again.post("/account/2fa/authenticate/", {"code": "000000"})
    assert not is_in(again)
    cache.clear()  # a code serves once; the one of this half-minute has
    answer = again.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/c/lumiere/settings"
    assert is_in(again)


def test_recovery_codes_alone_are_no_second_factor() -> None:
    one = person()
    Authenticator.objects.create(
        user=one, type="recovery_codes", data={"seed": "x", "used_mask": 0}
    )
    client = browser()
    client.force_login(one)
    wanted()
    assert client.get("/c/lumiere/settings").headers["Location"] == "/account/2fa/"


def test_a_recovery_code_lets_in_once() -> None:
    one = person()
    client = browser()
    signed_in(client)
    with_totp(client)
    codes = Authenticator.objects.get(user=one, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    for expected in (True, False):
        again = browser()
        signed_in(again)
        again.post("/account/2fa/authenticate/", {"code": codes[0]})
        assert is_in(again) is expected


def test_the_secrets_of_second_factors_are_not_in_the_database() -> None:
    one = person()
    client = browser()
    signed_in(client)
    secret = with_totp(client)
    kept = str(list(Authenticator.objects.filter(user=one).values_list("data", flat=True)))
    assert secret not in kept
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert (
            SecondFactors().decrypt(vault_text(secret, settings.SECRET_KEY_FALLBACKS[0])) == secret
        )
    with override_settings(SECRET_KEY="another"):
        assert SecondFactors().decrypt(vault_text(secret, "a lost key")) != secret


def vault_text(secret: str, key: str) -> str:
    """A secret as it was kept under a key."""
    with override_settings(SECRET_KEY=key, SECRET_KEY_FALLBACKS=[]):
        return vault().encrypt(secret.encode()).decode()


def test_a_sensitive_act_asks_the_password_again_and_then_goes_on() -> None:
    person()
    client = browser()
    signed_in(client)
    path = "/c/lumiere/settings/change"
    said = {"name": "Lumière", "default_terms": "45", "allocation_rule": "books"}
    answer = client.post(path, said)
    assert answer.headers["Location"] == f"/account/reauthenticate/?next={path.replace('/', '%2F')}"
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    client.post(answer.headers["Location"], {"password": "wrong", "next": path})
    assert name_of() == "Lumiere"
    done = client.post(answer.headers["Location"], {"password": PASSWORD, "next": path})
    assert done.headers["Location"] == "/c/lumiere/settings"
    assert name_of() == "Lumière"


def name_of() -> str:
    from django.db import transaction

    from quittance.storage.scope import see_as_operator

    with transaction.atomic():
        see_as_operator()
        return Company.objects.get(slug="lumiere").name


def test_a_password_is_reset_by_a_mailed_link_on_the_public_address() -> None:
    person()
    mail.outbox = []
    with override_settings(SENDS_MAIL=True, PUBLIC_URL="https://q.example"):
        forged = Client(SERVER_NAME="127.0.0.1")
        forged.post("/account/password/reset/", {"email": "ann@x.example"})
    (sent,) = mail.outbox
    found = re.search(r"https://q\.example(/account/password/reset/key/\S+)", sent.body)
    assert found, sent.body
    client = browser()
    step = client.get(found[1])
    fresh = "une tonne de poires mûres"
    done = client.post(step.headers["Location"], {"password1": fresh, "password2": fresh})
    assert done.status_code == 302
    assert signed_in(client, password=fresh).headers["Location"] == "/"
    assert client.get(found[1]).status_code in (200, 302)


def test_asking_for_a_new_password_does_not_tell_who_has_an_account() -> None:
    person()
    mail.outbox = []
    answers = [
        browser().post("/account/password/reset/", {"email": email})
        for email in ("ann@x.example", "nobody@x.example")
    ]
    assert {(one.status_code, one.headers["Location"]) for one in answers} == {
        (302, "/account/password/reset/done/")
    }
    assert [one.to for one in mail.outbox] == [["ann@x.example"], ["nobody@x.example"]]
    assert "invitation" in mail.outbox[1].body
    assert "http" not in mail.outbox[1].body
