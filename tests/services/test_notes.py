"""Notes with mentions, withdrawn by their author alone."""

import pytest
from tests.services.given import AT, LATER, company_with_books, customer
from tests.services.people import BY, actions, joined

from quittance.services.journal import Actor
from quittance.services.notes import (
    UnableToWithdrawNote,
    UnableToWriteNote,
    digest,
    mentioned,
    unheard,
    withdraw_note,
    write_note,
)
from quittance.storage.access import NotThereError
from quittance.storage.models import Company, Event, Note, User

pytestmark = pytest.mark.usefixtures("db")


def person(company: Company, name: str, email: str) -> User:
    user = joined(company, "collector", email=email)
    user.name = name
    user.save()
    return user


def actor(user: User) -> Actor:
    return Actor(user.name, "test", user.pk)


def test_members_named_with_an_at_sign_are_called_on() -> None:
    company = company_with_books()
    ines = person(company, "Inès Morel", "ines@essai.example")
    karim = person(company, "Karim Benali", "k.benali@essai.example")
    text = "@ines morel, peux-tu appeler ? @K.Benali suit le litige. Écrire à x@essai.example."
    note = write_note(company.pk, customer("C1", company).pk, text=text, by=actor(ines), at=AT)
    assert note.mentions == [ines.pk, karim.pk]
    event = Event.objects.order_by("-position")[0]
    assert (event.action, event.customer_id) == ("note.written", note.customer_id)
    assert event.after == {"sha256": digest(text), "mentions": ["Inès Morel", "Karim Benali"]}


def test_the_longer_of_two_names_is_meant() -> None:
    company = company_with_books()
    marie = person(company, "Marie", "m1@essai.example")
    dupont = person(company, "Marie Dupont", "m2@essai.example")
    assert mentioned("@Marie Dupont : vu", [marie, dupont]) == [dupont]
    assert mentioned("@Marie : vu", [marie, dupont]) == [marie]
    assert mentioned("@Mariette", [marie, dupont]) == []


@pytest.mark.parametrize(("text", "count"), [("  \n ", 0), ("x" * 10_001, 10_001)])
def test_an_empty_note_and_a_novel_are_refused(text: str, count: int) -> None:
    company = company_with_books()
    with pytest.raises(UnableToWriteNote) as refusal:
        write_note(company.pk, customer("C1", company).pk, text=text, by=BY, at=AT)
    assert refusal.value.text("fr") == (
        f"Une note a de 1 à 10000 caractères, {count} saisis. Rien n'a été écrit."
    )
    assert refusal.value.text("en") == (
        f"A note has from 1 to 10000 characters, {count} entered. Nothing was written."
    )


def test_a_note_is_withdrawn_by_its_author_alone_and_kept() -> None:
    company = company_with_books()
    ines = person(company, "Inès Morel", "ines@essai.example")
    karim = person(company, "Karim", "k@essai.example")
    pk = customer("C1", company).pk
    note = write_note(company.pk, pk, text="Promesse le 15.", by=actor(ines), at=AT)
    with pytest.raises(UnableToWithdrawNote) as refusal:
        withdraw_note(company.pk, note.pk, by=actor(karim), at=LATER)
    assert refusal.value.text("fr") == (
        "Cette note est de Inès Morel : seul son auteur la retire. Écrivez-en une autre à la suite."
    )
    assert refusal.value.text("en") == (
        "This note is by Inès Morel: only its author withdraws it. Write another one after it."
    )
    withdraw_note(company.pk, note.pk, by=actor(ines), at=LATER)
    found = Note.objects.get(pk=note.pk)
    assert (found.text, found.withdrawn_at) == ("Promesse le 15.", LATER)
    assert actions(company)[-2:] == ["note.written", "note.withdrawn"]
    with pytest.raises(NotThereError):
        withdraw_note(company.pk, note.pk, by=actor(ines), at=LATER)


def test_a_note_on_another_companys_customer_is_not_written() -> None:
    mine, theirs = company_with_books(), company_with_books("autre")
    with pytest.raises(NotThereError):
        write_note(mine.pk, customer("C1", theirs).pk, text="x", by=BY, at=AT)


def test_a_first_name_is_enough_where_one_person_has_it() -> None:
    company = company_with_books()
    camille = person(company, "Camille Morel", "c1@essai.example")
    zoe = person(company, "Zoé Petit", "z1@essai.example")
    assert mentioned("@Camille, et @zoe vu", [camille, zoe]) == [camille, zoe]
    other = person(company, "Camille Roux", "c2@essai.example")
    assert mentioned("@Camille vu", [camille, zoe, other]) == []
    assert mentioned("@Camille Roux vu", [camille, zoe, other]) == [other]
    assert mentioned("@ , @!", [camille]) == []


def test_who_does_not_see_the_customer_is_not_called_and_the_author_can_be_told() -> None:
    company = company_with_books()
    ines = person(company, "Inès Morel", "ines@essai.example")
    kept = joined(company, "sales", "own", email="karim@essai.example")
    kept.name = "Karim Benali"
    kept.save()
    one = customer("C1", company)
    note = write_note(company.pk, one.pk, text="@karim @ines", by=actor(ines), at=AT)
    assert note.mentions == [ines.pk]
    assert unheard(company.pk, note) == ["Karim Benali"]
    one.salesperson = kept
    one.save()
    again = write_note(company.pk, one.pk, text="@karim", by=actor(ines), at=AT)
    assert again.mentions == [kept.pk]
    assert unheard(company.pk, again) == []
