"""A database of each earlier version is brought up to date, and says what it said."""

import json
import re
from pathlib import Path

import psycopg
import pytest
from tests.campaigns.judge import judge
from tests.services.people import PASSWORD
from tests.storage import served
from tests.storage.versions.dumps import FOLDER, restored, said

from quittance.services import imports
from quittance.storage.access import every_company
from quittance.storage.models import Customer, User
from quittance.storage.ownership import bring_up_to_date, is_up_to_date
from quittance.storage.scope import seeing

DUMPS = sorted(FOLDER.glob("*.sql.gz"))
SHAPE = """
SELECT 'column', table_name, column_name,
       concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default)
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', tablename, indexname, indexdef
  FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'policy', tablename, policyname, concat_ws(' ', cmd, roles::text, qual, with_check)
  FROM pg_policies WHERE schemaname = 'public'
UNION ALL SELECT 'wall', relname, '', concat_ws(' ', relrowsecurity, relforcerowsecurity)
  FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
  FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function', proname, '', md5(prosrc)
  FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prolang <> 13
UNION ALL SELECT 'right', table_name, privilege_type, column_name
  FROM information_schema.column_privileges
  WHERE table_schema = 'public' AND grantee = 'quittance_app'
"""


CASTS = re.compile(r"::(character varying|text)(\[\])?|[()]")


def shape(database: str) -> set[tuple[str, ...]]:
    """Everything of a database but its rows; a dump writes some casts otherwise."""
    address = served.test_server()
    with psycopg.connect(address.conninfo("owner", database)) as connection:
        found = connection.execute(SHAPE).fetchall()
    return {(*names, CASTS.sub("", str(said))) for *names, said in found}


def test_the_first_version_is_kept() -> None:
    assert FOLDER / "0001.sql.gz" in DUMPS


@pytest.mark.parametrize("path", DUMPS, ids=lambda path: path.name)
def test_an_earlier_version_is_brought_up_to_date_and_says_the_same(path: Path) -> None:
    before = json.loads(path.with_name(path.name.replace(".sql.gz", ".json")).read_text("utf-8"))
    with restored(path):
        bring_up_to_date()
        assert is_up_to_date()
        assert said() == before
        for one in every_company():
            judge(one)
        assert User.objects.get(email="compta@x.example").check_password(PASSWORD)


@pytest.mark.parametrize("path", DUMPS, ids=lambda path: path.name)
def test_an_earlier_version_brought_up_to_date_has_the_tables_of_a_new_one(
    path: Path, fresh_db: str
) -> None:
    new = shape(fresh_db)
    with restored(path) as old:
        bring_up_to_date()
        now = shape(old)
    assert now - new == set()
    assert new - now == set()


@pytest.mark.parametrize("path", DUMPS, ids=lambda path: path.name)
def test_work_goes_on_in_an_earlier_version_brought_up_to_date(path: Path) -> None:
    from tests.storage.opened import imported, invoices

    with restored(path):
        bring_up_to_date()
        one = next(found for found in every_company() if found.slug == "lumiere")
        done = imported(one, [invoices("C9;Neuf;N1;05/01/2026;04/02/2026;100,00")])
        judge(one)
        with seeing(one.pk):
            assert Customer.objects.filter(code="C9").exists()
            assert imports.Import.objects.get(pk=done.pk).state == "applied"


def test_what_is_kept_can_be_told_from_what_is_wrong() -> None:
    """A dump of which a fact was altered by hand is not taken for the one that was kept."""
    path = DUMPS[0]
    with restored(path) as name:
        address = served.test_server()
        with psycopg.connect(address.conninfo("owner", name), autocommit=True) as one:
            one.execute("SELECT set_config('quittance.companies', '1,2,3,4', false)")
            one.execute("ALTER TABLE ledger_item DISABLE TRIGGER USER")
            one.execute("UPDATE ledger_item SET amount_minor = amount_minor + 1")
        bring_up_to_date()
        before = json.loads((FOLDER / "0001.json").read_text("utf-8"))
        assert said() != before
        assert any(told["breaks"] for told in said().values())
