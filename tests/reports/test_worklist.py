from datetime import date

import polars as pl
import pytest

from quittance.core.book import Book
from quittance.reports.worklist import habit, reason, worklist_report

ROW = {
    "count": 2,
    "oldest_days": 40,
    "lapses_date": None,
    "lapsing_minor": None,
    "unallocated_minor": 0,
    "received_minor": 0,
    "credit_notes_minor": 0,
    "currency": "EUR",
    "recent_late_days": 5.0,
    "earlier_late_days": 4.0,
}


def test_the_sliding_customer_comes_first_and_it_shows(
    lumiere: Book, as_of: date, none: pl.DataFrame
) -> None:
    rows = worklist_report(lumiere, as_of, problems=none).rows
    first = rows.row(0, named=True)
    assert first["customer"] == "C001"
    assert first["overdue_minor"] == 6_744_343
    assert "règle maintenant 60 jours après l'échéance" in first["reason_fr"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "2 échéances en retard, la plus ancienne de 40 jours."),
        ({"count": 1}, "Une échéance en retard de 40 jours."),
        (
            {"unallocated_minor": -5_000, "received_minor": -5_000},
            "à lettrer avant de relancer : 50,00\u00a0€ reçus.",
        ),
        (
            {"unallocated_minor": -5_000, "credit_notes_minor": -5_000},
            "relancer : 50,00\u00a0€ d'avoirs.",
        ),
        (
            {"unallocated_minor": -6_000, "received_minor": -1_000, "credit_notes_minor": -2_000},
            "10,00\u00a0€ reçus, 20,00\u00a0€ d'avoirs, 30,00\u00a0€ d'autres crédits",
        ),
        (
            {"lapses_date": date(2026, 10, 20), "lapsing_minor": 100},
            "se prescrivent à partir du 20/10/2026",
        ),
        ({"recent_late_days": None}, "n'a rien réglé depuis quatre mois"),
        ({"recent_late_days": 30.2}, "règle maintenant 30 jours après l'échéance, contre 4"),
    ],
)
def test_the_reason_is_one_sentence(facts: dict[str, object], words: str) -> None:
    said = reason({**ROW, **facts}).fr
    assert words in said
    assert said.endswith(".")
    assert said[0].isupper() or said[0].isdigit()


def test_who_paid_ahead_before_is_said_to_have_paid_ahead() -> None:
    (said,) = habit(12.0, -15.0)
    assert said.fr.replace("\xa0", " ") == (
        "règle maintenant 12 jours après l'échéance, contre 15 jours avant elle auparavant"
    )
    assert habit(-2.0, -15.0) == []
