"""Tables as plain values."""

from django.http import QueryDict

from quittance.web.samples import aged_balance
from quittance.web.table_views import PLAIN
from quittance.web.tables import table_of


def test_a_table_is_filtered_when_some_filter_is_told() -> None:
    assert table_of(aged_balance(), QueryDict("q=hotels"), lang="fr").is_filtered
    assert not table_of(aged_balance(), QueryDict("sort=name"), lang="fr").is_filtered


def test_the_plain_shape_draws_days_past_due_by_age() -> None:
    assert PLAIN.tones["days_past_due"](91) == "age-4"
