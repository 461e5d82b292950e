import pytest
from tests.services.people import actions, joined, opened
from tests.web.views.pages import browser, owned, text

from quittance.storage.models import Company, CompanyGroup, Membership

pytestmark = pytest.mark.usefixtures("db")
SETTINGS = "/c/lumiere/settings"
SAID = {"name": "Lumière SAS", "default_terms": "45 EOM", "allocation_rule": "fifo"}


def test_an_owner_changes_the_company() -> None:
    client, company = owned()
    said = {**SAID, "siren": "732 829 320", "requires_second_factor": ""}
    assert client.post(f"{SETTINGS}/change", said).headers["Location"] == SETTINGS
    company.refresh_from_db()
    assert (company.name, company.siren, company.default_terms, company.allocation_rule) == (
        "Lumière SAS", "732829320", "45 EOM", "fifo",
    )  # fmt: skip
    page = text(client, SETTINGS)
    assert "Lumière SAS" in page
    assert 'value="732829320"' in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"siren": "123"}, "SIREN 123"),
        ({"vat": "FR00"}, "TVA"),
        ({"default_terms": "bientôt"}, "bientôt"),
        ({"name": " "}, "obligatoire"),
        ({"allocation_rule": "lifo"}, "lifo"),
    ],
)
def test_what_cannot_be_read_is_told_and_kept_on_the_form(wrong: dict[str, str], told: str) -> None:
    client, company = owned()
    answer = client.post(f"{SETTINGS}/change", {**SAID, **wrong})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Company.objects.get(pk=company.pk).name == "Lumiere"
    assert actions(company) == ["company.opened"]


def test_who_may_not_change_reads() -> None:
    _client, company = owned()
    reader = browser(joined(company, "auditor"))
    page = text(reader, SETTINGS)
    assert "Seul un propriétaire" in page
    assert "disabled" in page
    assert "Enregistrer" not in page


def test_companies_that_one_owns_form_a_group() -> None:
    client, company = owned()
    owner = Membership.objects.get().user
    other = opened("ombre", owner)
    stranger = opened("autre")
    page = text(client, SETTINGS)
    assert "Former un groupe" in page
    said = {"group_name": "Tout", "group_slug": "tout", "companies": [company.pk, stranger.pk]}
    assert client.post(f"{SETTINGS}/group", said).status_code == 422
    said["companies"] = [company.pk, other.pk]
    assert client.post(f"{SETTINGS}/group", said).status_code == 302
    assert CompanyGroup.objects.get().slug == "tout"
    page = text(client, SETTINGS)
    assert "Tout" in page
    assert "Former un groupe" not in page
    assert client.post(f"{SETTINGS}/group", said).status_code == 422
