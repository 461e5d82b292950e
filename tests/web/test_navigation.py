"""The places of the navigation: those that exist and that the user may enter."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory, override_settings
from django.urls import path, re_path, resolve
from tests.services.people import BY, NOW, joined, opened, user

from quittance.services.companies import form_group
from quittance.storage.access import Access, enter_company, enter_group
from quittance.storage.permissions import BY_CODE
from quittance.web.navigation import ENTRIES, companies_of, places_of


def nothing(_request: HttpRequest, **_rest: Any) -> None: ...


HERE = r"^(?P<where>[cg])/(?P<slug>[-a-z0-9]+)/"
NAMES = ("aging", "customers", "customer_notes", "imports", "journal", "settings")
urlpatterns = [
    re_path(HERE + "$", nothing, name="dashboard"),
    *(re_path(f"{HERE}{name}$", nothing, name=name) for name in NAMES),
    path("elsewhere", nothing, name="elsewhere"),
]


@pytest.fixture(autouse=True)
def addresses(db: None) -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def asked(address: str) -> HttpRequest:
    request = RequestFactory().get(address)
    request.resolver_match = resolve(request.path)
    return request


def owned() -> Access:
    owner = user("o@x.example")
    opened("lumiere", owner)
    return enter_company(owner, "lumiere")


def names(access: Access, address: str = "/c/lumiere/") -> list[str]:
    return [place.name for place in places_of(access, asked(address), lang="fr")]


def test_every_entry_asks_for_a_permission_that_exists_and_letters_differ() -> None:
    assert {entry.permission for entry in ENTRIES} <= set(BY_CODE)
    letters = [entry.letter for entry in ENTRIES]
    assert len(set(letters)) == len(letters)


def test_a_place_without_an_address_is_not_shown() -> None:
    assert names(owned()) == ["dashboard", "aging", "customers", "imports", "journal", "settings"]


def test_a_place_that_the_user_may_not_enter_is_not_shown() -> None:
    company = opened("lumiere", user("o@x.example"))
    salesman = joined(company, "sales")
    assert names(enter_company(salesman, "lumiere")) == ["dashboard", "aging", "customers"]


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/c/lumiere/", "dashboard"),
        ("/c/lumiere/customers", "customers"),
        ("/c/lumiere/customer_notes", "customers"),
        ("/elsewhere", None),
    ],
)
def test_the_present_place_is_marked_with_all_that_is_inside(
    address: str, current: str | None
) -> None:
    marked = [one.name for one in places_of(owned(), asked(address), lang="fr") if one.is_current]
    assert marked == ([current] if current else [])


def test_the_day_of_the_view_follows_where_a_day_matters() -> None:
    request = asked("/c/lumiere/?as_of=2026-06-30&sort=name")
    links = {one.name: one.href for one in places_of(owned(), request, lang="en")}
    assert links["aging"] == "/c/lumiere/aging?as_of=2026-06-30"
    assert links["imports"] == "/c/lumiere/imports"


def test_a_day_that_is_none_is_not_carried() -> None:
    request = asked('/c/lumiere/?as_of="><script>')
    assert "script" not in "".join(one.href for one in places_of(owned(), request, lang="fr"))


def test_labels_speak_both_languages() -> None:
    access = owned()
    for lang, label in (("fr", "Balance âgée"), ("en", "Aged balance")):
        found = places_of(access, asked("/c/lumiere/"), lang=lang)  # type: ignore[arg-type]
        assert found[1].label == label


def group_of_two() -> Access:
    owner = user("o@x.example")
    one, two = opened("lumiere", owner), opened("ombre", owner)
    form_group("ensemble", "Ensemble", companies=[one.pk, two.pk], by=BY, now=NOW)
    return enter_group(owner, "ensemble")


def test_the_switcher_leads_to_the_same_screen_elsewhere() -> None:
    found = companies_of(group_of_two(), asked("/g/ensemble/aging"))
    assert [(one.href, one.is_group, one.is_current) for one in found] == [
        ("/g/ensemble/aging", True, True),
        ("/c/lumiere/aging", False, False),
        ("/c/ombre/aging", False, False),
    ]


def test_the_switcher_leads_to_the_dashboard_where_the_screen_may_not_be_seen() -> None:
    access = group_of_two()
    salesman = joined(access.companies[0], "sales")
    found = companies_of(enter_company(salesman, "lumiere"), asked("/c/ombre/journal"))
    assert [one.href for one in found] == ["/c/lumiere/"]


def test_a_group_of_which_only_one_company_is_the_user_s_is_no_choice() -> None:
    access = group_of_two()
    found = companies_of(
        enter_company(joined(access.companies[0], "sales"), "lumiere"), asked("/c/lumiere/")
    )
    assert [one.is_group for one in found] == [False]
