"""One debt: the clause of the contract, and what is said beside the amounts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

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
    assert notes(as_of=date(2026, 1, 31))[0].startswith("No day bears interest up to this date")


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


@pytest.mark.parametrize(
    ("debt", "clause_text", "option"),
    [
        (replace(DEBT, kind="public"), "20%", "--rate"),
        (replace(DEBT, kind="consumer", notice_date=date(2026, 2, 1)), "10%", "--rate"),
        (replace(DEBT, creditor="individual"), "12%", "--rate"),
        (replace(DEBT, judgment_date=date(2026, 3, 1)), "", "--judgment"),
        (replace(DEBT, notice_date=date(2026, 3, 1)), "", "--notice"),
    ],
)
def test_an_option_without_effect_is_said_and_never_called_under_the_floor(
    debt: Debt, clause_text: str, option: str
) -> None:
    told = notes(debt, clause(clause_text))
    assert f"{option}: no effect on this debt." in told
    assert not any("floor" in note for note in told)


@pytest.mark.parametrize("allocation", ["principal", "interest"])
def test_what_was_paid_in_excess_is_said(allocation: Literal["principal", "interest"]) -> None:
    paid = [(date(2026, 3, 1), Decimal(14_000))]
    asked = Asked(DEBT, paid, DAY, Policy(allocation=allocation), "EUR")
    report = report_of(asked)
    value = {figure.name: figure.value for figure in report.figures}
    surplus = 400_000 - value["interest_paid_minor"]
    told = [note.en for note in report.notes]
    assert any(f"€{surplus / 100:,.2f} paid in excess" in note for note in told)


def test_a_payment_after_the_day_is_told_and_not_counted() -> None:
    asked = Asked(DEBT, [(date(2026, 7, 1), Decimal(100))], DAY, Policy(), "EUR")
    assert any("1 payment(s) after the day" in note.en for note in report_of(asked).notes)


def test_forty_euros_are_not_forty_yen() -> None:
    report = report_of(Asked(DEBT, [], DAY, Policy(), "JPY"))
    value = {figure.name: figure.value for figure in report.figures}
    assert value["indemnity_minor"] == 0
    assert any("€40" in note.en for note in report.notes)
