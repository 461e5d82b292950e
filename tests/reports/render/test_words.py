"""Every fixed word exists in both languages, with the same facts to fill in."""

from string import Formatter

import pytest

from quittance.core.phrase import Phrase
from quittance.reports.render import words

PHRASES = {name: value for name, value in vars(words).items() if isinstance(value, Phrase)}


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field}


@pytest.mark.parametrize("name", PHRASES)
def test_both_languages_name_the_same_facts(name: str) -> None:
    phrase = PHRASES[name]
    assert phrase.fr
    assert phrase.en
    assert fields(phrase.fr) == fields(phrase.en)


def test_there_are_twelve_months() -> None:
    assert len(words.MONTHS) == 12
    assert words.MONTHS[1].text("fr") == "févr."
