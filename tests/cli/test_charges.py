"""One debt: the clause of the contract, and what is said beside the amounts."""

from datetime import date
from decimal import Decimal

import pytest
import typer
from tests.cli.commands import asked as answered

from quittance.cli.charges import Asked, clause, report_of
from quittance.core.late_charges import Debt, Policy

DEBT = Debt(principal_minor=1_000_000, due_date=date(2026, 1, 31))
DAY = date(2026, 6, 30)


def notes(debt: Debt = DEBT, policy: Policy | None = None, as_of: date = DAY) -> list[str]:
    asked = Asked(debt, [], as_of, policy or Policy(), "EUR")
    return [note.en for note in report_of(asked).notes]


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("", Policy()),
        ("8%", Policy(clause="fixed", fixed_ppm=80_000)),
        ("8", Policy(clause="fixed", fixed_ppm=80_000)),
        ("12,15 %", Policy(clause="fixed", fixed_ppm=121_500)),
        ("0%", Policy(clause="fixed", fixed_ppm=0)),
        ("3xlegal", Policy(clause="3xlegal")),
        ("3 x légal", Policy(clause="3xlegal")),
        ("3XLEGAL", Policy(clause="3xlegal")),
    ],
)
def test_a_rate_is_a_percentage_or_three_times_the_legal_one(text: str, policy: Policy) -> None:
    assert clause(text) == policy


@pytest.mark.parametrize("text", ["huit", "-1%", "101%", "%", "NaN", "3x"])
def test_other_texts_are_no_rate(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="--rate"):
        clause(text)


def test_amounts_paid_are_minor_units_of_the_currency() -> None:
    paid = [(date(2026, 3, 1), Decimal("4000.50"))]
    report = report_of(Asked(DEBT, paid, DAY, Policy(), "EUR"))
    figures = {figure.name: figure.value for figure in report.figures}
    assert figures["principal_open_minor"] == 1_000_000 - 400_050


def test_what_is_rounded_is_said() -> None:
    assert notes() == ["Each segment is shown to the cent; the total is rounded once."]


def test_a_debt_that_is_not_late_says_so() -> None:
    assert notes(as_of=date(2026, 1, 31))[0].startswith("Not a day late on this date")


def test_a_consumer_without_a_formal_notice_owes_no_interest() -> None:
    consumer = Debt(principal_minor=1_000_000, due_date=date(2026, 1, 31), kind="consumer")
    assert notes(consumer)[0].startswith("A consumer owes interest only from a formal notice on")


def test_a_rate_under_the_floor_is_shown_in_its_three_readings() -> None:
    told = notes(policy=Policy(clause="fixed", fixed_ppm=10_000))
    assert told[0].startswith("The contract's rate is below the floor")
    assert told[0].count("€") == 3
    assert not any("floor" in note for note in notes(policy=clause("12%")))


def test_the_command_gives_what_the_report_says() -> None:
    answer = answered(
        "charges", "--amount", "10000", "--due", "2026-01-31", "--on", "2026-06-30", "--lang", "en"
    )
    assert answer["notes"] == notes()
