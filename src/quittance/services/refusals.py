"""Why something was not done: what a service says instead of doing it halfway."""

from typing import ClassVar

from quittance.core.phrase import Language, Phrase


class UnableTo(Exception):  # noqa: N818  (a refusal with its remedy, not a fault)
    """A service refuses: `code` for programs, typed fields, a sentence and what to do next."""

    code: ClassVar[str] = "unable"
    sentence: ClassVar[Phrase]
    remedy: ClassVar[Phrase]

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.text("en"))

    def text(self, lang: Language) -> str:
        """The sentence and the remedy, with the fields filled in."""
        return " ".join(
            phrase.filled(**self.fields).text(lang) for phrase in (self.sentence, self.remedy)
        )
