"""Why the database cannot be served, saved or restored: what was found, and what to do."""

from quittance.core.phrase import Language, Phrase


class UnableToServe(Exception):  # noqa: N818  (it is a refusal with its remedy, not a fault)
    """The database cannot be used as asked; carries what was found and the remedy."""

    def __init__(self, found: Phrase, remedy: Phrase) -> None:
        self.found = found
        self.remedy = remedy
        super().__init__(self.text("en"))

    def text(self, lang: Language) -> str:
        """What was found and what to do, as one text."""
        return f"{self.found.text(lang)} {self.remedy.text(lang)}"
