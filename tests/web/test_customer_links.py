"""Links to customers from anywhere, the days of the view kept; and the page a form came from."""

import pytest
from django.http import HttpRequest, QueryDict
from tests.services.given import company_with_books, customer
from tests.services.people import BY, NOW, opened, user

from quittance.services.companies import form_group
from quittance.storage.access import Access, enter_company, enter_group
from quittance.web.customer_links import (
    address_of,
    asked_before,
    customer_link,
    days_kept,
)
from quittance.web.desk import Desk

pytestmark = pytest.mark.usefixtures("db")


def desk(access: Access, query: str = "", *, posted: str = "") -> Desk:
    request = HttpRequest()
    request.GET, request.POST = QueryDict(query), QueryDict(posted)
    return Desk(request, access, None, "fr")


def test_a_row_leads_to_the_card_in_its_own_company_on_the_days_in_view() -> None:
    owner = user("owner@two.example")
    one, other = opened("un", owner), opened("deux", owner)
    form_group("ensemble", "Ensemble", companies=[one.pk, other.pk], by=BY, now=NOW)
    link = customer_link(desk(enter_group(owner, "ensemble"), "as_of=2026-03-31&sort=name"))
    row = {"customer_id": 7, "company_id": other.pk}
    assert link(row) == "/c/deux/customers/7/?as_of=2026-03-31"
    assert link({"customer_id": 7, "company_id": 999_999}) is None
    assert link({"customer_id": None, "company_id": other.pk}) is None


def test_a_screen_that_does_not_exist_has_no_address() -> None:
    company = company_with_books()
    pk = customer("C1", company).pk
    owner = company.memberships.get(role="owner").user
    here = desk(enter_company(owner, "essai"), "known=2026-03-31")
    assert address_of(here, "customer", customer_id=pk) == f"/c/essai/customers/{pk}/"
    assert address_of(here, "teleportation") == ""
    assert days_kept(here) == "?known=2026-03-31"


@pytest.mark.parametrize(
    ("given", "there"),
    [
        ("/c/essai/customers/?kind=public", "/c/essai/customers/?kind=public"),
        ("https://elsewhere.example/", ""),
        ("//elsewhere.example/", ""),
        ("", ""),
    ],
)
def test_a_form_goes_back_to_a_page_of_ours_alone(given: str, there: str) -> None:
    company = company_with_books()
    owner = company.memberships.get(role="owner").user
    posted = QueryDict(mutable=True)
    posted["next"] = given
    found, query = asked_before(desk(enter_company(owner, "essai"), posted=posted.urlencode()))
    assert found == there
    assert query.get("kind", "") == ("public" if there else "")
