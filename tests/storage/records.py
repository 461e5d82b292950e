"""A small record with everything that a backup must keep: rows, rights, rules, triggers."""

from pathlib import Path

import psycopg

from quittance.storage.address import Address

TABLES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE TABLE company (id bigint PRIMARY KEY, name text)",
    "CREATE TABLE event (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
    "company_id bigint REFERENCES company, amount_minor bigint NOT NULL, file bytea)",
    "CREATE INDEX company_name ON company USING gin (name gin_trgm_ops)",
    "CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$",
    "CREATE TRIGGER never BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION never()",
    "ALTER TABLE event ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE event FORCE ROW LEVEL SECURITY",
    "CREATE POLICY wall ON event USING (company_id = ANY (string_to_array("
    "nullif(current_setting('quittance.companies', true), ''), ',')::bigint[]))",
    "GRANT SELECT, INSERT ON event TO quittance_app",
    "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO quittance_app",
    "COMMENT ON TABLE event IS 'Journal'",
)
ABOUT = (
    "SELECT relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner), "
    "has_table_privilege('quittance_app', oid, 'INSERT'), "
    "has_table_privilege('quittance_app', oid, 'DELETE'), obj_description(oid) "
    "FROM pg_class WHERE relname = 'event'"
)


def fill(address: Address, events: int = 100) -> None:
    """Two companies and their events."""
    with psycopg.connect(address.conninfo("owner"), autocommit=True) as connection:
        for text in TABLES:
            connection.execute(text)
        connection.execute("SET quittance.companies = '1,2'")
        connection.execute("INSERT INTO company VALUES (1, 'Lumière'), (2, 'Œuvre')")
        connection.execute(
            "INSERT INTO event (company_id, amount_minor, file) "
            "SELECT 1 + n %% 2, n, decode(md5(n::text), 'hex') FROM generate_series(1, %s) n",
            [events],
        )


def content(address: Address) -> tuple[object, ...]:
    """All rows and how they are protected, to be compared."""
    with psycopg.connect(address.conninfo("owner")) as connection:
        connection.execute("SET quittance.companies = '1,2'")
        companies = connection.execute("SELECT * FROM company ORDER BY id").fetchall()
        events = connection.execute("SELECT * FROM event ORDER BY id").fetchall()
        about = connection.execute(ABOUT).fetchone()
    return companies, events, about


def seen_by_application(address: Address, companies: str) -> int:
    """How many events the application sees."""
    with psycopg.connect(address.conninfo("app")) as connection:
        connection.execute("SELECT set_config('quittance.companies', %s, true)", [companies])
        found = connection.execute("SELECT count(*) FROM event").fetchone()
    return int(found[0]) if found else -1


def databases(address: Address) -> set[str]:
    """The names of the server's databases."""
    with psycopg.connect(address.conninfo("setup", "postgres")) as connection:
        return {str(row[0]) for row in connection.execute("SELECT datname FROM pg_database")}


def cut(path: Path, target: Path, *, at: int) -> Path:
    """The beginning of a file."""
    target.write_bytes(path.read_bytes()[:at])
    return target
