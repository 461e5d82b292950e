"""The only file that reads the time."""

from datetime import UTC, date, datetime

__all__ = ["now", "today"]


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day where the machine is."""
    return date.today()
