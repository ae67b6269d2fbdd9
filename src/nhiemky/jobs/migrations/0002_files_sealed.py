"""Files are sealed from here on; those made before can be made again."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]
    operations = [
        migrations.RunSQL("UPDATE jobs_job SET file = NULL, file_name = '' WHERE file IS NOT NULL", migrations.RunSQL.noop)
    ]
