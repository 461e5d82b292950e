"""What a check of the installation found, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

from quittance.core.phrase import Phrase
from quittance.storage.refusal import UnableToServe

Severity = Literal["fine", "warning", "error"]


@dataclass(frozen=True)
class Finding:
    """One check: its code (a stable contract), what it is about, what was found, the remedy."""

    code: str
    severity: Severity
    subject: Phrase
    found: Phrase
    remedy: Phrase | None = None


@dataclass(frozen=True)
class Check:
    """What a check is about; it makes findings."""

    code: str
    subject: Phrase

    def fine(self, found: Phrase) -> Finding:
        """All is well."""
        return Finding(self.code, "fine", self.subject, found)

    def warning(self, found: Phrase, remedy: Phrase) -> Finding:
        """It works, but should be mended."""
        return Finding(self.code, "warning", self.subject, found, remedy)

    def error(self, found: Phrase, remedy: Phrase) -> Finding:
        """It does not work, or is not safe."""
        return Finding(self.code, "error", self.subject, found, remedy)

    def refused(self, refusal: UnableToServe) -> Finding:
        """A refusal, as the error that it is."""
        return self.error(refusal.found, refusal.remedy)
