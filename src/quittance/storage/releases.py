"""When PostgreSQL's minor releases came out, so that an old one can be told as old.

They are published for every supported major release on the same day, four times a year at least
(https://www.postgresql.org/developer/roadmap/). A row is added when one is checked.
"""

from datetime import date, timedelta

SOURCE = "https://www.postgresql.org/docs/release/"
RELEASES: tuple[tuple[date, tuple[str, ...]], ...] = (
    (date(2025, 11, 13), ("18.1", "17.7", "16.11", "15.15")),
    (date(2026, 2, 12), ("18.2", "17.8", "16.12", "15.16")),
    (date(2026, 2, 26), ("18.3", "17.9", "16.13", "15.17")),
    (date(2026, 5, 14), ("18.4", "17.10", "16.14", "15.18")),
    (date(2026, 8, 13), ("18.6", "17.11", "16.15", "15.19")),
    (date(2026, 11, 12), ("15.20",)),  # the other majors' numbers of that day were not checked
)
QUARTER = timedelta(days=92)


def released_on(version: str) -> date | None:
    """The day a minor release came out; None when it is newer or older than all that we know."""
    return next((day for day, versions in RELEASES if version in versions), None)


def outdated_since(version: str, today: date) -> date | None:
    """The day from which a newer minor release has been there, None when this is the newest known.

    Three months after the last row, the next release is taken to be out.
    """
    own = released_on(version)
    if own is None:
        known = [one for _, versions in RELEASES for one in versions if same_major(one, version)]
        is_older = any(minor(version) < minor(one) for one in known)
        return RELEASES[0][0] if is_older else None
    later = [day for day, _ in RELEASES if day > own]
    if later:
        return later[0]
    return own + QUARTER if today > own + QUARTER else None


def same_major(one: str, other: str) -> bool:
    """Whether two versions are of one major release."""
    return one.partition(".")[0] == other.partition(".")[0]


def minor(version: str) -> int:
    """The number of the minor release."""
    return int(version.partition(".")[2] or 0)
