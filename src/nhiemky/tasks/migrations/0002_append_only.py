"""The steps of a task are added to, never changed."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER tasks_step_append_only BEFORE UPDATE OR DELETE ON tasks_step
    FOR EACH ROW EXECUTE FUNCTION nhiemky_append_only();
CREATE TRIGGER tasks_step_no_truncate BEFORE TRUNCATE ON tasks_step
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
"""
BACKWARD = """
DROP TRIGGER tasks_step_append_only ON tasks_step;
DROP TRIGGER tasks_step_no_truncate ON tasks_step;
"""


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
