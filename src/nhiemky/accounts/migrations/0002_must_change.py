"""Whoever got their password from somebody else sets their own first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.AddField("user", "must_change", models.BooleanField(default=False, db_default=False)),
    ]
