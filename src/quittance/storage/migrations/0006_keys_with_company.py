"""What a row names is of its own company, also where only the services said so; one main contact.

A row that adds facts names an event that is written after it: these keys wait for the commit. They
take the place of the simple ones where there are many rows.
"""

import django.db.models.deletion
from django.db import migrations, models

NAMED = ("customer_group", "import", "import_file", "event")  # what others name with its company
KEYS = (  # table, column, what it names
    ("customer", "group_id", "customer_group"),
    ("import_file", "belongs_to_id", "import"),
    ("import_content", "file_id", "import_file"),
    ("ledger_item", "file_id", "import_file"),
    ("event", "customer_id", "customer"),
    ("ledger_item", "added_by_id", "event"),
    ("allocation", "added_by_id", "event"),
    ("account_movement", "added_by_id", "event"),
)
KEY = """
ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_of_company
  FOREIGN KEY ({column}, company_id) REFERENCES "{named}" (id, company_id)
  DEFERRABLE INITIALLY DEFERRED;
"""
NO_KEY = "ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_of_company;"
ONE_MAIN = """
ALTER TABLE contact NO FORCE ROW LEVEL SECURITY;
UPDATE contact SET is_main = false, version = version + 1 WHERE is_main AND EXISTS (
  SELECT FROM contact other
  WHERE other.customer_id = contact.customer_id AND other.is_main AND other.id < contact.id);
ALTER TABLE contact FORCE ROW LEVEL SECURITY;
ALTER TABLE contact ADD CONSTRAINT contact_one_main
  EXCLUDE (customer_id WITH =) WHERE (is_main) DEFERRABLE INITIALLY DEFERRED;
"""


def up() -> str:
    """Every key, in order."""
    uniques = [
        f'ALTER TABLE "{one}" ADD CONSTRAINT {one}_and_company UNIQUE (id, company_id);'
        for one in NAMED
    ]
    keys = [KEY.format(table=table, column=column, named=named) for table, column, named in KEYS]
    return "\n".join([*uniques, *keys, ONE_MAIN])


def down() -> str:
    """The way back."""
    keys = [NO_KEY.format(table=table, column=column) for table, column, _ in KEYS]
    uniques = [f'ALTER TABLE "{one}" DROP CONSTRAINT {one}_and_company;' for one in NAMED]
    main = "ALTER TABLE contact DROP CONSTRAINT contact_one_main;"
    return "\n".join([main, *keys, *uniques])


def added_by(model: str) -> migrations.AlterField:
    """The event that added a fact, told by the key with the company alone."""
    return migrations.AlterField(
        model_name=model,
        name="added_by",
        field=models.ForeignKey(
            db_constraint=False,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="storage.event",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("storage", "0005_last_event_of_books")]
    operations = [
        migrations.RunSQL(up(), down()),
        *map(added_by, ("ledgeritem", "allocation", "accountmovement")),
        migrations.AlterField(
            model_name="ledgeritem",
            name="file",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="storage.importfile",
            ),
        ),
    ]
