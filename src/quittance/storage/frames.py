"""Between PostgreSQL and frames: COPY in and out, whole columns at a time, never row by row."""

from collections.abc import Sequence
from io import BytesIO

import polars as pl
from django.db import connection
from psycopg import sql

from quittance.core.schema import Schema, shaped

NULL = "\x1f"  # a control character that no export holds


def frame_of(query: str, parameters: Sequence[object], *, schema: Schema) -> pl.DataFrame:
    """The rows of a query as a frame of the given columns, in the query's order.

    The query names its columns as the schema does. Instants come as text in the session's zone.
    """
    out = BytesIO()
    with connection.cursor() as cursor:
        bound = cursor.cursor.mogrify(query, parameters) if parameters else query
        copy = sql.SQL("COPY ({}) TO STDOUT WITH (FORMAT csv, HEADER, NULL {})").format(
            sql.SQL(bound), sql.Literal(NULL)
        )
        with cursor.copy(copy) as rows:  # psycopg's own cursor, behind Django's
            for block in rows:
                out.write(block)
    out.seek(0)
    texts = {name: pl.String if dtype == pl.Boolean else dtype for name, dtype in schema.items()}
    frame = pl.read_csv(out, schema=texts, null_values=NULL, empty_string_is_null=False)
    flags = [(pl.col(name) == "t").alias(name) for name, dtype in schema.items()
             if dtype == pl.Boolean]  # fmt: skip
    return shaped(frame.with_columns(flags), schema)


def copy_in(frame: pl.DataFrame, table: str) -> None:
    """Append the rows of a frame to a table, column by name."""
    names = sql.SQL(", ").join(sql.Identifier(name) for name in frame.columns)
    copy = sql.SQL("COPY {} ({}) FROM STDIN WITH (FORMAT csv, NULL {})").format(
        sql.Identifier(table), names, sql.Literal(NULL)
    )
    with connection.cursor() as cursor, cursor.copy(copy) as rows:
        for part in frame.iter_slices(200_000):
            block = BytesIO()
            part.write_csv(block, include_header=False, null_value=NULL)
            rows.write(block.getbuffer())
