"""Customers changed one by one and in number, and changes taken back."""

from datetime import timedelta

import pytest
from tests.services.given import AT, BOOKS, LATER, company_with_books, customer
from tests.services.people import BY, actions, joined
from tests.storage.opened import imported, invoices

from quittance.services.customer_fields import UnableToReadField
from quittance.services.customers import (
    UnableToOverwrite,
    UnableToTakeBack,
    change_customer,
    change_customers,
    follow_books,
    undo_change,
)
from quittance.services.journal import Actor
from quittance.services.journal_proof import verify_journal
from quittance.storage.access import NotThereError
from quittance.storage.customer_events import events_of
from quittance.storage.models import Company, Customer, Event

pytestmark = pytest.mark.usefixtures("db")
SIREN, SIRET, VAT = "732829320", "73282932000074", "FR44732829320"


def changed(one: Customer, *, by: Actor = BY, **fields: str) -> Customer:
    return change_customer(
        one.company_id, one.pk, changes=fields, version=one.version, by=by, at=AT
    )


def last_event(company: Company) -> Event:
    return Event.objects.filter(company=company).order_by("-position")[0]


def test_what_a_person_sets_is_kept_in_its_normal_form_and_held() -> None:
    company = company_with_books()
    one = changed(
        customer("C1", company), siren="732 829 320", vat="fr 44 732 829 320", terms="45 fdm"
    )
    found = customer("C1", company)
    assert (found.siren, found.vat, found.terms) == (SIREN, VAT, "45 fdm")
    assert found.held_fields == ["siren", "terms", "vat"]
    assert found.search_text == "c1 elan evenements 732829320 fr44732829320"
    assert found.version == one.version == 2


def test_the_event_says_who_what_before_and_after() -> None:
    company = company_with_books()
    ines = joined(company, "collector")
    changed(customer("C1", company), collector=str(ines.pk), segment="Grands comptes")
    event = last_event(company)
    one = customer("C1", company)
    assert event.action == "customer.changed"
    assert (event.actor_name, event.customer_id) == (BY.name, one.pk)
    assert event.before == {
        "collector": "", "collector_id": None, "segment": "", "held_fields": [],
    }  # fmt: skip
    assert event.after == {
        "collector": "collector all", "collector_id": ines.pk, "segment": "Grands comptes",
        "version": 2,
    }  # fmt: skip
    assert verify_journal(company.pk).breaks == ()


def test_the_same_values_again_change_nothing() -> None:
    company = company_with_books()
    before = len(actions(company))
    again = changed(customer("C1", company), name="Élan  Événements", segment="")
    assert (again.version, len(actions(company))) == (1, before)


def test_identifiers_of_two_companies_are_refused() -> None:
    company = company_with_books()
    with pytest.raises(UnableToReadField) as refusal:
        changed(customer("C1", company), siren=SIREN, siret="35600000049837")
    assert refusal.value.text("fr") == (
        "SIRET 35600000049837 : il est du SIREN 356000000, pas du 732829320 ; vérifiez lequel est "
        "le bon. Rien n'a été changé."
    )
    assert customer("C1", company).siren == ""


def test_a_contradiction_with_what_is_there_already_is_refused() -> None:
    company = company_with_books()
    changed(customer("C1", company), siren=SIREN)
    with pytest.raises(UnableToReadField) as refusal:
        changed(customer("C1", company), vat="FR40303265045")
    assert refusal.value.text("en") == (
        "VAT number FR40303265045: it is of the SIREN 303265045, not of 732829320; check which is "
        "right. Nothing was changed."
    )


def test_two_people_never_overwrite_one_another() -> None:
    company = company_with_books()
    seen_by_both = customer("C1", company)
    changed(seen_by_both, by=Actor("Inès Morel", "test"), terms="45 EOM", segment="A")
    with pytest.raises(UnableToOverwrite) as refusal:
        changed(seen_by_both, terms="60")
    assert refusal.value.text("fr") == (
        "Inès Morel a modifié cette fiche le 01/10/2026 11:00 : Segment : rien → A ; "
        "Conditions : rien → 45 EOM. Rien n'a été enregistré : relisez, puis enregistrez de "
        "nouveau si c'est encore juste."
    )
    assert refusal.value.text("en") == (
        "Inès Morel changed this card on 01/10/2026 11:00: Segment: nothing → A; "
        "Terms: nothing → 45 EOM. Nothing was saved: read again, then save again if it is still "
        "right."
    )
    assert customer("C1", company).terms == "45 EOM"


def test_several_changes_of_others_are_told_as_one() -> None:
    company = company_with_books()
    seen = customer("C1", company)
    changed(customer("C1", company), segment="A")
    change_customers(company.pk, [seen.pk], changes={"segment": "B"}, by=Actor("Karim", "test"),
                     at=LATER)  # fmt: skip
    with pytest.raises(UnableToOverwrite) as refusal:
        changed(seen, segment="C")
    assert refusal.value.text("en").startswith(
        "Karim changed this card on 02/10/2026 11:00: Segment: nothing → B."
    )


def test_an_import_that_read_the_card_again_is_told_too() -> None:
    company = company_with_books()
    seen = customer("C1", company)
    imported(company, [invoices("C1;Élan SAS;F9;05/03/2026;;1,00", name="b.csv")], at=LATER)
    with pytest.raises(UnableToOverwrite) as refusal:
        changed(seen, segment="C")
    assert refusal.value.text("en").startswith(
        "An import read this card again from the books. Nothing was saved:"
    )


def test_an_import_never_overwrites_what_a_person_set() -> None:
    company = company_with_books()
    changed(customer("C1", company), name="Élan SA", siren=SIREN)
    rows = ("C1;Autre nom;F9;05/03/2026;;1,00", "C2;Boulangerie Martin & Fils;F8;05/03/2026;;1,00")
    imported(company, [invoices(*rows, name="b.csv")], at=LATER)
    assert customer("C1", company).name == "Élan SA"
    assert customer("C2", company).name == "Boulangerie Martin & Fils"


def test_an_import_keeps_the_identifiers_that_a_customer_is_found_by() -> None:
    company = company_with_books()
    changed(customer("C2", company), siren=SIREN)
    rows = ("C2;Boulangerie Martin & Fils;F8;05/03/2026;;1,00",)
    imported(company, [invoices(*rows, name="b.csv")], at=LATER)
    assert customer("C2", company).search_text == "c2 boulangerie martin fils 732829320"


def test_a_customer_of_another_company_is_not_there() -> None:
    mine, theirs = company_with_books(), company_with_books("autre")
    other = Customer.objects.filter(company=theirs, code="C1").get()
    with pytest.raises(NotThereError):
        change_customer(mine.pk, other.pk, changes={"segment": "A"}, version=1, by=BY, at=AT)


def test_a_selection_is_changed_in_one_event_and_put_back_by_another() -> None:
    company = company_with_books()
    ines = joined(company, "collector")
    changed(customer("C1", company), segment="Or")
    ids = [customer(code, company).pk for code in ("C1", "C2")]
    done = change_customers(
        company.pk, ids, changes={"collector": str(ines.pk), "segment": "A"}, by=BY, at=AT
    )
    assert done.count == 2
    assert {customer(c, company).collector_id for c in ("C1", "C2")} == {ines.pk}
    assert customer("C3", company).collector_id is None
    assert done.event is not None
    back = undo_change(company.pk, done.event.pk, by=BY, at=LATER)
    assert (back.restored, back.left) == (2, 0)
    assert [customer(c, company).segment for c in ("C1", "C2")] == ["Or", ""]
    assert [customer(c, company).held_fields for c in ("C1", "C2")] == [["segment"], []]
    assert actions(company)[-2:] == ["customer.changed_together", "customer.change_undone"]
    assert verify_journal(company.pk).breaks == ()


def test_taking_back_leaves_what_changed_since_and_says_so() -> None:
    company = company_with_books()
    ids = [customer(code, company).pk for code in ("C1", "C2")]
    done = change_customers(company.pk, ids, changes={"terms": "45 EOM"}, by=BY, at=AT)
    changed(customer("C2", company), terms="60")
    assert done.event is not None
    back = undo_change(company.pk, done.event.pk, by=BY, at=LATER)
    assert (back.restored, back.left) == (1, 1)
    assert [customer(c, company).terms for c in ("C1", "C2")] == ["", "60"]
    with pytest.raises(UnableToTakeBack):
        undo_change(company.pk, done.event.pk, by=BY, at=LATER)


def test_customers_that_have_it_already_are_not_in_the_event() -> None:
    company = company_with_books()
    changed(customer("C1", company), group="Holding")
    everybody = [customer(f"C{n}", company).pk for n in (1, 2, 3)]
    done = change_customers(company.pk, everybody, changes={"group": "Holding"}, by=BY, at=AT)
    assert done.count == 2
    nothing = change_customers(company.pk, everybody, changes={"group": "Holding"}, by=BY, at=AT)
    assert (nothing.event, nothing.count) == (None, 0)


def test_one_change_is_taken_back_as_well() -> None:
    company = company_with_books()
    changed(customer("C1", company), name="Élan SA", siren=SIREN, group="Holding")
    undo_change(company.pk, last_event(company).pk, by=BY, at=LATER)
    found = customer("C1", company)
    assert (found.name, found.siren, found.group) == ("Élan Événements", "", None)
    assert found.search_text == "c1 elan evenements"
    assert found.held_fields == []


def test_the_timeline_of_a_customer_has_the_changes_in_number() -> None:
    company = company_with_books()
    one, other = customer("C1", company), customer("C3", company)
    done = change_customers(
        company.pk, [one.pk, customer("C2", company).pk], changes={"segment": "A"}, by=BY, at=AT
    )
    assert done.event is not None
    undo_change(company.pk, done.event.pk, by=BY, at=AT + timedelta(minutes=1))
    told = [event.action for event in events_of(company.pk, one.pk)]
    assert told == ["customer.change_undone", "customer.changed_together"]
    assert not events_of(company.pk, other.pk).exists()


def test_fields_that_are_each_customers_own_are_not_set_in_number() -> None:
    company = company_with_books()
    with pytest.raises(KeyError):
        change_customers(company.pk, [1], changes={"siren": SIREN}, by=BY, at=AT)


def test_a_change_in_number_of_nobodys_customer_is_refused_whole() -> None:
    company = company_with_books()
    ids = [customer("C1", company).pk, 10**9]
    with pytest.raises(NotThereError):
        change_customers(company.pk, ids, changes={"segment": "A"}, by=BY, at=AT)
    assert customer("C1", company).segment == ""
    assert len(BOOKS) == Customer.objects.filter(company=company).count()


def test_a_field_let_go_is_told_by_the_books_again() -> None:
    company = company_with_books()
    changed(customer("C1", company), name="Élan SA", segment="A")
    one = customer("C1", company)
    follow_books(company.pk, one.pk, field="name", version=one.version, by=BY, at=AT)
    found = customer("C1", company)
    assert (found.name, found.held_fields, found.version) == ("Élan SA", ["segment"], 3)
    imported(company, [invoices("C1;Élan SAS;F9;05/03/2026;;1,00", name="b.csv")], at=LATER)
    assert customer("C1", company).name == "Élan SAS"
    event = Event.objects.filter(company=company, action="customer.changed").latest("position")
    assert event.before == {"held_fields": ["name", "segment"]}
    with pytest.raises(UnableToOverwrite):
        follow_books(company.pk, one.pk, field="segment", version=1, by=BY, at=AT)


def test_a_field_that_nobody_holds_is_left_alone() -> None:
    company = company_with_books()
    before = len(actions(company))
    one = customer("C1", company)
    again = follow_books(company.pk, one.pk, field="name", version=1, by=BY, at=AT)
    assert (again.version, len(actions(company))) == (1, before)
