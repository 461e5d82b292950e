"""A sentence in every language of the product, side by side so that neither can be forgotten."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The same text in French and in English, with `{named}` facts to fill in.

    >>> Phrase("{days} jours de retard", "{days} days past due").filled(days=3).text("en")
    '3 days past due'
    """

    fr: str
    en: str

    def text(self, lang: Language) -> str:
        """The text in one language."""
        return self.fr if lang == "fr" else self.en

    def filled(self, **facts: object) -> Self:
        """The phrase with its facts written in; a fact may itself be a phrase."""
        fr = {k: v.fr if isinstance(v, Phrase) else v for k, v in facts.items()}
        en = {k: v.en if isinstance(v, Phrase) else v for k, v in facts.items()}
        return type(self)(self.fr.format(**fr), self.en.format(**en))


def day_words(day: date) -> Phrase:
    """A day as a reader of each language writes it.

    >>> day_words(date(2026, 7, 2)).fr
    '02/07/2026'
    """
    return Phrase(f"{day:%d/%m/%Y}", day.isoformat())


def same(text: str) -> Phrase:
    """A text that is the same in every language (a code, a name, a number of an article)."""
    return Phrase(text, text)
