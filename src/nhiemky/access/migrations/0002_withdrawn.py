"""A grant that is taken back before it held keeps its days and holds on none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        migrations.AddField("grant", "withdrawn", models.BooleanField(default=False, db_default=False)),
    ]
