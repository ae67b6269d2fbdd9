"""A step that was taken is never changed or deleted, only struck."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION admissions_step_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.struck = '' AND NEW.struck <> ''
       AND to_jsonb(NEW) - 'struck' = to_jsonb(OLD) - 'struck' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Steps of an admission are struck, not changed or deleted.';
END $$;
CREATE TRIGGER admissions_steptaken_kept BEFORE UPDATE OR DELETE ON admissions_steptaken
    FOR EACH ROW EXECUTE FUNCTION admissions_step_is_kept();
CREATE TRIGGER admissions_steptaken_no_truncate BEFORE TRUNCATE ON admissions_steptaken
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
"""
BACKWARD = """
DROP TRIGGER admissions_steptaken_kept ON admissions_steptaken;
DROP TRIGGER admissions_steptaken_no_truncate ON admissions_steptaken;
DROP FUNCTION admissions_step_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("admissions", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
