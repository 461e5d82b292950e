"""The fingerprint of the facts of an event."""

import pytest
from django.db import connection
from tests.storage.opened import company, imported, invoices, lumiere

from quittance.storage.fingerprints import all_fingerprints, fingerprints_of, stable
from quittance.storage.models import Event

pytestmark = pytest.mark.usefixtures("db")


def test_an_event_carries_the_fingerprint_of_what_it_added_and_reversed() -> None:
    one = company()
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;;100", "C1;Alpha;F2;06/01/2026;;5")])
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;;120", name="b.csv")])
    first, second = Event.objects.filter(action="import.applied").order_by("position")
    assert {name: said.split()[0] for name, said in first.after["facts"].items()} == {
        "ledger_item.added": "2"
    }
    assert {name: said.split()[0] for name, said in second.after["facts"].items()} == {
        "ledger_item.added": "1", "ledger_item.reversed": "1",
    }  # fmt: skip
    assert fingerprints_of(second.pk) == second.after["facts"]
    assert all_fingerprints(one.pk) == {one.pk: one.after["facts"] for one in (first, second)}
    assert fingerprints_of(0) == {}


@pytest.mark.parametrize(
    "setting", ["TimeZone = 'Asia/Tokyo'", "DateStyle = 'German'", "extra_float_digits = 0"]
)
def test_no_setting_of_a_session_changes_a_fingerprint(setting: str) -> None:
    one = company()
    imported(one, lumiere())
    before = all_fingerprints(one.pk)
    assert len(next(iter(before.values()))) == 3  # items, allocations, movements
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {setting}")
    assert all_fingerprints(one.pk) == before


def test_the_books_code_counts_and_rows_of_before_it_keep_their_fingerprint() -> None:
    rows = "(VALUES (1, 'books', ''), (2, 'books', 'AA')) AS a (id, origin, matching_code)"
    with connection.cursor() as cursor:
        said = stable("origin").as_string(cursor.connection)
        cursor.execute(f"SELECT {said} FROM {rows} ORDER BY id")  # noqa: S608
        assert [told for (told,) in cursor.fetchall()] == ["books", "books AA"]
