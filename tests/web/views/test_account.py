import pytest
from tests.services.people import user
from tests.web.views.pages import browser, text

pytestmark = pytest.mark.usefixtures("db")


def test_a_person_says_name_and_language() -> None:
    ann = user("ann@x.example")
    client = browser(ann)
    assert "ann@x.example" in text(client, "/account/")
    answer = client.post("/account/", {"name": "Ann  Martin", "language": "en"})
    assert answer.headers["Location"] == "/account/"
    assert client.cookies["language"].value == "en"
    ann.refresh_from_db()
    assert (ann.name, ann.language) == ("Ann Martin", "en")


def test_an_unknown_language_is_refused() -> None:
    ann = user("ann@x.example")
    assert browser(ann).post("/account/", {"name": "x", "language": "de"}).status_code == 422
    ann.refresh_from_db()
    assert ann.language == "fr"


@pytest.mark.parametrize(
    "path",
    [
        "/account/", "/account/password/change/", "/account/sessions/", "/account/2fa/",
        "/account/2fa/totp/activate/", "/account/2fa/webauthn/", "/account/2fa/webauthn/add/",
        "/account/reauthenticate/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_an_account_stands_in_our_frame(path: str, language: str) -> None:
    client = browser(user("ann@x.example"))
    client.cookies["language"] = language
    page = text(client, path)
    assert f'<html lang="{language}"' in page
    assert 'class="brand"' in page
    assert "<h1" in page
    assert "style=" not in page
    assert "onclick=" not in page


@pytest.mark.parametrize("path", ["/account/login/", "/account/password/reset/"])
def test_the_pages_of_strangers_stand_in_our_frame_without_a_way_to_sign_up(path: str) -> None:
    page = text(browser(), path)
    assert 'class="brand"' in page
    assert "signup" not in page


def test_scripts_of_passkeys_are_files_of_ours() -> None:
    page = text(browser(user("ann@x.example")), "/account/2fa/webauthn/add/")
    for script in ("mfa/js/webauthn-json.js", "mfa/js/webauthn.js", "account/js/onload.js"):
        assert f'src="/static/{script}"' in page
    assert "<script>" not in page
