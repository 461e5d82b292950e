from collections.abc import Iterator

import pytest
from tests import record
from tests.web.world import World, built, put_back

from quittance.storage.access import (
    NotThereError,
    customer_of,
    customers_named,
    customers_of,
    enter_company,
    enter_group,
    memberships_of,
    visible_codes,
)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with record.rolled_back():
        yield built()


@pytest.fixture(autouse=True)
def _nothing_kept(world: World) -> Iterator[None]:
    with put_back():
        yield


def test_a_company_of_others_and_one_that_does_not_exist_are_not_there_alike(world: World) -> None:
    for slug in ("ailleurs", "nothing", "", "Lumiere"):
        with pytest.raises(NotThereError):
            enter_company(world.users["owner"], slug)
    with pytest.raises(NotThereError):
        enter_group(world.users["outsider"], "ensemble")


def test_a_group_shows_the_companies_that_are_the_users(world: World) -> None:
    assert len(enter_group(world.users["owner"], "ensemble").companies) == 2
    access = enter_group(world.users["auditor"], "ensemble")
    assert [one.slug for one in access.companies] == ["lumiere"]
    assert access.is_group
    with pytest.raises(NotThereError):
        access.company  # noqa: B018


def test_a_consolidated_view_writes_nothing(world: World) -> None:
    access = enter_group(world.users["owner"], "ensemble")
    assert access.may("books.read")
    assert access.may("books.export")
    assert not access.may("customers.edit")
    assert not access.may("settings.write")


def test_who_is_kept_to_own_customers_sees_those_alone(world: World) -> None:
    for who in ("collector own", "sales own"):
        access = enter_company(world.users[who], "lumiere")
        assert [one.code for one in customers_of(access)] == ["C1"]
        assert visible_codes(access) == [(world.company.pk, "C1")]
        assert customer_of(access, world.ids["customer_id"]).code == "C1"
        for hidden in (world.ids["their_customer_id"], 0, -1):
            with pytest.raises(NotThereError):
                customer_of(access, hidden)
            with pytest.raises(NotThereError):
                customers_named(access, [world.ids["customer_id"], hidden])


def test_who_is_not_restricted_sees_all_customers_of_the_company_and_no_other(world: World) -> None:
    access = enter_company(world.users["accountant"], "lumiere")
    assert {one.code for one in customers_of(access)} == {"C1", "C2"}
    assert visible_codes(access) is None
    both = [world.ids["customer_id"], world.ids["their_customer_id"]]
    assert len(customers_named(access, both)) == 2


def test_a_customer_of_another_company_is_not_there(world: World) -> None:
    foreign = enter_company(world.users["outsider"], "ailleurs")
    (theirs,) = customers_of(foreign)
    with pytest.raises(NotThereError):
        customer_of(enter_company(world.users["owner"], "lumiere"), theirs.pk)


def test_memberships_are_those_of_the_user(world: World) -> None:
    assert [one.company.slug for one in memberships_of(world.users["owner"])] == [
        "lumiere",
        "ombre",
    ]
    assert [one.company.slug for one in memberships_of(world.users["outsider"])] == ["ailleurs"]
