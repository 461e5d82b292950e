"""What is counted against guessing: sign-ins that failed, codes that were used.

Kept in the table `cache`, for all processes together, on a connection of its own: a request that
fails takes back what it wrote, and must not take back that it was tried. Values are JSON, so that
reading one runs nothing. Django calls it a cache; nothing is crowded out, only what is over goes.
"""

import json
import random
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connections

ALIAS = "counters"
SWEPT_EVERY = 200  # writes, about
NEVER = 10 * 365 * 86_400  # seconds
LIVES = "expires > now()"
PUT = """INSERT INTO cache (cache_key, value, expires)
  VALUES (%s, %s, now() + make_interval(secs => %s))
  ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"""
PUT_IF_NONE = PUT + " WHERE cache.expires <= now()"


class Counters(BaseCache):
    """Django's cache, where what was counted stays counted."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, *_version: Any, **_named: Any) -> Any:
        """The value, unless it is over."""
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(
                f"SELECT value FROM cache WHERE cache_key = %s AND {LIVES}",  # noqa: S608
                [self.make_and_validate_key(key)],
            )
            row = cursor.fetchone()
        return json.loads(row[0]) if row else default

    def set(self, key: str, value: Any, *rest: Any, **named: Any) -> None:
        """Keep a value for so many seconds (`timeout`)."""
        self.put(PUT, key, value=value, seconds=self.seconds(*rest, **named))

    def add(self, key: str, value: Any, *rest: Any, **named: Any) -> bool:
        """Keep a value where there is none; whether it was the first."""
        return self.put(PUT_IF_NONE, key, value=value, seconds=self.seconds(*rest, **named)) == 1

    def touch(self, key: str, *rest: Any, **named: Any) -> bool:
        """Have a value live for so many seconds from now on."""
        text = "UPDATE cache SET expires = now() + make_interval(secs => %s) WHERE cache_key = %s"
        given = [self.seconds(*rest, **named), self.make_and_validate_key(key)]
        return self.written(f"{text} AND {LIVES}", given) == 1

    def delete(self, key: str, *_version: Any, **_named: Any) -> bool:
        """Forget a value; whether there was one."""
        name = self.make_and_validate_key(key)
        return self.written("DELETE FROM cache WHERE cache_key = %s", [name]) == 1

    def clear(self) -> None:
        """Forget everything."""
        self.written("DELETE FROM cache", [])

    def put(self, text: str, key: str, *, value: Any, seconds: float) -> int:
        """Write a value, and now and then take away what is over."""
        if random.randrange(SWEPT_EVERY) == 0:  # noqa: S311  (not a secret)
            self.written("DELETE FROM cache WHERE expires <= now()", [])
        return self.written(text, [self.make_and_validate_key(key), json.dumps(value), seconds])

    def written(self, text: str, given: list[Any]) -> int:
        """How many rows a statement changed, for good."""
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(text, given)
            return int(cursor.rowcount)

    def seconds(self, timeout: Any = DEFAULT_TIMEOUT, **_named: Any) -> float:
        """How long a value lives."""
        asked = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return NEVER if asked is None else float(asked)
