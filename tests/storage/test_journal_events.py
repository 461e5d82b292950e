"""The journal as the screens read it."""

import pytest
from tests.services.given import company_with_books, customer
from tests.services.people import user
from tests.storage.opened import AT, BY

from quittance.services.journal import Subject, journal
from quittance.storage.access import NotThereError, enter_company
from quittance.storage.journal_events import (
    customer_named,
    event_of,
    last_position,
    listed_events,
)
from quittance.storage.models import Membership

pytestmark = pytest.mark.usefixtures("db")


def test_events_are_listed_newest_first_each_with_its_customer() -> None:
    one = company_with_books()
    about = customer("C2", one)
    subject = Subject("note", 1, customer_id=about.pk)
    journal(one.pk, "note.written", by=BY, at=AT, subject=subject)
    reader = user("r@x.example")
    Membership.objects.create(user=reader, company=one, role="auditor")
    access = enter_company(reader, "essai")
    newest, *others = listed_events(access, "Europe/Paris").to_dicts()
    assert (newest["action"], newest["customer"]) == ("note.written", "C2 · Boulangerie Martin")
    assert (str(newest["date"]), newest["time"]) == ("2026-10-01", "10:00:00")
    assert [row["position"] for row in others] == list(range(len(others), 0, -1))
    last = last_position(access)
    assert last == newest["position"]
    assert customer_named(access, event_of(access, last)) == "C2 · Boulangerie Martin"
    assert customer_named(access, event_of(access, 1)) == ""
    with pytest.raises(NotThereError):
        event_of(access, last + 1)
