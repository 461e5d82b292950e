"""What a preview says of a difference."""

import pytest
from tests.storage.opened import AT, BY, company, imported, invoices

from quittance.core.phrase import Phrase
from quittance.services import imports, preview

pytestmark = pytest.mark.usefixtures("db")


def test_a_preview_counts_sums_and_shows_examples() -> None:
    one = company()
    imported(one, [invoices("C1;Alpha;F1;05/01/2026;04/02/2026;100,00")])
    given = invoices(
        "C1;Alpha;F1;05/01/2026;04/02/2026;120,00", "C2;Beta;F2;06/01/2026;;50,00", name="b.csv"
    )
    received = imports.receive_files(one.pk, [given], by=BY, at=AT)
    said = imports.read_import(one.pk, received.pk).summary
    assert said["new"] == [{"kind": "invoice", "currency": "EUR", "count": 1, "amount_minor": 5000}]
    assert said["changed"][0]["amount_minor"] == 12000
    assert said["changed_from"][0]["amount_minor"] == 10000
    assert said["balance"] == {"before": {"EUR": 10000}, "after": {"EUR": 17000}}
    assert said["customers"] == {"new": 1, "changed": 0}
    assert said["examples"]["changed"][0]["was"] == {"amount_minor": 10000}
    assert said["is_empty"] is False


def test_the_journal_keeps_what_is_said_without_the_examples() -> None:
    said = preview.said({"new": [], "examples": {"new": []}, "problems": {}})
    assert said == {"new": []}


def test_notes_are_phrases_again() -> None:
    assert preview.phrases({"notes": [{"fr": "un", "en": "one"}]}) == (Phrase("un", "one"),)
    assert preview.phrases({}) == ()
