"""The steps of a proposal are added to, never changed."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER proposals_step_append_only BEFORE UPDATE OR DELETE ON proposals_proposalstep
    FOR EACH ROW EXECUTE FUNCTION nhiemky_append_only();
CREATE TRIGGER proposals_step_no_truncate BEFORE TRUNCATE ON proposals_proposalstep
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
"""
BACKWARD = """
DROP TRIGGER proposals_step_append_only ON proposals_proposalstep;
DROP TRIGGER proposals_step_no_truncate ON proposals_proposalstep;
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
