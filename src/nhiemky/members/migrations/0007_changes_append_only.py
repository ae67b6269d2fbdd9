"""The history of particulars is added to, never changed."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER members_personchange_append_only BEFORE UPDATE OR DELETE ON members_personchange
    FOR EACH ROW EXECUTE FUNCTION nhiemky_append_only();
CREATE TRIGGER members_personchange_no_truncate BEFORE TRUNCATE ON members_personchange
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
"""
BACKWARD = """
DROP TRIGGER members_personchange_append_only ON members_personchange;
DROP TRIGGER members_personchange_no_truncate ON members_personchange;
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0006_particulars"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
