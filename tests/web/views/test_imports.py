"""The screens of imports, as a person with a browser uses them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.storage.opened import AT, BY, invoices
from tests.web.views.pages import browser, owned, text

from quittance.services import imports
from quittance.services.import_work import end_refused
from quittance.storage.models import Company, Import, LedgerItem
from quittance.storage.scope import see_companies

pytestmark = pytest.mark.usefixtures("db")
NAME, LISTED = invoices(
    "C1;Alpha;F1;05/01/2026;04/02/2026;1 100,00", "C2;Bêta;F2;06/01/2026;;50,00"
)
UNKNOWN = b"Qui,Quoi,Quand,Combien\nC1,F1,2026-01-05,100.00\n"


@pytest.fixture
def place() -> tuple[Client, Company]:
    client, company = owned()
    see_companies([company.pk])
    return client, company


def dropped(client: Client, *files: tuple[str, bytes]) -> str:
    """The address that the drop leads to."""
    given = [SimpleUploadedFile(name, content) for name, content in files]
    answer = client.post("/c/lumiere/imports/give", {"files": given})
    assert answer.status_code == 302
    return answer.headers["Location"]


def worked(company: Company) -> Import:
    """What the worker would do with the newest import."""
    see_companies([company.pk])
    found = Import.objects.latest("pk")
    if found.state == "reading":
        imports.read_import(company.pk, found.pk)
    elif found.state == "applying":
        imports.apply_import(company.pk, found.pk, by=BY, at=AT)
    elif found.state == "undoing":
        imports.undo_import(company.pk, found.pk, by=BY, at=AT)
    see_companies([company.pk])
    return Import.objects.latest("pk")


def test_files_are_dropped_looked_at_applied_and_taken_back(
    place: tuple[Client, Company],
) -> None:
    client, company = place
    assert "Aucun import pour l'instant" in text(client, "/c/lumiere/imports/")
    page = dropped(client, (NAME, LISTED))
    assert "En attente d'un processus libre" in text(client, page)
    assert client.get(f"{page}progress").status_code == 200
    assert worked(company).state == "ready"
    assert client.get(f"{page}progress").headers["HX-Refresh"] == "true"
    looked = text(client, page)
    for said in ("Ce qui changera", "1 150,00", "F1", "Alpha", "2 nouveaux", "CSV · liste de"):
        assert said in looked
    assert not LedgerItem.objects.exists()
    client.post(f"{page}apply")
    assert worked(company).state == "applied"
    assert "Ce qui a changé" in text(client, page)
    assert "Solde des clients : 1 150,00 € → 0" in text(client, f"{page}undo/effect")
    client.post(f"{page}undo")
    assert worked(company).state == "undone"
    assert "Ce que l'annulation a changé" in text(client, page)
    assert "disparu" in text(client, page)
    assert "ne s'y prête pas" in text(client, f"{page}undo/effect")
    assert "annulé" in text(client, "/c/lumiere/imports/")


def test_an_unknown_list_is_mapped_on_its_page(place: tuple[Client, Company]) -> None:
    client, company = place
    page = dropped(client, ("export.csv", UNKNOWN))
    number = worked(company).files.get().pk
    looked = text(client, page)
    assert "Dites quelle colonne est laquelle" in looked
    assert "2026-01-05" in looked
    twice = client.post(
        f"{page}files/{number}/columns",
        {"heading": ["Qui", "Quoi"], "field": ["customer", "customer"]}, follow=True,
    )  # fmt: skip
    assert "est choisi pour plusieurs colonnes" in twice.content.decode()
    client.post(
        f"{page}files/{number}/columns",
        {"heading": ["Qui", "Quoi", "Quand", "Combien"],
         "field": ["customer", "document", "issue_date", "amount"]},
    )  # fmt: skip
    assert worked(company).state == "ready"


def test_a_list_of_customers_shows_what_it_changes_of_each(place: tuple[Client, Company]) -> None:
    client, company = place
    lines = "code client;siren;segment;chargé de recouvrement;contact;e-mail\n"
    lines += "C1;732829320;Hôtels;personne@x.example;Anne Roux;anne@alpha.example\n"
    page = dropped(client, (NAME, LISTED), ("clients.csv", lines.encode()))
    assert worked(company).state == "ready"
    looked = text(client, page)
    for said in ("Contacts", "Anne Roux, anne@alpha.example", "1 nouveaux", "personne@x.example",
                 "liste de clients"):  # fmt: skip
        assert said in looked
    client.post(f"{page}apply")
    assert worked(company).state == "applied"
    other = lines.replace("Hôtels", "Restaurants").replace("anne@", "a.roux@")
    page = dropped(client, ("clients-2.csv", other.encode()))
    assert worked(company).state == "ready"
    looked = text(client, page)
    for said in ("Segment", "Hôtels", "Restaurants", "Anne Roux, a.roux@alpha.example"):
        assert said in looked
    assert "customers.csv" not in looked
    assert client.get(f"{page}?customers.format=csv").status_code == 200


def test_a_file_that_cannot_be_read_is_left_out(place: tuple[Client, Company]) -> None:
    client, company = place
    page = dropped(client, (NAME, LISTED), ("scan.pdf", b"%PDF-1.7"))
    found = worked(company)
    assert found.state == "refused"
    assert "le contenu est au format PDF" in text(client, page)
    client.post(f"{page}files/{found.files.get(kind='').pk}/leave")
    assert worked(company).state == "ready"


def test_the_original_comes_back_byte_for_byte_as_a_file_to_keep(
    place: tuple[Client, Company],
) -> None:
    client, company = place
    page = dropped(client, ("Éxport <b>.csv", LISTED))
    number = worked(company).files.get().pk
    answer = client.get(f"{page}files/{number}/")
    assert b"".join(answer) == LISTED  # type: ignore[arg-type]
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "<b>" not in text(client, page).replace("<b>Quittance</b>", "")


def test_nothing_dropped_is_told(place: tuple[Client, Company]) -> None:
    client, _ = place
    answer = client.post("/c/lumiere/imports/give", follow=True)
    assert "Aucun fichier n" in answer.content.decode()


def test_a_file_given_again_leads_to_its_import(place: tuple[Client, Company]) -> None:
    client, company = place
    page = dropped(client, (NAME, LISTED))
    worked(company)
    assert dropped(client, ("copie.csv", LISTED)) == page
    assert "Déjà donné : factures.csv" in text(client, page)


def test_what_is_absent_can_be_said_to_be_deleted(place: tuple[Client, Company]) -> None:
    client, company = place
    rows = [f"C1;Alpha;F{n};{n:02}/01/2026;;10,00" for n in (1, 2, 3)]
    dropped(client, invoices(*rows))
    worked(company)
    client.post(f"/c/lumiere/imports/{Import.objects.get().pk}/apply")
    worked(company)
    page = dropped(client, invoices(rows[0], rows[2], name="b.csv"))
    worked(company)
    assert "1 pièce (10,00 €)" in text(client, page)
    client.post(f"{page}deletions", {"replaces": "1"})
    found = worked(company)
    assert found.summary["vanished"][0]["count"] == 1
    assert "elles sont retirées" in text(client, page)


def test_a_refusal_of_the_worker_is_told_with_what_rests_on_the_import(
    place: tuple[Client, Company],
) -> None:
    client, company = place
    page = dropped(client, (NAME, LISTED))
    found = worked(company)
    Import.objects.update(state="applying")
    end_refused(company.pk, found.pk, refusal=imports.UnableToApply(number=found.pk, state="x"))
    assert "Cela n'a pas pu être fait" in text(client, page)


def test_each_table_is_a_file_too(place: tuple[Client, Company]) -> None:
    client, company = place
    page = dropped(client, ("a.csv", LISTED + b"C3;;F9;hier;;abc\n"))
    worked(company)
    problems = client.get(f"{page}?format=csv&table=problems")
    assert problems.headers["Content-Type"].startswith("text/csv")
    assert "a.csv:4" in problems.content.decode()
    assert client.get(f"{page}?format=xlsx&table=documents").content.startswith(b"PK")
    assert client.get("/c/lumiere/imports/?format=csv").content.decode().count("\n") == 2


def test_without_a_worker_the_page_says_how_to_start_one(place: tuple[Client, Company]) -> None:
    client, _ = place
    assert "quittance worker" in text(client, "/c/lumiere/imports/")
    assert "quittance worker" in text(client, dropped(client, (NAME, LISTED)))


def test_an_import_of_another_company_is_not_there(place: tuple[Client, Company]) -> None:
    client, company = place
    page = dropped(client, (NAME, LISTED))
    found = worked(company)
    number = found.files.get().pk
    stranger, other = owned("autre")
    for path in (page.replace("lumiere", "autre"), page):
        assert stranger.get(path).status_code == 404
    assert stranger.get(f"/c/autre/imports/{found.pk}/files/{number}/").status_code == 404
    assert other.pk
    assert browser().get(page).status_code == 302


def test_an_older_export_is_warned_of_before_it_is_applied(place: tuple[Client, Company]) -> None:
    client, company = place
    for name, amount in (("a.csv", "100,00"), ("b.csv", "120,00"), ("c.csv", "100,00")):
        row = f"C1;Alpha;F1;05/01/2026;04/02/2026;{amount}"
        more = ["C9;X;F9;05/01/2026;;1"] if name == "c.csv" else []
        page = dropped(client, (name, invoices(row, *more)[1]))
        worked(company)
        if name != "c.csv":
            client.post(f"{page}apply")
            worked(company)
    looked = text(client, page)
    assert "Ces fichiers reviennent sur un import plus récent" in looked
    assert "(b.csv)" in looked
