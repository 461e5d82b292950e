"""The words of an import's page."""

from quittance.readers.outline import NAMES, Outline
from quittance.web.import_page import KINDS, STEPS, amounts, facts_of, fields_of

SUMMARY = {
    "balance": {"before": {}, "after": {"EUR": 1200000, "USD": 5}},
    "unchanged": 1234,
    "customers": {"new": 1000, "changed": 0},
    "allocations": {"new": 4, "reversed": 1, "manual_followed": 0, "manual_lost": 2},
    "movements": 0,
    "rates": 3,
}


def test_figures_beside_the_tables_are_said_with_their_currency() -> None:
    said = dict(facts_of(SUMMARY, "en"))
    assert said["Customers' balance before"] == "0"
    assert said["Balance after"] == "€12,000.00 · $0.05"
    assert said["Documents unchanged"] == "1,234"
    assert said["Customers"] == "1,000 new, 0 changed"
    assert said["Allocations made by hand"].endswith("2 lose theirs")
    assert said["Exchange rates"] == "3"


def test_what_does_not_happen_is_not_said() -> None:
    none = dict.fromkeys(("new", "reversed", "manual_followed", "manual_lost"), 0)
    quiet = {**SUMMARY, "rates": 0, "allocations": none}
    assert {"Exchange rates", "Allocations made by hand"}.isdisjoint(dict(facts_of(quiet, "en")))
    assert amounts({}, "fr") == "0"


def test_each_heading_offers_every_field_and_proposes_the_likely_one() -> None:
    seen = Outline(("Client", "Quoi"), (("C1", "F1"),), {"customer": "Client"})
    client, other = fields_of(seen, {}, lang="fr")
    assert client[0] == "Client"
    assert [field for field, _, is_chosen in client[1] if is_chosen] == ["customer"]
    assert not any(is_chosen for _, _, is_chosen in other[1])
    assert {field for field, _, _ in other[1]} == set(NAMES)
    said = fields_of(seen, {"document": "Quoi"}, lang="fr")
    assert [field for field, _, is_chosen in said[1][1] if is_chosen] == ["document"]
    assert not any(is_chosen for _, _, is_chosen in said[0][1])


def test_every_kind_of_file_and_every_step_has_words() -> None:
    assert set(KINDS) >= {"entries", "invoices", "payments", "customers", "exchange_rates"}
    assert set(STEPS) == {"", "read", "compare", "write"}
