"""How far a long work is, seen by others while its transaction is still open."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections


@contextmanager
def aside(company_id: int) -> Iterator[Any]:
    """A cursor of another connection, on the rows of a company, whose writes are seen at once."""
    other = connections.create_connection("default")
    other.settings_dict = connection.settings_dict
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT set_config('quittance.companies', %s, false)", [str(company_id)])
            yield cursor
    finally:
        other.close()
