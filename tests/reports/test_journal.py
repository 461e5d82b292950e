from datetime import date

import polars as pl

from quittance.reports.journal import ACTIONS, MOST_NAMES, journal_report

DAY = date(2026, 10, 1)
EVENTS = {
    "position": pl.Int64, "date": pl.Date, "time": pl.String, "actor": pl.String,
    "action": pl.String, "subject": pl.String, "customer": pl.String, "origin": pl.String,
    "hash": pl.String,
}  # fmt: skip


def events(*rows: tuple[str, str]) -> pl.DataFrame:
    full = [
        {**dict.fromkeys(EVENTS), "position": place, "actor": actor, "action": action}
        for place, (actor, action) in enumerate(rows, 1)
    ]
    return pl.DataFrame(full, schema=dict(EVENTS))


def test_actions_and_people_met_can_be_chosen() -> None:
    report = journal_report(events(("Ann", "import.applied"), ("Bob", "odd.thing")), DAY)
    words = {column.name: column.words for column in report.columns if column.words}
    assert set(words["action"]) == {"import.applied", "odd.thing"}
    assert words["action"]["import.applied"] == ACTIONS["import.applied"]
    assert words["action"]["odd.thing"].en == "odd.thing"
    assert set(words["actor"]) == {"Ann", "Bob"}


def test_too_many_people_are_searched_and_not_listed() -> None:
    many = events(*((f"P{n}", "note.written") for n in range(MOST_NAMES + 1)))
    assert "actor" not in {one.name for one in journal_report(many, DAY).columns if one.words}
