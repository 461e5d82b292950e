import polars as pl

from quittance.core.phrase import Phrase, same
from quittance.reports.dashboard import dashboard_figures, year_change
from quittance.reports.report import Figure

AGED = pl.DataFrame(
    {
        "customer": ["A", "B", "C"],
        "currency": ["EUR", "EUR", "USD"],
        "not_due_minor": [1000, 0, 5],
        "days_1_30_minor": [500, 0, 0],
        "days_over_30_minor": [0, 300, 0],
        "unallocated_minor": [-200, 0, 0],
        "balance_minor": [1300, 300, 5],
    }
)


def test_the_figures_are_those_of_the_currency_most_is_owed_in() -> None:
    figures = {one.name: one for one in dashboard_figures(AGED)}
    values = {name: one.value for name, one in figures.items()}
    assert values == {
        "balance_minor": 1600, "overdue_minor": 800, "unallocated_minor": -200,
    }  # fmt: skip
    comments = {name: one.comment and one.comment.fr for name, one in figures.items()}
    assert comments["balance_minor"] == "et 0,05\u00a0$"
    assert comments["unallocated_minor"] is None
    assert figures["overdue_minor"].comment is not None
    assert figures["overdue_minor"].comment.en == "44% of what is owed, doubtful claims included"


def test_what_a_year_has_changed() -> None:
    dso = Figure("dso_count_back", same("DSO"), 50.0, "days", same("f"))
    cei = Figure("cei", same("CEI"), 90.0, "percent", same("f"))
    words, tone = year_change(dso, [46.84, *[None] * 11, 50.0])
    assert (words.fr.replace("\xa0", " "), words.en, tone) == (
        "+3,2 j en un an", "+3.2 d in a year", "bad",
    )  # fmt: skip
    assert year_change(dso, [55.0, *[1.0] * 11, 50.0])[1] == "ok"
    assert year_change(cei, [80.0, *[1.0] * 11, 90.0])[1] == "ok"
    for unknown in ([], [50.0] * 12, [None, *[1.0] * 12], [50.0] * 12 + [50.01]):
        assert year_change(dso, unknown) == (Phrase("", ""), "")
