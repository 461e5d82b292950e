"""What Django's models cannot say: constraints over two tables, immutability, the second wall.

Facts may only be closed, the journal may only grow, an allocation stays within both its sides and
in their currency, and a row of a company is seen only by whoever has that company in
`quittance.companies` (row-level security, forced on the owner too).
"""

from django.db import migrations

COMPANY_TABLES = (
    "customer", "customer_group", "contact", "note", "saved_view", "event", "import",
    "import_file", "import_content", "ledger_item", "allocation", "account_movement",
    "exchange_rate",
)  # fmt: skip
FACTS = ("ledger_item", "allocation", "account_movement")

MINE = """(SELECT string_to_array(nullif(current_setting('quittance.companies', true), ''),
                  ',')::bigint[])"""

WALL = """
ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;
CREATE POLICY wall ON "{table}" USING ({condition}) WITH CHECK ({condition});
"""
SIGHT = """
CREATE POLICY sight ON "{table}" FOR SELECT USING ({condition});
"""
NO_WALL = """
DROP POLICY IF EXISTS sight ON "{table}";
DROP POLICY wall ON "{table}";
ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY;
"""
IS_OPERATOR = "current_setting('quittance.operator', true) = 'on'"
IS_ME = "nullif(current_setting('quittance.user', true), '')::bigint"
IS_MINE = f"company_id = ANY ({MINE}::bigint[])"
BY_LINK = "secret_sha256 = current_setting('quittance.invitation', true)"
WALLS = {  # what may be seen and written
    **dict.fromkeys(COMPANY_TABLES, IS_MINE),
    "membership": f"{IS_MINE} OR {IS_OPERATOR}",
    "invitation": IS_MINE,
    "company": f"id = ANY ({MINE}::bigint[]) OR {IS_OPERATOR}",
}
SIGHTS = {  # what may be seen besides: one's own places, and the place behind an invitation's link
    "membership": f"user_id = {IS_ME}",
    "invitation": BY_LINK,
    "company": f"id IN (SELECT company_id FROM membership WHERE user_id = {IS_ME}) "
    f"OR id IN (SELECT company_id FROM invitation WHERE {BY_LINK})",
}

ACROSS = """
ALTER TABLE ledger_item ADD CONSTRAINT ledger_item_customer_of_company
  FOREIGN KEY (customer_id, company_id) REFERENCES customer (id, company_id);
ALTER TABLE allocation ADD CONSTRAINT allocation_debit_same_currency
  FOREIGN KEY (debit_id, company_id, currency) REFERENCES ledger_item (id, company_id, currency);
ALTER TABLE allocation ADD CONSTRAINT allocation_credit_same_currency
  FOREIGN KEY (credit_id, company_id, currency) REFERENCES ledger_item (id, company_id, currency);
ALTER TABLE account_movement ADD CONSTRAINT account_movement_company
  FOREIGN KEY (company_id) REFERENCES company (id);
ALTER TABLE contact ADD CONSTRAINT contact_customer_of_company
  FOREIGN KEY (customer_id, company_id) REFERENCES customer (id, company_id) ON DELETE CASCADE;
ALTER TABLE note ADD CONSTRAINT note_customer_of_company
  FOREIGN KEY (customer_id, company_id) REFERENCES customer (id, company_id);
CREATE INDEX ledger_item_reversed ON ledger_item (reversed_by_id) WHERE reversed_by_id IS NOT NULL;
CREATE INDEX allocation_reversed ON allocation (reversed_by_id) WHERE reversed_by_id IS NOT NULL;
CREATE INDEX account_movement_reversed ON account_movement (reversed_by_id)
  WHERE reversed_by_id IS NOT NULL;
"""

CLOSING = """
CREATE FUNCTION fact_only_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a fact of % is never deleted: reverse it', TG_TABLE_NAME;
  END IF;
  IF OLD.reversed_at IS NOT NULL OR NEW.reversed_at IS NULL OR NEW.reversed_by_id IS NULL
     OR NEW.reversed_at < OLD.recorded_at
     OR (to_jsonb(NEW) - 'reversed_at' - 'reversed_by_id')
        IS DISTINCT FROM (to_jsonb(OLD) - 'reversed_at' - 'reversed_by_id') THEN
    RAISE EXCEPTION 'a fact of % is never changed: reverse it and add another', TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal only grows: nothing in it is changed or deleted';
END $$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON event
  FOR EACH ROW EXECUTE FUNCTION journal_only_grows();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON event
  FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows();
"""
CLOSING_OF = """
CREATE TRIGGER only_closes BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION fact_only_closes();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows();
ALTER TABLE {table} ADD CONSTRAINT {table}_closed_by_event
  CHECK ((reversed_at IS NULL) = (reversed_by_id IS NULL));
"""

WITHIN = """
CREATE FUNCTION allocations_within_items() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE beyond record;
BEGIN
  PERFORM pg_advisory_xact_lock(7301, c.company_id::int)
    FROM (SELECT DISTINCT company_id FROM added ORDER BY 1) c;
  SELECT item.id, item.document, item.amount_minor, item.reversed_at, settled.total INTO beyond
    FROM (
      SELECT side.item, sum(side.total) AS total FROM (
        SELECT debit_id AS item, sum(amount_minor) AS total FROM allocation
          WHERE reversed_at IS NULL AND debit_id IN (SELECT debit_id FROM added) GROUP BY 1
        UNION ALL
        SELECT credit_id, -sum(amount_minor) FROM allocation
          WHERE reversed_at IS NULL AND credit_id IN (SELECT credit_id FROM added) GROUP BY 1
      ) side GROUP BY 1
    ) settled JOIN ledger_item item ON item.id = settled.item
    WHERE item.reversed_at IS NOT NULL
       OR sign(item.amount_minor) <> sign(settled.total)
       OR abs(settled.total) > abs(item.amount_minor)
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'allocation beyond the item % (%): % allocated of %',
      beyond.id, beyond.document, beyond.total, beyond.amount_minor
      USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_within_items';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER within_items AFTER INSERT ON allocation REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION allocations_within_items();
CREATE FUNCTION reversed_items_are_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7301, c.company_id::int)
    FROM (SELECT DISTINCT company_id FROM closed ORDER BY 1) c;
  IF EXISTS (SELECT 1 FROM closed JOIN allocation ON closed.id = allocation.debit_id
             WHERE allocation.reversed_at IS NULL)
     OR EXISTS (SELECT 1 FROM closed JOIN allocation ON closed.id = allocation.credit_id
                WHERE allocation.reversed_at IS NULL) THEN
    RAISE EXCEPTION 'an item is reversed after its allocations'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'reversed_item_is_free';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER free_when_reversed AFTER UPDATE ON ledger_item REFERENCING NEW TABLE AS closed
  FOR EACH STATEMENT EXECUTE FUNCTION reversed_items_are_free();
"""

CACHE = """
CREATE TABLE cache (
  cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
);
CREATE INDEX cache_expires ON cache (expires);
"""

DOWN = """
DROP TABLE cache;
DROP TRIGGER free_when_reversed ON ledger_item;
DROP FUNCTION reversed_items_are_free();
DROP TRIGGER within_items ON allocation;
DROP FUNCTION allocations_within_items();
DROP TRIGGER never_truncated ON event;
DROP TRIGGER only_grows ON event;
DROP INDEX ledger_item_reversed, allocation_reversed, account_movement_reversed;
ALTER TABLE note DROP CONSTRAINT note_customer_of_company;
ALTER TABLE contact DROP CONSTRAINT contact_customer_of_company;
ALTER TABLE account_movement DROP CONSTRAINT account_movement_company;
ALTER TABLE allocation DROP CONSTRAINT allocation_credit_same_currency;
ALTER TABLE allocation DROP CONSTRAINT allocation_debit_same_currency;
ALTER TABLE ledger_item DROP CONSTRAINT ledger_item_customer_of_company;
"""
DOWN_OF = """
DROP TRIGGER only_closes ON {table};
DROP TRIGGER never_truncated ON {table};
ALTER TABLE {table} DROP CONSTRAINT {table}_closed_by_event;
"""


def up() -> str:
    """Every statement, in order."""
    closings = [CLOSING_OF.format(table=table) for table in FACTS]
    walls = [WALL.format(table=table, condition=text) for table, text in WALLS.items()]
    sights = [SIGHT.format(table=table, condition=text) for table, text in SIGHTS.items()]
    return "\n".join([ACROSS, CLOSING, *closings, WITHIN, CACHE, *walls, *sights])


def down() -> str:
    """The way back."""
    walls = [NO_WALL.format(table=table) for table in WALLS]
    closings = [DOWN_OF.format(table=table) for table in FACTS]
    functions = "DROP FUNCTION fact_only_closes(); DROP FUNCTION journal_only_grows();"
    return "\n".join([*walls, *closings, DOWN, functions])


class Migration(migrations.Migration):
    """The walls and the rules of the record."""

    dependencies = [("storage", "0001_initial")]
    operations = [migrations.RunSQL(up(), down())]
