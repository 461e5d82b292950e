"""A refusal says what was found and what to do, in both languages."""

from quittance.core.phrase import Phrase
from quittance.storage.refusal import UnableToServe


def test_a_refusal_says_what_was_found_and_what_to_do() -> None:
    refusal = UnableToServe(Phrase("Trop vieux.", "Too old."), Phrase("Changez.", "Change."))
    assert refusal.text("fr") == "Trop vieux. Changez."
    assert str(refusal) == "Too old. Change."
