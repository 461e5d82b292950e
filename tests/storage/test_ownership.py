import pytest
from django.db import connection
from tests import record

record.ready()

from quittance.storage.ownership import as_owner, bring_up_to_date, is_up_to_date  # noqa: E402


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


@pytest.mark.usefixtures("fresh_db")
def test_tables_are_brought_up_to_date_by_their_owner_alone() -> None:
    mine = role()
    with as_owner():
        assert role() != mine
    assert role() == mine
    assert is_up_to_date()
    bring_up_to_date()
    assert role() == mine


@pytest.mark.usefixtures("fresh_db")
def test_the_application_gets_its_rights_and_no_more() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t, has_table_privilege(t, 'INSERT'), has_table_privilege(t, 'DELETE'), "
            "has_table_privilege(t, 'TRUNCATE') FROM unnest(%s::text[]) t",
            [["event", "ledger_item", "allocation", "account_movement", "customer"]],
        )
        rights = {name: given for name, *given in cursor.fetchall()}
    kept = [True, False, False]
    assert rights == {
        "event": kept, "ledger_item": kept, "allocation": kept, "account_movement": kept,
        "customer": [True, True, False],
    }  # fmt: skip
