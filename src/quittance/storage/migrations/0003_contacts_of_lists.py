"""Lists of customers say more than names, terms and kinds.

Of a contact that they name: what makes it the same one, and whose hand was last. What was known of
customers until now was set by people, since no list could say it: it is held.
"""

from django.db import migrations, models

SET_BY_PEOPLE = """
ALTER TABLE customer NO FORCE ROW LEVEL SECURITY;
UPDATE customer SET held_fields = (
  SELECT jsonb_agg(DISTINCT field ORDER BY field) FROM (
    SELECT jsonb_array_elements_text(held_fields) AS field
    UNION SELECT field FROM (VALUES
      ('siren', siren <> ''), ('siret', siret <> ''), ('vat', vat <> ''), ('iban', iban <> ''),
      ('country', country <> 'FR'), ('language', language <> 'fr'), ('segment', segment <> ''),
      ('group', group_id IS NOT NULL), ('collector', collector_id IS NOT NULL),
      ('salesperson', salesperson_id IS NOT NULL)
    ) AS known (field, is_set) WHERE is_set
  ) AS held)
  WHERE siren <> '' OR siret <> '' OR vat <> '' OR iban <> '' OR country <> 'FR'
     OR language <> 'fr' OR segment <> '' OR group_id IS NOT NULL OR collector_id IS NOT NULL
     OR salesperson_id IS NOT NULL;
ALTER TABLE customer FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("storage", "0002_walls")]
    operations = [
        migrations.RunSQL(SET_BY_PEOPLE, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="contact",
            name="key",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="contact",
            name="is_held",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                models.F("customer"),
                models.F("key"),
                condition=models.Q(("key", ""), _negated=True),
                name="contact_key_once",
            ),
        ),
    ]
