"""What was published is added to, never changed."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER conferences_publication_append_only BEFORE UPDATE OR DELETE ON conferences_publication
    FOR EACH ROW EXECUTE FUNCTION nhiemky_append_only();
CREATE TRIGGER conferences_publication_no_truncate BEFORE TRUNCATE ON conferences_publication
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
"""
BACKWARD = """
DROP TRIGGER conferences_publication_append_only ON conferences_publication;
DROP TRIGGER conferences_publication_no_truncate ON conferences_publication;
"""


class Migration(migrations.Migration):
    dependencies = [("conferences", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
