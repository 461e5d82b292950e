"""How old a minor release is."""

from datetime import date
from itertools import pairwise

import pytest

from quittance.storage.releases import RELEASES, minor, outdated_since, released_on, same_major


def test_releases_are_in_order_and_named_once() -> None:
    assert all(one < other for (one, _), (other, _) in pairwise(RELEASES))
    names = [name for _, versions in RELEASES for name in versions]
    assert len(set(names)) == len(names)
    for major in ("15", "16", "17", "18"):
        minors = [minor(name) for name in names if same_major(name, f"{major}.0")]
        assert minors == sorted(minors)


@pytest.mark.parametrize(
    ("version", "today", "since"),
    [
        ("15.18", date(2026, 11, 23), date(2026, 8, 13)),  # 15.19 came out that day
        ("18.6", date(2026, 11, 23), date(2026, 11, 12)),  # every major has one on the same day
        ("15.20", date(2026, 11, 23), None),  # the newest known
        ("15.20", date(2027, 2, 13), date(2027, 2, 12)),  # three months on, taken to be old
        ("18.99", date(2026, 11, 23), None),  # newer than all that we know
        ("18.0", date(2026, 11, 23), date(2025, 11, 13)),  # older than all that we know
        ("21.3", date(2029, 1, 1), None),  # a major that we know nothing of
    ],
)
def test_a_later_release_makes_one_old(version: str, today: date, since: date | None) -> None:
    assert outdated_since(version, today) == since


def test_the_day_of_a_release() -> None:
    assert released_on("18.6") == date(2026, 8, 13)
    assert released_on("18.99") is None
