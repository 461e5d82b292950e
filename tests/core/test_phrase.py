"""The same sentence in French and in English."""

from datetime import date

from quittance.core.phrase import LANGUAGES, Phrase, day_words, same


def test_a_phrase_is_said_in_each_language() -> None:
    phrase = Phrase("échéance", "due date")
    assert [phrase.text(lang) for lang in LANGUAGES] == ["échéance", "due date"]


def test_facts_are_filled_in_both_and_may_be_phrases() -> None:
    phrase = Phrase("{count} {what} en retard", "{count} late {what}")
    filled = phrase.filled(count=3, what=Phrase("factures", "invoices"))
    assert filled == Phrase("3 factures en retard", "3 late invoices")


def test_days_and_codes() -> None:
    assert day_words(date(2026, 7, 2)) == Phrase("02/07/2026", "2026-07-02")
    assert same("FA-001") == Phrase("FA-001", "FA-001")
