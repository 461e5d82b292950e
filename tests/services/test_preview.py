"""What a person sees before applying, and that it is what is applied."""

from datetime import timedelta

import pytest
from tests.storage.opened import AT, BY, company, imported, invoices

from quittance.services.imports import (
    apply_import,
    problems_of_import,
    read_import,
    receive_files,
)
from quittance.services.preview import DECIDED_ON, differs
from quittance.storage.models import Company, Event, Import, LedgerItem

pytestmark = pytest.mark.usefixtures("db")
FIRST = "C1;Alpha;F1;05/01/2026;04/02/2026;100,00"


def looked_at(one: Company, *rows: str, name: str = "b.csv") -> Import:
    received = receive_files(one.pk, [invoices(*rows, name=name)], by=BY, at=AT)
    return read_import(one.pk, received.pk)


def test_a_preview_tells_counts_amounts_balance_and_customers() -> None:
    one = company()
    imported(one, [invoices(FIRST, "C1;Alpha;F2;06/01/2026;;5,00")])
    seen = looked_at(one, FIRST.replace("100", "120"), "C2;Beta;F3;07/01/2026;;50,00").summary
    assert seen["new"] == [{"kind": "invoice", "currency": "EUR", "count": 1, "amount_minor": 5000}]
    assert seen["changed"][0]["amount_minor"] - seen["changed_from"][0]["amount_minor"] == 2000
    assert (seen["unchanged"], seen["customers"]) == (1, {"new": 1, "changed": 0})
    assert seen["balance"] == {"before": {"EUR": 10500}, "after": {"EUR": 17500}}
    (changed,) = seen["examples"]["changed"]
    assert (changed["customer"], changed["was"]) == ("C1 · Alpha", {"amount_minor": 10000})
    assert seen["examples"]["new"][0]["customer"] == "C2 · Beta"


def test_what_was_seen_is_what_is_applied() -> None:
    one = company()
    seen = looked_at(one, FIRST)
    done = apply_import(one.pk, seen.pk, by=BY, at=AT)
    assert all(done.summary[name] == seen.summary[name] for name in DECIDED_ON)
    said = Event.objects.get(action="import.applied").after
    assert said["new"] == seen.summary["new"]
    assert said["files"][0]["name"] == "b.csv"
    assert "examples" not in said


def test_an_import_that_waited_while_the_books_changed_is_shown_again_before_anything() -> None:
    one = company()
    waiting = looked_at(one, FIRST, "C1;Alpha;F2;06/01/2026;;5,00")
    imported(one, [invoices(FIRST, name="a.csv")], at=AT + timedelta(hours=1))
    again = apply_import(one.pk, waiting.pk, by=BY, at=AT + timedelta(hours=2))
    assert (again.state, again.summary["differs"]) == ("ready", True)
    assert LedgerItem.objects.count() == 1
    assert [row["count"] for row in again.summary["new"]] == [1]
    done = apply_import(one.pk, waiting.pk, by=BY, at=AT + timedelta(hours=3))
    assert done.state == "applied"


def test_an_import_that_waited_while_others_things_changed_is_applied_at_once() -> None:
    one = company()
    waiting = looked_at(one, FIRST)
    imported(one, [invoices("C9;Zeta;F9;06/01/2026;;5,00", name="a.csv")])
    assert apply_import(one.pk, waiting.pk, by=BY, at=AT).state == "applied"


def test_only_what_a_person_decides_on_makes_a_preview_another() -> None:
    same = {name: [] for name in DECIDED_ON}
    assert not differs(same, {**same, "balance": {"before": {"EUR": 1}}})
    assert differs(same, {**same, "vanished": [{"kind": "invoice"}]})


def test_problems_of_the_files_are_counted_and_kept_by_line() -> None:
    one = company()
    found = looked_at(one, FIRST, "C1;Alpha;F2;hier;;x", "C1;Alpha;F3;06/01/2026;;abc")
    told = found.summary["problems"]
    assert (told["set_aside"], told["has_errors"]) == (2, True)
    problems = problems_of_import(found)
    assert problems.height == told["count"]
    assert problems.filter(severity="error")["line"].to_list() == [3, 4]


def test_problems_between_files_are_told_too() -> None:
    one = company()
    rows = (FIRST, "C1;Alpha;F2;06/01/2026;;5,00")
    given = [invoices(*rows), invoices(*rows, "C1;Alpha;F3;07/01/2026;;6,00", name="b.csv")]
    received = receive_files(one.pk, given, by=BY, at=AT)
    found = read_import(one.pk, received.pk)
    assert "list-counted-once" in problems_of_import(found)["code"].to_list()
