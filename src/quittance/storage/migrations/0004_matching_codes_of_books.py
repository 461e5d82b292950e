"""The books' own matching code, kept with each allocation that they state.

Those of before have none until an import compares them with their files.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("storage", "0003_contacts_of_lists")]
    operations = [
        migrations.AddField(
            model_name="allocation",
            name="matching_code",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddIndex(
            model_name="allocation",
            index=models.Index(
                models.F("company"),
                models.F("matching_code"),
                condition=models.Q(("reversed_at", None))
                & models.Q(("matching_code", ""), _negated=True),
                name="allocation_by_books_code",
            ),
        ),
    ]
