"""Django's settings as another process reads them: over TLS, in clear, with secrets at hand."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings
from tests.storage import served

ROOT = Path(__file__).parents[2]
READ = "import json; from quittance.config import settings as s; print(json.dumps({names}))"


def environment(**variables: str) -> dict[str, str]:
    """The environment of another process on the tests' server, with these variables."""
    served.test_server()
    ours = ("EMAIL", "DJANGO_")  # what this shell or another test has set
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {
        **kept,
        "QUITTANCE_SECRET": "a secret of the tests, as long as a secret has to be, 51",
        **variables,
    }


def command(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT, env=environment(**variables), capture_output=True, text=True, check=False,
    )  # fmt: skip


def told(*names: str, **variables: str) -> dict[str, object]:
    """Settings as another process has them."""
    listed = "{" + ", ".join(f"{name!r}: s.{name}" for name in names) + "}"
    done = command("-c", READ.format(names=listed), **variables)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_djangos_own_check_finds_nothing_behind_tls() -> None:
    done = command(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING",
        QUITTANCE_URL="https://q.example",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_djangos_own_check_does_find_what_is_missing_without_tls() -> None:
    """So that the test above can fail."""
    done = command("manage.py", "check", "--deploy", QUITTANCE_URL="http://127.0.0.1:8765")
    assert "security.W" in done.stderr


COOKIES = ("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE")


def test_cookies_are_bound_to_the_host_behind_tls() -> None:
    found = told(*COOKIES, "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", "ALLOWED_HOSTS",
                 QUITTANCE_URL="https://q.example")  # fmt: skip
    assert list(found.values())[:4] == ["__Host-session", True, "__Host-csrf", True]
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "[::1]", "localhost", "q.example"]


def test_without_tls_nothing_pretends_to_be_behind_it() -> None:
    found = told(*COOKIES, "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER")
    assert list(found.values()) == ["session", False, "csrf", False, 0, None]


def test_without_an_address_the_program_is_at_a_name_that_passkeys_accept() -> None:
    found = told("PUBLIC_URL", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", QUITTANCE_URL="")
    assert found["PUBLIC_URL"] == "http://localhost:8765"
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "[::1]", "localhost"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["http://localhost:8765"]


def test_passwords_are_hashed_with_argon2_and_nothing_else() -> None:
    found = told("PASSWORD_HASHERS", "DEBUG")
    assert found["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert found["DEBUG"] is False


def test_a_database_password_is_in_no_error_and_in_no_repr() -> None:
    url = "postgresql://ann:wonderland@127.0.0.1:9/books?connect_timeout=1"
    done = command("manage.py", "migrate", DATABASE_URL=url)
    assert done.returncode != 0
    assert "wonderland" not in done.stdout + done.stderr
    crooked = command("manage.py", "check", DATABASE_URL="postgresql://ann:wonderland@[books")
    assert crooked.returncode != 0
    assert "wonderland" not in crooked.stdout + crooked.stderr


def test_settings_shown_by_django_hide_what_is_secret() -> None:
    code = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'quittance.config.settings';"
        "from django.conf import settings; import django; django.setup();"
        "from django.views.debug import SafeExceptionReporterFilter as F;"
        "print(F().get_safe_settings(), repr(settings), settings.ADDRESS)"
    )
    done = command("-c", code, EMAIL_URL="smtp://ann:wonderland@mail.example")
    assert done.returncode == 0, done.stderr
    assert "wonderland" not in done.stdout
    assert "as long as a secret has to be" not in done.stdout


POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "font-src 'self'", "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'",
    "base-uri 'none'", "manifest-src 'self'",
}  # fmt: skip


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("path", ["/account/login/", "/", "/c/nowhere/", "/health", "/nothing"])
def test_every_answer_says_what_the_browser_may_do(path: str) -> None:
    headers = Client(SERVER_NAME="localhost").get(path).headers
    policy = {one.strip() for one in headers["Content-Security-Policy"].split(";")}
    assert policy >= POLICY
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.usefixtures("db")
@override_settings(
    SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_HSTS_PRELOAD=True,
    SECURE_SSL_REDIRECT=True, SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True,
    SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
)  # fmt: skip
def test_behind_tls_the_browser_is_told_to_stay_there() -> None:
    client = Client(SERVER_NAME="localhost")
    assert client.get("/account/login/").headers["Location"] == "https://localhost/account/login/"
    answer = client.get("/account/login/", headers={"X-Forwarded-Proto": "https"})
    sts = answer.headers["Strict-Transport-Security"]
    assert sts == "max-age=31536000; includeSubDomains; preload"
    assert all(cookie["secure"] for cookie in client.cookies.values())


@pytest.mark.usefixtures("db")
def test_cookies_are_not_for_scripts_nor_for_other_sites() -> None:
    client = Client(SERVER_NAME="localhost")
    client.get("/account/login/")
    token = client.cookies[settings.CSRF_COOKIE_NAME]
    assert token["samesite"] == "Lax"
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


@pytest.mark.usefixtures("db")
def test_a_form_without_its_token_is_refused() -> None:
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    for path in ("/account/login/", "/language/", "/c/nowhere/settings/change"):
        assert client.post(path).status_code == 403


@pytest.mark.usefixtures("db")
def test_another_host_is_not_answered() -> None:
    assert Client(SERVER_NAME="evil.example").get("/account/login/").status_code == 400
