import pytest

from quittance.storage.people import searchable


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("C0042", "Société d'Électricité"), "c0042 societe d electricite"),
        (("Œuvres & Cie",), "oeuvres cie"),
        (("  ",), ""),
        (("ΑΒΓ", "12"), "12"),
    ],
)
def test_words_are_compared_without_accents_case_or_marks(
    words: tuple[str, ...], found: str
) -> None:
    assert searchable(*words) == found
