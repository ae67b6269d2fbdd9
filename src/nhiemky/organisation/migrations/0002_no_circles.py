"""No unit may stand under itself on any day: checked at commit, so a reorganisation may pass through any order."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION organisation_no_circle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.parent_id IS NOT DISTINCT FROM OLD.parent_id AND OLD.during @> NEW.during THEN
        RETURN NULL;  -- a period that only becomes shorter closes no circle
    END IF;
    IF NEW.parent_id IS NOT NULL AND EXISTS (
        WITH RECURSIVE above(unit_id, during, depth) AS (
            SELECT NEW.parent_id, NEW.during, 1
            UNION ALL
            SELECT p.parent_id, a.during * p.during, a.depth + 1
            -- OFFSET 0: always look the unit up by its id, whatever the statistics say.
            FROM above a CROSS JOIN LATERAL
                (SELECT * FROM organisation_placement q WHERE q.unit_id = a.unit_id OFFSET 0) p
            WHERE p.during && a.during AND p.parent_id IS NOT NULL AND a.unit_id <> NEW.unit_id AND a.depth < 50
        )
        SELECT 1 FROM above WHERE unit_id = NEW.unit_id
    ) THEN
        RAISE EXCEPTION 'unit % would stand under itself', NEW.unit_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'organisation_no_circle';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER organisation_no_circle
    AFTER INSERT OR UPDATE ON organisation_placement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION organisation_no_circle();
"""
BACKWARD = """
DROP TRIGGER organisation_no_circle ON organisation_placement;
DROP FUNCTION organisation_no_circle();
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
