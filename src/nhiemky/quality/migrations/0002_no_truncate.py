"""What was decided stays: these rows are marked as undone, never deleted."""

from django.db import migrations

_TABLES = ("accepted", "notsame", "merge", "confirmation")
FORWARD = "".join(
    f"""
CREATE TRIGGER quality_{name}_no_delete BEFORE DELETE ON quality_{name}
    FOR EACH ROW EXECUTE FUNCTION nhiemky_append_only();
CREATE TRIGGER quality_{name}_no_truncate BEFORE TRUNCATE ON quality_{name}
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
"""
    for name in _TABLES
)
BACKWARD = "".join(
    f"DROP TRIGGER quality_{name}_no_delete ON quality_{name}; DROP TRIGGER quality_{name}_no_truncate ON quality_{name};"
    for name in _TABLES
)


class Migration(migrations.Migration):
    dependencies = [("quality", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
