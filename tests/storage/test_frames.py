from datetime import date

import polars as pl
import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import record

record.ready()

from quittance.storage.frames import copy_in, frame_of  # noqa: E402

SHAPE = {"name": pl.String, "amount_minor": pl.Int64, "day": pl.Date, "is_open": pl.Boolean}
texts = st.none() | st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\x1f"), max_size=12
)
rows = st.lists(
    st.tuples(
        texts,
        st.none() | st.integers(-(2**63) + 1, 2**63 - 1),
        st.none() | st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        st.none() | st.booleans(),
    ),
    max_size=8,
)


@settings(deadline=None)  # a server answers, not a function
@given(rows)
def test_what_goes_in_comes_out(given_rows: list[tuple[object, ...]]) -> None:
    frame = pl.DataFrame(given_rows, schema=SHAPE, orient="row").with_columns(
        pl.col("name").str.replace_all("\r", "")
    )
    with record.rolled_back(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE there (place serial, name text, amount_minor bigint, day date, "
            "is_open boolean)"
        )
        copy_in(frame, "there")
        query = "SELECT name, amount_minor, day, is_open FROM there ORDER BY place"
        assert frame_of(query, [], schema=SHAPE).equals(frame)


@pytest.mark.usefixtures("db")
def test_a_query_takes_parameters_and_gives_no_row() -> None:
    shape = {"n": pl.Int64}
    assert frame_of("SELECT %s::bigint AS n", [7], schema=shape)["n"].to_list() == [7]
    assert frame_of("SELECT 1 AS n WHERE %s = 'x'", ["it's; --"], schema=shape).height == 0
