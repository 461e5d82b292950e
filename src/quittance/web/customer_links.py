"""Where customers and their documents lead to, from any list; the days of the view are kept."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from quittance.web.desk import Desk
from quittance.web.table_views import Link

DAYS = ("as_of", "known")


def days_kept(desk: Desk) -> str:
    """The days that the address asks for, as the query of a link; empty for none."""
    asked = {name: desk.request.GET[name] for name in DAYS if desk.request.GET.get(name)}
    return f"?{urlencode(asked)}" if asked else ""


def customer_link(desk: Desk) -> Link:
    """The card of the customer of a row, in its own company; rows have customer_id, company_id."""
    slugs = {company.pk: company.slug for company in desk.access.companies}
    days = days_kept(desk)

    def address(row: Mapping[str, Any]) -> str | None:
        slug = slugs.get(row["company_id"])
        if slug is None or row["customer_id"] is None:
            return None
        return card_address(slug, row["customer_id"]) + days

    return address


def card_address(slug: str, customer_id: int) -> str:
    """The card of a customer of a company."""
    return reverse("customer", kwargs={"where": "c", "slug": slug, "customer_id": customer_id})


def address_of(desk: Desk, name: str, **parts: Any) -> str:
    """The address of a screen of the company; empty where the program has none."""
    try:
        return desk.url(name, **parts)
    except NoReverseMatch:
        return ""


def asked_before(desk: Desk) -> tuple[str, QueryDict]:
    """The page that a form was sent from (`next`), and what that page was asked for."""
    given = desk.request.POST.get("next", "")
    is_ours = given.startswith("/") and url_has_allowed_host_and_scheme(given, None)
    return (given, QueryDict(urlsplit(given).query)) if is_ours else ("", QueryDict())
