"""Reminders are added to, never changed."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER directives_reminder_append_only BEFORE UPDATE OR DELETE ON directives_reminder
    FOR EACH ROW EXECUTE FUNCTION nhiemky_append_only();
CREATE TRIGGER directives_reminder_no_truncate BEFORE TRUNCATE ON directives_reminder
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
"""
BACKWARD = """
DROP TRIGGER directives_reminder_append_only ON directives_reminder;
DROP TRIGGER directives_reminder_no_truncate ON directives_reminder;
"""


class Migration(migrations.Migration):
    dependencies = [("directives", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
