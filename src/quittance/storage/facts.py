"""The facts of a company as frames, and the difference of two readings written back.

Rows go in by COPY into a temporary table (PostgreSQL refuses COPY where rows are walled), then by
one INSERT … SELECT: whole columns at a time, whatever their number.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import polars as pl
from django.db import connection
from psycopg import sql

from quittance.core.schema import EXCHANGE_RATES, Schema
from quittance.storage.frames import copy_in, frame_of

ITEM_CONTENT = (
    "customer_id", "kind", "document", "date", "issue_date", "due_date", "currency",
    "amount_minor", "recorded_date",
)  # fmt: skip
ITEM_SOURCE = ("file_id", "line", "journal", "entry", "account", "label")
ITEMS: Schema = {
    "id": pl.Int64,
    "key": pl.String,
    "customer_id": pl.Int64,
    "kind": pl.String,
    "document": pl.String,
    "date": pl.Date,
    "issue_date": pl.Date,
    "due_date": pl.Date,
    "currency": pl.String,
    "amount_minor": pl.Int64,
    "recorded_date": pl.Date,
}
ALLOCATION_CONTENT = ("amount_minor", "date", "recorded_date", "value_date", "matching_code")
ALLOCATIONS: Schema = {
    "id": pl.Int64,
    "debit_id": pl.Int64,
    "credit_id": pl.Int64,
    "currency": pl.String,
    "amount_minor": pl.Int64,
    "date": pl.Date,
    "recorded_date": pl.Date,
    "value_date": pl.Date,
    "origin": pl.String,
    "matching_code": pl.String,
}
MOVEMENT_KEY = ("account", "date", "is_opening")
MOVEMENT_CONTENT = ("debit_minor", "credit_minor")
MOVEMENTS: Schema = {
    "id": pl.Int64,
    "account": pl.String,
    "date": pl.Date,
    "is_opening": pl.Boolean,
    "debit_minor": pl.Int64,
    "credit_minor": pl.Int64,
}
RATE_KEY = ("currency", "date")
RATE_CONTENT = ("rate_e6",)
RATES: Schema = {"id": pl.Int64, **EXCHANGE_RATES}
FACTS: Mapping[str, Schema] = {
    "ledger_item": ITEMS,
    "allocation": ALLOCATIONS,
    "account_movement": MOVEMENTS,
}


def held(table: str, company_id: int) -> pl.DataFrame:
    """The facts of a table that hold now."""
    names = ", ".join(FACTS[table])
    query = f"SELECT {names} FROM {table} WHERE company_id = %s AND reversed_at IS NULL ORDER BY id"  # noqa: S608
    return frame_of(query, [company_id], schema=FACTS[table])


def held_rates(company_id: int) -> pl.DataFrame:
    """The exchange rates that a company's files gave."""
    query = """SELECT id, currency, date, rate_e6 FROM exchange_rate WHERE company_id = %s
               ORDER BY date, currency"""
    return frame_of(query, [company_id], schema=RATES)


def remove_rows(table: str, ids: pl.Series) -> None:
    """Take out what is no fact: exchange rates and contacts, which are quoted from files."""
    if ids.is_empty():
        return
    query = sql.SQL("DELETE FROM {} WHERE id = ANY(%s)").format(sql.Identifier(table))
    with connection.cursor() as cursor:
        cursor.execute(query, [ids.to_list()])


def new_ids(table: str, count: int) -> pl.Series:
    """As many numbers of a table as asked for, taken and never given again."""
    if not count:
        return pl.Series("id", [], dtype=pl.Int64)
    query = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) AS id FROM generate_series(1, %s)"
    return frame_of(query, [table, count], schema={"id": pl.Int64})["id"]


def add_rows(table: str, rows: pl.DataFrame, *, constants: Mapping[str, Any]) -> None:
    """Add rows to a table, with the same value of some columns in all of them."""
    if rows.is_empty():
        return
    stage = f"stage_{table}"
    named = [sql.Identifier(name) for name in rows.columns]
    given = [sql.Identifier(name) for name in constants]
    columns = sql.SQL(", ").join(named)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                sql.Identifier(stage), columns, sql.Identifier(table)
            )
        )
        copy_in(rows, stage)
        cursor.execute(
            sql.SQL("INSERT INTO {} ({}, {}) SELECT {}, {} FROM {}").format(
                sql.Identifier(table),
                columns,
                sql.SQL(", ").join(given),
                columns,
                sql.SQL(", ").join(sql.Placeholder() * len(given)),
                sql.Identifier(stage),
            ),
            list(constants.values()),
        )
        cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(stage)))


def reverse_rows(table: str, ids: pl.Series, *, event_id: int, at: datetime) -> None:
    """Close facts: they held until now and no longer."""
    if ids.is_empty():
        return
    close = sql.SQL(
        "UPDATE {} SET reversed_at = %s, reversed_by_id = %s WHERE id IN (SELECT id FROM {})"
    )
    stage = f"stage_{table}"
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMP TABLE {} (id bigint) ON COMMIT DROP").format(sql.Identifier(stage))
        )
        copy_in(pl.DataFrame({"id": ids.cast(pl.Int64)}), stage)
        cursor.execute(close.format(sql.Identifier(table), sql.Identifier(stage)), [at, event_id])
        cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(stage)))


def change_rows(table: str, rows: pl.DataFrame, *, columns: Sequence[str]) -> None:
    """Change columns of customers or contacts, by `id`, all at once, each to its next version.

    They are locked in one order, as people's changes in number are: nobody waits in a circle.
    """
    if rows.is_empty():
        return
    stage, name = sql.Identifier(f"stage_{table}"), sql.Identifier(table)
    sets = sql.SQL(", ").join(
        sql.SQL("{0} = {1}.{0}").format(sql.Identifier(one), stage) for one in columns
    )
    named = sql.SQL(", ").join(sql.Identifier(one) for one in ("id", *columns))
    statements = (
        "CREATE TEMP TABLE {stage} ON COMMIT DROP AS SELECT {named} FROM {name} WITH NO DATA",
        "SELECT 1 FROM {name} JOIN {stage} USING (id) ORDER BY {name}.id "
        "FOR NO KEY UPDATE OF {name}",
        "UPDATE {name} SET {sets}, version = version + 1 FROM {stage} WHERE {name}.id = {stage}.id",
        "DROP TABLE {stage}",
    )
    parts = {"stage": stage, "name": name, "named": named, "sets": sets}
    with connection.cursor() as cursor:
        for place, statement in enumerate(statements):
            cursor.execute(sql.SQL(statement).format(**parts))
            if place == 0:
                copy_in(rows.select("id", *columns), f"stage_{table}")
