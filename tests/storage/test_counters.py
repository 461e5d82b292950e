from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections, transaction

pytestmark = pytest.mark.usefixtures("fresh_db")


@pytest.mark.parametrize("value", [1, True, "y", [1795482000.1234567, 3.25], None])
def test_what_is_counted_is_read_again_exactly(value: Any) -> None:
    cache.set("tries", value, 60)
    assert cache.get("tries", "none") == value
    assert cache.delete("tries")
    assert not cache.delete("tries")
    assert cache.get("tries", "none") == "none"


def test_what_a_failing_transaction_counted_stays_counted() -> None:
    with transaction.atomic():
        cache.set("tries", 3, 60)
        transaction.set_rollback(True)
    assert cache.get("tries") == 3


def test_what_is_over_is_not_there_and_makes_place() -> None:
    cache.set("tries", 1, -1)
    assert cache.get("tries") is None
    assert not cache.touch("tries", 60)
    assert cache.add("tries", 2, 60)
    assert not cache.add("tries", 3, 60)
    assert cache.get("tries") == 2
    assert cache.touch("tries", -1)
    assert cache.get("tries") is None
    cache.set("ever", 1, None)
    assert cache.get("ever") == 1


def test_what_is_over_is_swept_and_nothing_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.set("over", 1, -1)
    cache.set("counts", 1, 60)
    monkeypatch.setattr("random.randrange", lambda _: 0)
    cache.set("next", 1, 60)
    with connections["counters"].cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache ORDER BY 1")
        assert [row[0] for row in cursor.fetchall()] == [":1:counts", ":1:next"]


def test_of_many_who_come_at_once_one_is_first() -> None:
    def first(_: int) -> bool:
        try:
            return cache.add("code", "y", 60)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(first, range(24))) == [False] * 23 + [True]


def test_reading_a_value_runs_nothing() -> None:
    """A pickle in the table, as whoever can write a row would put there, is no value."""
    with connections["counters"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO cache VALUES (':1:tries', 'gASVBQAAAAAAAABLAS4=', now() + '1 h')"
        )
    with pytest.raises(ValueError, match="Expecting value"):
        cache.get("tries")
