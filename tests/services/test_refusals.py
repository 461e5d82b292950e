from quittance.core.phrase import Phrase
from quittance.services.refusals import UnableTo


class UnableToTest(UnableTo):
    code = "test"
    sentence = Phrase("La pièce {document} est soldée.", "The document {document} is settled.")
    remedy = Phrase("Rien à faire.", "Nothing to do.")


def test_a_refusal_says_what_and_what_to_do_in_both_languages() -> None:
    refusal = UnableToTest(document="F1")
    assert refusal.text("fr") == "La pièce F1 est soldée. Rien à faire."
    assert str(refusal) == "The document F1 is settled. Nothing to do."
    assert refusal.fields == {"document": "F1"}
