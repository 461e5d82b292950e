"""What an import changes of customers, for a person to see before it is applied."""

from datetime import timedelta

import pytest
from tests.storage.opened import AT, BY, company, imported, invoices

from quittance.services import imports

pytestmark = pytest.mark.usefixtures("db")
HEADING = "client;conditions;contact;fonction;e-mail\n"
BOOKS = invoices("C1;Alpha;F1;05/01/2026;;100,00")


def listed(*lines: str, name: str = "clients.csv") -> tuple[str, bytes]:
    return name, (HEADING + "\n".join(lines)).encode()


def test_contacts_are_shown_before_and_after_those_of_new_customers_too() -> None:
    one = company()
    files = [BOOKS, listed("C1;45 EOM;Anne;DAF;anne@x.example", "C1;;Luc;;")]
    received = imports.receive_files(one.pk, files, by=BY, at=AT)
    shown = imports.read_import(one.pk, received.pk).summary["examples"]
    assert shown["customers_changed"] == []
    assert shown["contacts"] == [
        {
            "sort": "new",
            "customer": "C1 · Alpha",
            "before": "",
            "after": "Anne, DAF, anne@x.example",
        },
        {"sort": "new", "customer": "C1 · Alpha", "before": "", "after": "Luc"},
    ]
    imports.apply_import(one.pk, received.pk, by=BY, at=AT)
    later = listed("C1;30;Anne;;a.roux@x.example", name="b.csv")
    received = imports.receive_files(one.pk, [later], by=BY, at=AT)
    shown = imports.read_import(one.pk, received.pk).summary["examples"]
    assert shown["customers_changed"] == [
        {"customer": "C1 · Alpha", "fields": {"terms": ["45 EOM", "30"]}}
    ]
    assert shown["contacts"] == [
        {"sort": "changed", "customer": "C1 · Alpha", "before": "Anne, DAF, anne@x.example",
         "after": "Anne, DAF, a.roux@x.example"}
    ]  # fmt: skip


def test_an_undone_list_shows_the_contacts_that_it_takes_with_it() -> None:
    one = company()
    imported(one, [BOOKS])
    found = imported(one, [listed("C1;;Anne;;")])
    undone = imports.undo_import(one.pk, found.pk, by=BY, at=AT + timedelta(days=1))
    assert undone.undone_by is not None
    assert undone.undone_by.after["contacts"] == {"new": 0, "changed": 0, "vanished": 1}
