"""What is known of a customer, in words."""

import pytest

from quittance.core.phrase import Phrase, same
from quittance.core.schema import CUSTOMER_KINDS
from quittance.reports.customer_words import (
    CONTACT_FIELDS,
    KINDS,
    changed_sentence,
    changes_words,
    field_words,
    together,
)


def test_each_kind_has_words() -> None:
    assert set(KINDS) == set(CUSTOMER_KINDS)


@pytest.mark.parametrize(
    ("field", "value", "french", "english"),
    [
        ("kind", "public", "organisme public", "public body"),
        ("language", "en", "anglais", "English"),
        ("segment", "Export", "Export", "Export"),
        ("terms", "", "rien", "nothing"),
        ("collector", None, "rien", "nothing"),
        ("is_main", True, "oui", "yes"),
        ("channels", ["email", "sms"], "e-mail, SMS", "e-mail, SMS"),
        ("channels", [], "rien", "nothing"),
    ],
)
def test_a_value_is_said_as_a_reader_sees_it(
    field: str, value: object, french: str, english: str
) -> None:
    found = field_words(field, value)
    assert (found.fr, found.en) == (french, english)


def test_a_change_is_told_field_by_field_without_what_stands_beside() -> None:
    before = {"terms": "30", "collector": "", "collector_id": None, "held_fields": []}
    after = {"terms": "45 EOM", "collector": "Inès", "collector_id": 7, "version": 2}
    told = changed_sentence(before, after)
    assert told.fr == "Conditions : 30 jours → 45 EOM ; Chargé de recouvrement : rien → Inès"
    assert told.en == "Terms: 30 days → 45 EOM; Collector: nothing → Inès"
    assert len(changes_words(before, after)) == 2


def test_a_contact_is_told_with_its_own_fields() -> None:
    told = changed_sentence({"phone": ""}, {"phone": "+331"}, labels=CONTACT_FIELDS)
    assert told.en == "Telephone: nothing → +331"


def test_phrases_stand_on_one_line() -> None:
    assert together([same("a"), Phrase("é", "e")]).fr == "a, é"
