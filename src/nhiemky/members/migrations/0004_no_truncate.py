"""Emptying a table is a change too."""

from django.db import migrations

TABLES = ("members_movement", "members_reading")
FORWARD = "".join(
    f"""
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
"""
    for table in TABLES
)
BACKWARD = "".join(f"DROP TRIGGER {table}_no_truncate ON {table};\n" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("members", "0003_seats_over_time"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
