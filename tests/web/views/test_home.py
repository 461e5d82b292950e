import pytest
from tests.services.people import BY, NOW, opened, user
from tests.web.views.pages import browser, text

from quittance.services.companies import form_group

pytestmark = pytest.mark.usefixtures("db")


def test_the_only_company_of_a_person_opens_at_once() -> None:
    ann = user("ann@x.example")
    opened("lumiere", ann)
    assert browser(ann).get("/").headers["Location"] == "/c/lumiere/"


def test_several_companies_and_their_group_are_a_choice() -> None:
    ann = user("ann@x.example")
    one, two = opened("un", ann), opened("deux", ann)
    opened("autre")
    form_group("tout", "Tout", companies=[one.pk, two.pk], by=BY, now=NOW)
    page = text(browser(ann), "/")
    for path in ("/c/un/", "/c/deux/", "/g/tout/"):
        assert f'href="{path}"' in page
    assert "autre" not in page


def test_without_a_company_one_is_told_what_to_do() -> None:
    assert "invitation" in text(browser(user("ann@x.example")), "/")


def test_a_stranger_signs_in() -> None:
    assert browser().get("/").headers["Location"] == "/account/login/?next=/"


def test_the_service_says_that_it_is_well() -> None:
    assert browser().get("/health").content == b"ok"


def test_a_stranger_chooses_a_language_too() -> None:
    client = browser()
    client.post("/language/", {"language": "en"})
    assert '<html lang="en"' in client.get("/account/login/").content.decode()
    client.post("/language/", {"language": "xx"})
    assert client.cookies["language"].value == "en"
    assert client.get("/language/").status_code == 405
