"""The second wall: with the first taken away, the database still shows nothing of another company.

Tables are found by themselves: one that belongs to a company and has no wall fails here.
"""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import DatabaseError, ProgrammingError, connection, models, transaction
from tests import record
from tests.web.addresses import every_address
from tests.web.world import FOREIGN, World, built, put_back

from quittance.storage import access
from quittance.storage.models import Company, Membership, User
from quittance.storage.scope import see_as_user, see_companies

OF_A_COMPANY = [
    model
    for model in apps.get_app_config("storage").get_models()
    if any(field.name == "company" for field in model._meta.get_fields()) or model is Company
]
REFUSED = re.compile("must be|denied|would be affected|does not exist")
UNWALLED = {"company_group", "user"}  # names of groups, people


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with record.rolled_back():
        yield built()


def rows(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


@pytest.mark.usefixtures("db")
def test_every_table_with_a_company_has_a_forced_wall() -> None:
    found = rows(
        """SELECT c.relname::text, c.relrowsecurity, c.relforcerowsecurity, bool_or(p.polcmd = '*')
           FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'company_id' AND a.attnum > 0
           WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
           GROUP BY 1, 2, 3 ORDER BY 1"""
    )
    assert len(found) >= 13
    for table, is_enabled, is_forced, is_for_all in found:
        assert (is_enabled, is_forced, is_for_all) == (True, True, True), f"{table} has no wall"


@pytest.mark.usefixtures("db")
def test_every_table_of_ours_has_a_wall_or_is_known_to_need_none() -> None:
    ours = {model._meta.db_table for model in apps.get_app_config("storage").get_models()}
    walled = {
        str(name)
        for (name,) in rows(
            "SELECT relname::text FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        )
    }
    assert ours - walled == UNWALLED


@pytest.mark.parametrize("model", OF_A_COMPANY, ids=lambda model: model.__name__)
def test_all_rows_of_a_table_are_those_of_the_company_in_view(
    world: World, model: type[models.Model]
) -> None:
    company = "id" if model is Company else "company_id"
    with put_back():
        see_as_user(None)
        see_companies([world.company.pk])
        seen = set(model._default_manager.values_list(company, flat=True))
        assert seen <= {world.company.pk}
        see_companies([])
        assert not model._default_manager.exists()


def test_the_world_has_rows_of_both_companies_to_be_told_apart(world: World) -> None:
    """So that the test above can fail."""
    with put_back():
        see_companies([world.company.pk, world.foreign.pk])
        for model in OF_A_COMPANY:
            if model.__name__ in ("Customer", "LedgerItem", "Event", "Import", "ImportFile"):
                seen = set(model._default_manager.values_list("company_id", flat=True))
                assert seen == {world.company.pk, world.foreign.pk}, model


@pytest.mark.parametrize("address", [one for one in every_address() if one.is_of_a_place], ids=str)
def test_without_the_first_wall_no_page_shows_another_company(
    world: World, address: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every filter of access lets all through, but the wall was opened for one company."""
    from tests.web.test_matrix import filled, words

    if "GET" not in address.methods:  # type: ignore[attr-defined]
        return
    monkeypatch.setattr(access, "customers_of", lambda _access: access.Customer.objects.all())
    monkeypatch.setattr(access, "visible_codes", lambda _access: None)
    monkeypatch.setattr(access.Access, "company_ids", (world.company.pk, world.foreign.pk))
    monkeypatch.setattr(access, "entered", entered_in_one(world))
    text = words(world.asked("owner", "GET", filled(world, address, "c")))  # type: ignore[arg-type]
    assert FOREIGN not in text
    assert "XN7741" not in text


def entered_in_one(world: World) -> object:
    """The key of the wall is turned for one company, whatever the first wall believes."""

    def entered(one: access.Access) -> access.Access:
        see_companies([world.company.pk])
        return one

    return entered


def test_a_row_of_another_company_is_neither_changed_nor_deleted_nor_taken(world: World) -> None:
    from quittance.storage.models import Customer

    with put_back():
        see_companies([world.foreign.pk])
        theirs = Customer.objects.get(code="X1").pk
        see_companies([world.company.pk])
        assert Customer.objects.filter(pk=theirs).update(name="taken") == 0
        assert Customer.objects.filter(pk=theirs).delete() == (0, {})
        mine = Customer.objects.get(code="C1")
        mine.company_id = world.foreign.pk
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            mine.save(update_fields=["company"])


def test_whoever_is_known_to_the_transaction_gains_no_membership_by_it(world: World) -> None:
    """A user sees the memberships that are the user's, and cannot write one."""
    eve = User.objects.get(email="outsider@x.example")
    with put_back():
        see_companies([])
        see_as_user(eve.pk)
        assert Membership.objects.filter(user=eve).count() == 1
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Membership.objects.create(user=eve, company_id=world.company.pk, role="owner")
        assert Membership.objects.filter(user=eve).update(role="auditor") == 0


@pytest.mark.usefixtures("db")
def test_no_function_and_no_view_sees_more_than_who_asks_it() -> None:
    """A function that acts as its owner, or a view that does, would be a door in the wall."""
    ours = "n.nspname NOT IN ('pg_catalog', 'information_schema')"
    assert (
        rows(
            f"""SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE {ours} AND c.relkind IN ('v', 'm')
            AND NOT coalesce(c.reloptions::text LIKE '%%security_invoker=true%%', false)"""  # noqa: S608
        )
        == []
    )
    assert (
        rows(
            f"""SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE {ours} AND p.prosecdef"""  # noqa: S608
        )
        == []
    )


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    "given", ["1,2", "1}') OR true --", "{1}", "1; SELECT 1", "x", "1' OR '1'='1", None, ""]
)
def test_the_key_of_the_wall_takes_numbers_and_nothing_else(given: str | None) -> None:
    see_companies([7])
    with pytest.raises((ValueError, TypeError)):
        see_companies([given])  # type: ignore[list-item]
    assert rows("SELECT current_setting('quittance.companies', true)") == [("7",)]


@pytest.mark.usefixtures("db")
def test_the_application_can_neither_lift_the_wall_nor_change_the_journal() -> None:
    for statement in (
        "ALTER TABLE customer DISABLE ROW LEVEL SECURITY",
        "DROP POLICY wall ON customer",
        "SET LOCAL row_security = off; SELECT * FROM customer",
        "CREATE POLICY open ON customer USING (true)",
        "UPDATE event SET action = 'nothing'",
        "DELETE FROM event",
        "TRUNCATE customer CASCADE",
        "SET ROLE postgres",
    ):
        with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            rows(statement)
