"""An event is the last thing that a transaction does: its place in the chain, its facts."""

import threading

import pytest
from django.db import connection
from tests.storage.opened import AT, BY, company, imported, invoices

from quittance.core.chain import NOTHING_BEFORE
from quittance.services.journal import Subject, begin_event, journal, record_event
from quittance.services.journal_proof import verify_journal
from quittance.storage.models import Event
from quittance.storage.scope import seeing

SUBJECT = Subject("note", 7, "x" * 400, customer_id=3)


@pytest.mark.usefixtures("db")
def test_an_event_says_who_what_when_from_where_and_follows_the_one_before() -> None:
    one = company()
    first = journal(one.pk, "note.written", by=BY, at=AT, subject=SUBJECT, after={"n": 1})
    second = journal(one.pk, "note.written", by=BY, at=AT, subject=SUBJECT, before={"n": 1})
    first.refresh_from_db()
    assert (first.actor_name, first.origin, first.at) == ("Camille", "test", AT)
    assert (first.subject, first.customer_id, first.after) == ("x" * 300, 3, {"n": 1})
    assert (first.position, first.previous_hash) == (1, NOTHING_BEFORE)
    assert (second.position, second.previous_hash) == (2, first.hash)
    assert verify_journal(one.pk).breaks == ()


@pytest.mark.usefixtures("db")
def test_an_event_keeps_the_number_taken_when_it_began() -> None:
    one = company()
    draft = begin_event(one.pk, by=BY, at=AT)
    other = journal(one.pk, "note.written", by=BY, at=AT, subject=SUBJECT)
    event = record_event(draft, "import.applied", subject=Subject("import", 7, "a.csv"))
    assert (event.pk, event.position) == (draft.id, other.position + 1)


@pytest.mark.usefixtures("db")
def test_each_company_has_a_chain_of_its_own() -> None:
    one, other = company(), company("autre")
    for each in (one, other, one):
        with seeing(each.pk):
            journal(each.pk, "note.written", by=BY, at=AT, subject=SUBJECT)
    with seeing(one.pk, other.pk):
        found = Event.objects.order_by("id").values_list("company_id", "position")
    assert list(found) == [(one.pk, 1), (other.pk, 1), (one.pk, 2)]


@pytest.mark.usefixtures("db")
def test_an_event_that_facts_name_carries_their_fingerprint_and_another_does_not() -> None:
    one = company()
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;;100")])
    assert "ledger_item.added" in Event.objects.get(action="import.applied").after["facts"]
    draft = begin_event(one.pk, by=BY, at=AT)
    assert record_event(draft, "note.written", subject=SUBJECT, after={"n": 1}).after == {"n": 1}


@pytest.mark.usefixtures("db")
def test_what_is_said_may_hold_any_text_and_whole_numbers_of_any_size() -> None:
    one = company()
    said = {'é\u2028"\\': ["", None, True, -(10**17), {"z": 1, "a": 2.5}], "b": {}}
    journal(one.pk, "note.written", by=BY, at=AT, subject=SUBJECT, after=said)
    assert verify_journal(one.pk).breaks == ()


@pytest.mark.usefixtures("fresh_db")
def test_people_who_act_at_once_each_have_their_place() -> None:
    one = company()
    wrongs: list[BaseException] = []

    def act() -> None:
        try:
            for _ in range(5):
                with seeing(one.pk):
                    journal(one.pk, "note.written", by=BY, at=AT, subject=Subject("note", 7))
        except BaseException as wrong:
            wrongs.append(wrong)
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with seeing(one.pk):
        verdict = verify_journal(one.pk)
    assert (wrongs, verdict.events, verdict.breaks) == ([], 20, ())
