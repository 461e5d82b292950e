from types import SimpleNamespace

from quittance.reports.event_words import event_words


def test_an_import_says_what_it_did_to_the_balance() -> None:
    event = SimpleNamespace(
        action="import.applied",
        subject="ventes.csv",
        after={"balance": {"before": {}, "after": {"EUR": 120000}}},
    )
    assert event_words(event, "en") == {
        "title": "Import applied: ventes.csv", "text": "balance €0.00 → €1,200.00",
    }  # fmt: skip


def test_an_event_without_words_says_its_name() -> None:
    event = SimpleNamespace(action="moon.landed", subject="Eagle", after=None)
    assert event_words(event, "fr") == {"title": "moon.landed : Eagle", "text": ""}
