"""Where the books of a company stand is asked at every page: the last event about them, found at once.

The condition is that of `storage/held_facts.py`, word for word.
"""

from django.db import migrations

INDEX = """
CREATE INDEX event_about_books ON event (company_id, position DESC) INCLUDE (hash)
  WHERE action ~ '^(import|allocation|customer|company)[.]';
"""


class Migration(migrations.Migration):
    dependencies = [("storage", "0004_matching_codes_of_books")]
    operations = [migrations.RunSQL(INDEX, "DROP INDEX event_about_books")]
