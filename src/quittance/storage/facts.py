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

CUSTOMERS: Schema = {
    "id": pl.Int64,
    "customer": pl.String,
    "name": pl.String,
    "kind": pl.String,
    "terms": pl.String,
    "held_fields": pl.String,  # JSON list of what a person set
    "siren": pl.String,
    "siret": pl.String,
    "vat": pl.String,
}
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
ALLOCATION_CONTENT = ("amount_minor", "date", "recorded_date", "value_date")
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


def held_customers(company_id: int) -> pl.DataFrame:
    """The customers of a company, by code."""
    query = """SELECT id, code AS customer, name, kind, terms, held_fields::text AS held_fields,
               siren, siret, vat FROM customer WHERE company_id = %s ORDER BY code"""
    return frame_of(query, [company_id], schema=CUSTOMERS)


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


def remove_rates(ids: pl.Series) -> None:
    """Take exchange rates out: they are quoted from files, which stay."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM exchange_rate WHERE id = ANY(%s)", [ids.to_list()])


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


def change_customers(rows: pl.DataFrame, columns: Sequence[str]) -> None:
    """Change columns of customers, by `id`, all at once."""
    if rows.is_empty():
        return
    sets = sql.SQL(", ").join(
        sql.SQL("{0} = stage_customer.{0}").format(sql.Identifier(name)) for name in columns
    )
    named = sql.SQL(", ").join(sql.Identifier(name) for name in ("id", *columns))
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "CREATE TEMP TABLE stage_customer ON COMMIT DROP AS "
                "SELECT {} FROM customer WITH NO DATA"
            ).format(named)
        )
        copy_in(rows.select("id", *columns), "stage_customer")
        cursor.execute(  # in one order, as people's changes in number do: nobody waits in a circle
            "SELECT 1 FROM customer JOIN stage_customer USING (id) "
            "ORDER BY customer.id FOR NO KEY UPDATE OF customer"
        )
        cursor.execute(
            sql.SQL(
                "UPDATE customer SET {}, version = version + 1 FROM stage_customer "
                "WHERE customer.id = stage_customer.id"
            ).format(sets)
        )
        cursor.execute("DROP TABLE stage_customer")
