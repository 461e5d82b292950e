"""A chain of events walked: whatever is done to it in between shows."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from quittance.core.chain import (
    HASHED,
    NOTHING_BEFORE,
    Break,
    event_of,
    hash_of,
    plain,
    walk,
    written,
)

AT = datetime(2026, 10, 1, 8, 30, 15, 123456, tzinfo=UTC)


def chain(count: int) -> list[dict[str, Any]]:
    """Events that follow one another."""
    events: list[dict[str, Any]] = []
    for position in range(1, count + 1):
        fields: dict[str, Any] = dict.fromkeys(HASHED)
        fields |= {"id": 40 + position, "company_id": 7, "position": position, "at": AT}
        fields |= {"action": "note.written", "after": {"text": f"note {position}"}}
        fields["previous_hash"] = events[-1]["hash"] if events else NOTHING_BEFORE
        events.append(fields | {"hash": hash_of(fields)})
    return events


def breaks(events: list[dict[str, Any]], head: str = "") -> list[tuple[int, str]]:
    return [(one.position, one.reason) for one in walk(events, head=head).breaks]


def test_a_sound_chain_has_no_break_and_says_its_last_hash() -> None:
    events = chain(5)
    verdict = walk(events)
    assert (verdict.events, verdict.head, verdict.breaks) == (5, events[-1]["hash"], ())
    assert walk([]).events == 0


@pytest.mark.parametrize("name", HASHED)
def test_an_event_altered_in_any_field_shows(name: str) -> None:
    events = chain(3)
    events[1][name] = {"id": 1, "company_id": 8, "position": 4, "at": 5}.get(name, "other")
    assert "altered" in [reason for _, reason in breaks(events)]


def test_an_event_altered_with_its_hash_no_longer_carries_the_next() -> None:
    events = chain(3)
    events[1]["actor_name"] = "somebody else"
    events[1]["hash"] = hash_of(events[1])
    assert breaks(events) == [(3, "moved")]


def test_an_event_removed_from_within_shows() -> None:
    events = chain(4)
    assert breaks([events[0], *events[2:]]) == [(2, "missing")]
    assert breaks(events[1:]) == [(1, "missing")]


def test_events_in_another_order_show() -> None:
    one, two, three = chain(3)
    assert (2, "repeated") in breaks([one, three, two])


def test_an_event_inserted_shows() -> None:
    one, two, three = chain(3)
    false = two | {"id": 99, "actor_name": "nobody"}
    assert (2, "repeated") in breaks([one, false | {"hash": hash_of(false)}, two, three])


def test_events_removed_at_the_end_show_only_to_a_hash_noted_elsewhere() -> None:
    events = chain(4)
    assert breaks(events[:3]) == []
    assert breaks(events[:3], head=events[3]["hash"]) == [(3, "head")]
    assert breaks(events, head=events[1]["hash"]) == []


def test_a_line_is_read_back_as_it_was_written() -> None:
    events = chain(2)
    lines = [written(one) for one in events]
    read = [event_of(line) for line in lines]
    assert walk(read).breaks == ()
    assert read[0]["at"] == plain(AT) == 1790843415123456
    altered = json.dumps(json.loads(lines[0]) | {"origin": "elsewhere"})
    assert breaks([event_of(altered), read[1]]) == [(1, "altered")]  # type: ignore[list-item]


@pytest.mark.parametrize("line", ["nothing", "{}", "[1]", '{"position": 1}'])
def test_a_line_that_is_no_event_is_told(line: str) -> None:
    assert [one.reason for one in walk([event_of(line)]).breaks] == ["unreadable"]
    assert Break(1, "unreadable").phrase.en == "line 1 is no event"
