"""What the three dates were before an entry changed them; where the people of ended cells went."""

from django.db import migrations, models

# Reorganisations that were applied before: the way of each cell, from the entries that went it.
EN_BLOC = """
INSERT INTO organisation_enbloc (reorganisation_id, source_id, target_id)
SELECT DISTINCT m.reorganisation_id, m.from_unit_id, m.to_unit_id FROM members_movement m
WHERE m.kind = 'en_bloc' AND m.reorganisation_id IS NOT NULL AND m.reverses_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM members_movement r WHERE r.reverses_id = m.id)
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0004_no_truncate"), ("organisation", "0004_en_bloc")]
    operations = [
        migrations.AddField(model_name="movement", name="stamps_before", field=models.JSONField(null=True)),
        migrations.RunSQL(EN_BLOC, migrations.RunSQL.noop),
    ]
