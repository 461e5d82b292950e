import polars as pl

from quittance.reports.dashboard import dashboard_figures

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
    assert figures["overdue_minor"].comment is not None
    assert figures["overdue_minor"].comment.en == "44% of what is owed"
