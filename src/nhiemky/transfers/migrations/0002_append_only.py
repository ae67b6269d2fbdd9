"""The steps of a transfer are added to, never changed."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER transfers_transferstep_append_only BEFORE UPDATE OR DELETE ON transfers_transferstep
    FOR EACH ROW EXECUTE FUNCTION nhiemky_append_only();
CREATE TRIGGER transfers_transferstep_no_truncate BEFORE TRUNCATE ON transfers_transferstep
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
"""
BACKWARD = """
DROP TRIGGER transfers_transferstep_append_only ON transfers_transferstep;
DROP TRIGGER transfers_transferstep_no_truncate ON transfers_transferstep;
"""


class Migration(migrations.Migration):
    dependencies = [("transfers", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
