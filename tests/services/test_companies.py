import pytest
from tests.services.people import BY, NOW, actions, opened, user

from quittance.services import companies
from quittance.services.companies import Chosen, change_company, form_group
from quittance.services.journal_proof import verify_journal
from quittance.services.refusals import UnableTo
from quittance.storage.access import enter_company, enter_group
from quittance.storage.models import Company, Event, Membership

pytestmark = pytest.mark.usefixtures("db")


def test_who_opens_a_company_owns_it() -> None:
    owner = user("ann@example.org")
    company = opened("lumiere", owner, siren="732 829 320", vat="fr 44732829320")
    assert (company.siren, company.vat) == ("732829320", "FR44732829320")
    access = enter_company(owner, "lumiere")
    assert access.may("members.write")
    assert actions(company) == ["company.opened"]
    assert verify_journal(company.pk).breaks == ()


def test_a_company_just_opened_is_alone_in_view() -> None:
    opened("autre")
    company = opened("lumiere")
    assert list(Company.objects.all()) == [company]


@pytest.mark.parametrize(
    "slug", ["", "Lumière", "a b", "-a", "a--b", "é", "x" * 61, "taken", "group"]
)
def test_a_slug_that_is_unreadable_or_taken_is_refused(slug: str) -> None:
    one, two = opened("taken"), opened("second")
    form_group("group", "Groupe", companies=[one.pk, two.pk], by=BY, now=NOW)
    with pytest.raises(companies.UnableToUseSlug):
        opened(slug, user("bob@example.org"))


@pytest.mark.parametrize(
    ("chosen", "refusal", "told"),
    [
        (Chosen(name=" "), companies.UnableToName, "The name is empty."),
        (Chosen(name="x", siren="732829321"), companies.UnableToReadIdentifier, "check digit"),
        (Chosen(name="x", vat="FR00732829320"), companies.UnableToReadIdentifier, "VAT number"),
        (
            Chosen(name="x", siren="732829320", vat="FR40303265045"),
            companies.UnableToReadIdentifier,
            "not of 732829320",
        ),
        (Chosen(name="x", default_terms="bientôt"), companies.UnableToReadTerms, "bientôt"),
        (Chosen(name="x", allocation_rule="lifo"), companies.UnableToAllocate, "'lifo'"),
    ],
)
def test_what_cannot_be_read_changes_nothing(
    chosen: Chosen, refusal: type[UnableTo], told: str
) -> None:
    company = opened()
    with pytest.raises(refusal) as met:
        change_company(company.pk, chosen, by=BY, now=NOW)
    assert told in met.value.text("en")
    assert met.value.text("fr") != met.value.text("en")
    assert Company.objects.get(pk=company.pk).name == "Essai"
    assert actions(company) == ["company.opened"]


def test_a_change_is_told_before_and_after_and_only_where_something_changed() -> None:
    company = opened()
    wanted = Chosen(name="Essai", default_terms="45 EOM", requires_second_factor=True)
    change_company(company.pk, wanted, by=BY, now=NOW)
    change_company(company.pk, wanted, by=BY, now=NOW)
    assert actions(company) == ["company.opened", "company.changed"]
    last = Event.objects.latest("position")
    assert last.before == {"default_terms": "30", "requires_second_factor": False}
    assert last.after == {"default_terms": "45 EOM", "requires_second_factor": True}


def test_a_group_shows_its_companies_together_to_who_belongs_to_them() -> None:
    owner = user("ann@example.org")
    one, two = opened("un", owner), opened("deux", owner)
    form_group("ensemble", "Ensemble", companies=[one.pk, two.pk], by=BY, now=NOW)
    access = enter_group(owner, "ensemble")
    assert access.company_ids == (one.pk, two.pk)
    assert actions(one)[-1] == actions(two)[-1] == "company.grouped"


def test_a_group_needs_two_companies_that_are_in_no_other() -> None:
    one, two, three = opened("un"), opened("deux"), opened("trois")
    form_group("ensemble", "Ensemble", companies=[one.pk, two.pk], by=BY, now=NOW)
    for members in ([one.pk], [three.pk], [two.pk, three.pk]):
        with pytest.raises(companies.UnableToFormGroup):
            form_group("autre", "Autre", companies=members, by=BY, now=NOW)
    with pytest.raises(companies.UnableToUseSlug):
        form_group("ensemble", "Encore", companies=[three.pk, opened("quatre").pk], by=BY, now=NOW)


def test_an_owner_is_a_member_like_others() -> None:
    company = opened()
    assert [one.role for one in Membership.objects.filter(company=company)] == ["owner"]
