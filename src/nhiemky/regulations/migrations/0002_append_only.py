"""The steps of a regulation and the words on rules are added to, never changed."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER regulations_step_append_only BEFORE UPDATE OR DELETE ON regulations_regulationstep
    FOR EACH ROW EXECUTE FUNCTION nhiemky_append_only();
CREATE TRIGGER regulations_step_no_truncate BEFORE TRUNCATE ON regulations_regulationstep
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
CREATE TRIGGER regulations_ruleword_append_only BEFORE UPDATE OR DELETE ON regulations_ruleword
    FOR EACH ROW EXECUTE FUNCTION nhiemky_append_only();
CREATE TRIGGER regulations_ruleword_no_truncate BEFORE TRUNCATE ON regulations_ruleword
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
"""
BACKWARD = """
DROP TRIGGER regulations_step_append_only ON regulations_regulationstep;
DROP TRIGGER regulations_step_no_truncate ON regulations_regulationstep;
DROP TRIGGER regulations_ruleword_append_only ON regulations_ruleword;
DROP TRIGGER regulations_ruleword_no_truncate ON regulations_ruleword;
"""


class Migration(migrations.Migration):
    dependencies = [("regulations", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
