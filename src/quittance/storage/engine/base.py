"""The connection that Django opens: where our own server is gone, it is started again first.

Django looks for this module by its name. A connection that lies unused is tried before a request
uses it (`CONN_HEALTH_CHECKS`), so a request that comes after a kill finds here a new one, later.
"""

from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base

from quittance.storage.revival import is_brought_back


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the record."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; where nobody answers, start the server of this installation and try once more.

        A server of one's own (DATABASE_URL) is for others to start.
        """
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            if not settings.ADDRESS.is_embedded or not is_brought_back(settings.HOME):
                raise
        return super().get_new_connection(conn_params)
