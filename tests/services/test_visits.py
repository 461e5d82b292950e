import pytest
from tests.services.people import BY, NOW, joined, opened

from quittance.services.journal import Actor, Subject, journal
from quittance.services.visits import events_since_last_visit, mark_seen
from quittance.storage.models import Membership

pytestmark = pytest.mark.usefixtures("db")


def test_a_visit_shows_what_others_did_once() -> None:
    company = opened()
    user = joined(company, "collector")
    mine = Membership.objects.get(user=user)
    journal(company.pk, "note.written", by=BY, at=NOW, subject=Subject("note", name="Dupont"))
    me = Actor("moi", "web", user.pk)
    journal(company.pk, "note.written", by=me, at=NOW, subject=Subject("note", name="Durand"))
    seen = [(one.action, one.subject) for one in events_since_last_visit([mine])]
    assert seen == [("note.written", "Dupont"), ("company.opened", "Essai")]
    mark_seen([mine], at=NOW)
    mine.refresh_from_db()
    assert events_since_last_visit([mine]) == []
    assert mine.last_seen_at == NOW
