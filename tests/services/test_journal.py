"""Events: begun, recorded, chained."""

from datetime import timedelta

import pytest
from tests.services.people import BY, NOW, opened

from quittance.services.journal import Subject, begin_event, journal, record_event
from quittance.services.journal_proof import verify_journal
from quittance.storage.models import Event
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")


def test_each_event_carries_the_hash_of_the_one_before() -> None:
    company = opened()
    for place in range(3):
        journal(
            company.pk, "note.written", by=BY, at=NOW + timedelta(hours=place),
            subject=Subject("note", place, f"note {place}"), after={"text": "é"},
        )  # fmt: skip
    events = list(Event.objects.order_by("position"))
    assert [one.position for one in events] == [1, 2, 3, 4]
    assert [one.previous_hash for one in events[1:]] == [one.hash for one in events[:-1]]
    verdict = verify_journal(company.pk)
    assert (verdict.events, verdict.head, verdict.breaks) == (4, events[-1].hash, ())


def test_an_event_keeps_the_number_taken_when_it_began() -> None:
    company = opened()
    draft = begin_event(company.pk, by=BY, at=NOW)
    other = journal(company.pk, "note.written", by=BY, at=NOW, subject=Subject("note"))
    event = record_event(draft, "import.applied", subject=Subject("import", 7, "a.csv"))
    assert (event.pk, event.position) == (draft.id, other.position + 1)
    assert (event.actor_name, event.origin, event.subject_id) == ("Camille", "test", 7)


def test_companies_have_chains_of_their_own() -> None:
    first, second = opened("un"), opened("deux")
    see_companies([first.pk, second.pk])
    journal(first.pk, "note.written", by=BY, at=NOW, subject=Subject("note"))
    places = Event.objects.order_by("company_id", "position").values_list("position", flat=True)
    assert list(places) == [1, 2, 1]
