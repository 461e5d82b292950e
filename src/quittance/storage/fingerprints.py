"""The fingerprint of the facts that an event added and of those it reversed.

A SHA-256 over every column of every row, in order; rows are hashed by stretches of a thousand, so
that a million rows never make one text. Days and instants enter as whole numbers, so that no
setting of a session changes a fingerprint.
"""

from collections.abc import Mapping, Sequence

from django.db import connection
from psycopg import sql

DAY = "{0} - DATE '2000-01-01'"
INSTANT = "(extract(epoch FROM {0}) * 1000000)::bigint"
OF_ITEM = (
    "id", "company_id", "key", "customer_id", "kind", "document", "date", "issue_date", "due_date",
    "currency", "amount_minor", "recorded_date", "file_id", "line", "journal", "entry", "account",
    "label", "recorded_at",
)  # fmt: skip
OF_ALLOCATION = (
    "id", "company_id", "debit_id", "credit_id", "currency", "amount_minor", "date",
    "recorded_date", "value_date", "origin", "recorded_at",
)  # fmt: skip
OF_MOVEMENT = (
    "id", "company_id", "account", "date", "is_opening", "debit_minor", "credit_minor",
    "recorded_at",
)  # fmt: skip
ADDED: Mapping[str, Sequence[str]] = {
    "ledger_item": OF_ITEM, "allocation": OF_ALLOCATION, "account_movement": OF_MOVEMENT,
}  # fmt: skip
REVERSED = ("id", "reversed_at")
SIDES = {"added": "added_by_id", "reversed": "reversed_by_id"}
FORMS = {  # the code of the books came later: events before it keep their fingerprints
    "origin": "concat_ws(' ', {0}, nullif(matching_code, ''))",
}
STRETCHES = """
SELECT event, {name} AS name, sum(rows)::text || ' ' ||
  encode(sha256(string_agg(hash, ''::bytea ORDER BY stretch)), 'hex') AS fingerprint
FROM (
  SELECT {by} AS event, id / 1024 AS stretch, count(*) AS rows,
    sha256(convert_to(string_agg(ROW({columns})::text, E'\\n' ORDER BY id), 'UTF8')) AS hash
  FROM {table} WHERE {by} {which} GROUP BY 1, 2
) stretched GROUP BY 1
"""
Fingerprints = dict[str, str]


def fingerprints_of(event_id: int) -> Fingerprints:
    """`ledger_item.added` → how many rows and their hash; nothing where an event touched none."""
    return asked("= %s", event_id).get(event_id, {})


def all_fingerprints(company_id: int) -> dict[int, Fingerprints]:
    """The same for every event that the facts of a company name, whether it exists or not."""
    return asked("IS NOT NULL AND company_id = %s", company_id)


def asked(which: str, number: int) -> dict[int, Fingerprints]:
    """The fingerprints of the events that a condition chooses."""
    found: dict[int, Fingerprints] = {}
    parts = [part(table, side, which=which) for table in ADDED for side in SIDES]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(parts), [number] * len(parts))
        for event, name, fingerprint in cursor.fetchall():
            found.setdefault(event, {})[name] = fingerprint
    return found


def part(table: str, side: str, *, which: str) -> sql.Composed:
    """The query of one table and one side."""
    columns = ADDED[table] if side == "added" else REVERSED
    return sql.SQL(STRETCHES).format(
        name=sql.Literal(f"{table}.{side}"),
        by=sql.Identifier(SIDES[side]),
        columns=sql.SQL(", ").join(stable(name) for name in columns),
        table=sql.Identifier(table),
        which=sql.SQL(which),
    )


def stable(name: str) -> sql.Composed:
    """A column as a text that no setting changes."""
    day_or_not = DAY if name.endswith("date") else INSTANT if name.endswith("_at") else "{0}"
    form = FORMS.get(name, day_or_not)
    return sql.SQL(form).format(sql.Identifier(name))
