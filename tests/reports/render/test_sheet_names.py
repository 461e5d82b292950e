"""Names of sheets."""

from hypothesis import given
from hypothesis import strategies as st

from quittance.reports.render.sheet_names import SheetNames


@given(st.lists(st.text(alphabet="aA*/[]:?\\'é😀 H", max_size=40), max_size=12))
def test_names_are_short_valid_and_unique(titles: list[str]) -> None:
    names = SheetNames()
    given_names = [names.new(title) for title in titles]
    assert len({name.lower() for name in given_names}) == len(titles)
    for name in given_names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_a_second_sheet_of_the_same_title_is_numbered() -> None:
    names = SheetNames()
    assert [names.new("Balance"), names.new("balance"), names.new("")] == [
        "Balance",
        "balance (2)",
        "-",
    ]


def test_the_name_that_excel_keeps_for_itself_is_avoided() -> None:
    assert SheetNames().new("History") == "History-1"
