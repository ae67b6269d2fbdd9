"""Texts of drafts are added to, never changed; an opinion given stays as it was given."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER documents_drafttext_append_only BEFORE UPDATE OR DELETE ON documents_drafttext
    FOR EACH ROW EXECUTE FUNCTION nhiemky_append_only();
CREATE TRIGGER documents_drafttext_no_truncate BEFORE TRUNCATE ON documents_drafttext
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
CREATE TRIGGER documents_opinion_stays BEFORE UPDATE OR DELETE ON documents_opinion
    FOR EACH ROW WHEN (OLD.answered_on IS NOT NULL) EXECUTE FUNCTION nhiemky_append_only();
"""
BACKWARD = """
DROP TRIGGER documents_drafttext_append_only ON documents_drafttext;
DROP TRIGGER documents_drafttext_no_truncate ON documents_drafttext;
DROP TRIGGER documents_opinion_stays ON documents_opinion;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_drafts"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
