"""The invented figures of the living page: complete, the same each time."""

from django.http import QueryDict

from quittance.core.phrase import LANGUAGES
from quittance.web import samples


def test_each_row_of_the_invented_balance_adds_up() -> None:
    rows = samples.aged_balance().rows.to_dicts()
    names = (*samples.AGES, "unallocated_minor")
    assert all(row["balance_minor"] == sum(row[name] for name in names) for row in rows)
    assert {row["currency"] for row in rows} == {"EUR", "CHF"}


def test_every_state_of_a_table_is_there() -> None:
    for lang in LANGUAGES:
        shown = samples.tables(QueryDict(), lang)
        assert shown["balance"].is_selectable
        assert shown["balance"].pager.pages > 1
        assert not shown["empty"].all
        assert shown["none"].is_filtered
        assert not shown["none"].rows
