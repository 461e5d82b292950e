"""The history of the tables: forward from nothing, back to nothing, and in step with the models."""

import pytest
from django.core.management import call_command
from django.db import connection
from tests import record

record.ready()

from quittance.storage.ownership import as_owner, is_up_to_date  # noqa: E402


@pytest.mark.usefixtures("fresh_db")
def test_the_models_and_the_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.usefixtures("fresh_db")
def test_tables_go_back_to_nothing_and_forward_again() -> None:
    with as_owner():
        call_command("migrate", "storage", "0001", verbosity=0)
        call_command("migrate", "storage", verbosity=0)
    assert is_up_to_date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_policies WHERE policyname = 'wall'")
        assert cursor.fetchone()[0] >= 15
