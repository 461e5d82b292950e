"""Terms that changed on a day."""

from datetime import date

import polars as pl
import pytest
from tests.tables import book

from quittance.core.dated_terms import changed_from, of_their_day, stages
from quittance.core.terms import UnreadableTerms, readable, split_into_instalments, with_due_dates

DAY = date(2026, 11, 24)
DATED = "30 THEN 45 EOM FROM 2026-11-24"


def test_words_of_both_languages_and_any_case() -> None:
    assert stages("30 puis 45 fin de mois depuis 2026-11-24") == (
        (None, "30"), (DAY, "45 fin de mois"),
    )  # fmt: skip
    assert stages("30% 15 + 70% 45") == ((None, "30% 15 + 70% 45"),)


@pytest.mark.parametrize(
    "text",
    ["30 THEN 45 EOM", "30 THEN 45 EOM FROM 2026-02-30", "30 THEN bientôt FROM 2026-01-01",
     "30 THEN 45 FROM 2026-02-01 THEN 60 FROM 2026-01-01"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(UnreadableTerms):
        readable(text)


def test_a_change_keeps_what_was_before_and_replaces_what_was_to_come() -> None:
    assert readable(changed_from("30", "45 EOM", start=DAY)) == DATED
    later = changed_from(DATED, "60", start=date(2027, 1, 1))
    assert later == f"{DATED} THEN 60 FROM 2027-01-01"
    assert changed_from(later, "60", start=date(2026, 1, 1)) == "30 THEN 60 FROM 2026-01-01"
    assert changed_from(DATED, "30", start=DAY) == "30"


def test_each_row_has_the_terms_of_its_day() -> None:
    rows = pl.DataFrame(
        {"terms": [DATED, DATED, "30", None], "issue_date": [date(2026, 11, 23), DAY, DAY, DAY]}
    )
    found = rows.select(of_their_day(rows["terms"]))
    assert found["terms"].to_list() == ["30", "45 EOM", "30", None]


def test_due_dates_and_instalments_follow_the_day_of_issue() -> None:
    made = book(
        """
        item  document  kind     date        due         amount
        1     F1        invoice  2026-11-23  2026-11-23  100.00
        2     F2        invoice  2026-11-24  2026-11-24  100.00
        """
    )
    code = made.items["customer"][0]
    items = made.items.with_columns(due_date=pl.lit(None, dtype=pl.Date))
    for terms, expected in (
        (DATED, [date(2026, 12, 23), date(2027, 1, 31)]),
        ("30 THEN 50% 0 + 50% 10 FROM 2026-11-24", [date(2026, 12, 23), DAY, date(2026, 12, 4)]),
    ):
        customers = made.customers.with_columns(
            terms=pl.when(pl.col("customer") == code).then(pl.lit(terms)).otherwise("terms")
        )
        dated = with_due_dates(items, customers, default="30")
        cut, _ = split_into_instalments(
            dated, made.allocations, customers=customers, default="30"
        )  # fmt: skip
        assert cut.sort("document", "due_date")["due_date"].to_list() == expected
