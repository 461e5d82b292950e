import pytest
from tests.services.people import BY, NOW, joined, opened

from quittance.services import visits
from quittance.services.customers import change_customers
from quittance.services.journal import Actor, Subject, journal
from quittance.services.visits import events_since_last_visit, mark_seen
from quittance.storage.access import enter_company
from quittance.storage.models import Company, Customer, User

pytestmark = pytest.mark.usefixtures("db")


def told(user: User) -> list[tuple[str, str]]:
    """What a visit shows."""
    events = events_since_last_visit(enter_company(user, "essai"))
    return [(one.action, one.subject) for one in events]


def noted(company: Company, name: str, *, by: Actor = BY, customer_id: int | None = None) -> None:
    subject = Subject("note", name=name, customer_id=customer_id)
    journal(company.pk, "note.written", by=by, at=NOW, subject=subject)


def test_a_visit_shows_what_others_did_once() -> None:
    company = opened()
    user = joined(company, "auditor")
    noted(company, "Dupont")
    noted(company, "Durand", by=Actor("moi", "web", user.pk))
    assert told(user) == [("note.written", "Dupont"), ("company.opened", "Essai")]
    access = enter_company(user, "essai")
    mark_seen(access.memberships, {company.pk: 3}, at=NOW)
    noted(company, "Petit")  # after the page was shown
    assert told(user) == [("note.written", "Petit")]
    mark_seen(access.memberships, {company.pk: 1}, at=NOW)  # an older page, left open
    assert told(user) == [("note.written", "Petit")]
    mark_seen(access.memberships, {company.pk: 999}, at=NOW)  # no further than the journal
    assert told(user) == []
    noted(company, "Leroy")
    assert told(user) == [("note.written", "Leroy")]
    assert enter_company(user, "essai").memberships[0].last_seen_at == NOW


def test_who_may_not_read_the_journal_is_not_told_of_people_and_settings() -> None:
    company = opened()
    noted(company, "Dupont")
    invited = Subject("invitation", name="bob@x.example")
    journal(company.pk, "member.invited", by=BY, at=NOW, subject=invited)
    assert told(joined(company, "sales")) == [("note.written", "Dupont")]
    assert ("member.invited", "bob@x.example") in told(joined(company, "auditor"))


def test_who_is_kept_to_own_customers_is_told_of_those_alone() -> None:
    company = opened()
    user = joined(company, "collector", "own")
    mine = Customer.objects.create(company=company, code="C1", name="Dupont", collector=user)
    theirs = Customer.objects.create(company=company, code="C2", name="Durand")
    for customer in (mine, theirs):
        noted(company, customer.name, customer_id=customer.pk)
    noted(company, "Nobody's")
    assert told(user) == [("note.written", "Dupont")]


def test_a_change_of_many_customers_is_told_to_whom_one_of_them_belongs() -> None:
    company = opened()
    ann = joined(company, "collector", "own")
    bob = joined(company, "collector", "own", email="bob@x.example")
    two = [Customer.objects.create(company=company, code=code, name=code) for code in ("C1", "C2")]
    change_customers(
        company.pk, [one.pk for one in two], changes={"collector": str(ann.pk)}, by=BY, at=NOW
    )
    assert told(ann) == [("customer.changed_together", "2")]
    assert told(bob) == []


def test_beyond_the_most_the_oldest_are_shown_first(monkeypatch: pytest.MonkeyPatch) -> None:
    company = opened()
    user = joined(company, "auditor")
    noted(company, "Dupont")
    monkeypatch.setattr(visits, "MOST", 1)
    assert told(user) == [("company.opened", "Essai")]
    mark_seen(enter_company(user, "essai").memberships, {company.pk: 1}, at=NOW)
    assert told(user) == [("note.written", "Dupont")]
