"""Changing tables: as the role that owns them, for the time it takes, and then never again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from quittance.storage.address import APP
from quittance.storage.embedded import address_of_environment

GRANTS = """
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{app}' AND rolname <> current_user) THEN
    GRANT USAGE ON SCHEMA public TO {app};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {app};
    REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {app};
    REVOKE UPDATE, DELETE ON event, ledger_item, allocation, account_movement FROM {app};
    GRANT UPDATE (reversed_at, reversed_by_id)
      ON ledger_item, allocation, account_movement TO {app};
  END IF;
END $$;
"""


@contextmanager
def as_owner() -> Iterator[None]:
    """Let the connection be the owner's within the block."""
    kept = connection.settings_dict
    owner = address_of_environment(os.environ).django("owner", database=str(kept["NAME"]))
    connection.close()
    connection.settings_dict = {**kept, **owner}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = kept


def is_up_to_date() -> bool:
    """Whether every migration that this version knows was applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def bring_up_to_date(*, verbosity: int = 0) -> None:
    """Apply the migrations that are missing, then give the application its rights and no more."""
    with as_owner():
        call_command("migrate", verbosity=verbosity, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute(GRANTS.format(app=APP))
