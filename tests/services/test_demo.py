from pathlib import Path

import pytest
from tests.storage.opened import AT, BY

from quittance.services.demo import COLLEAGUES, NOTES, OWNER, Demo, open_demo
from quittance.services.imports import problems_of_import
from quittance.services.journal_proof import verify_journal
from quittance.storage.models import Company, Contact, Customer, Import, Membership, Note, User
from quittance.storage.scope import see_as_operator, see_companies

pytestmark = pytest.mark.usefixtures("db")
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def opened() -> Demo:
    found = open_demo(EXAMPLES, by=BY, at=AT)
    see_as_operator()
    see_companies([Company.objects.get(slug="lumiere").pk])
    return found


def test_the_demonstration_opens_once_with_a_new_password_each_time(opened: Demo) -> None:
    again = open_demo(EXAMPLES, by=BY, at=AT)
    assert opened.people == again.people == (OWNER, *COLLEAGUES)
    for one in again.people:
        user = User.objects.get(email=one.email)
        assert not user.check_password(opened.password)
        assert user.check_password(again.password)
    assert Company.objects.filter(slug="lumiere").count() == 1
    assert [one.state for one in Import.objects.all()] == ["applied"]
    assert Note.objects.count() == len(NOTES)


def test_its_people_have_their_roles_and_their_customers(opened: Demo) -> None:
    members = Membership.objects.values_list("user__name", "role", "scope")
    assert sorted(members) == [
        ("Camille Morel", "owner", "all"),
        ("Inès Roche", "accountant", "all"),
        ("Julien Ferrand", "sales", "own"),
        ("Nadia Benali", "collector", "all"),
    ]
    assert opened.people[3].email == "ines.roche@lumiere.example"
    followed = set(Customer.objects.values_list("collector__name", flat=True))
    assert followed == {"Nadia Benali", "Camille Morel", None}
    assert Customer.objects.filter(salesperson__name="Julien Ferrand").count() > 10


def test_each_tab_of_the_aged_balance_has_something_to_show(opened: Demo) -> None:
    assert Customer.objects.values("segment").distinct().count() == 7
    assert Customer.objects.exclude(group=None).values("group").distinct().count() == 3
    assert Customer.objects.filter(segment="").count() == 0
    assert Contact.objects.filter(is_main=True).count() == Customer.objects.count() == 47


def test_nothing_in_it_is_a_problem_and_its_journal_verifies(opened: Demo) -> None:
    (found,) = Import.objects.all()
    problems = problems_of_import(found)
    assert problems.filter(severity="error").is_empty(), problems
    assert verify_journal(found.company_id).breaks == ()


def test_notes_call_on_the_owner_and_are_signed_by_their_authors(opened: Demo) -> None:
    owner = User.objects.get(email=OWNER.email)
    assert Note.objects.filter(mentions__contains=[owner.pk]).count() == 2
    assert set(Note.objects.values_list("author__name", flat=True)) == {
        one.name for one in opened.people
    }
