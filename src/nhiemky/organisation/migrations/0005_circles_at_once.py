"""Two transactions at once could each close half a circle, and a very deep one was not seen."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION organisation_no_circle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.unit_id = OLD.unit_id AND NEW.parent_id IS NOT DISTINCT FROM OLD.parent_id
       AND OLD.during @> NEW.during THEN
        RETURN NULL;  -- a period that only becomes shorter closes no circle
    END IF;
    IF NEW.parent_id IS NULL THEN
        RETURN NULL;
    END IF;
    -- One after the other until the end of the transaction: each sees what the one before has committed.
    PERFORM pg_advisory_xact_lock(hashtext('organisation_placement'));
    IF EXISTS (
        WITH RECURSIVE above(unit_id, during, depth) AS (
            SELECT NEW.parent_id, NEW.during, 1
            UNION ALL
            SELECT p.parent_id, a.during * p.during, a.depth + 1
            -- OFFSET 0: always look the unit up by its id, whatever the statistics say.
            FROM above a CROSS JOIN LATERAL
                (SELECT * FROM organisation_placement q WHERE q.unit_id = a.unit_id OFFSET 0) p
            WHERE p.during && a.during AND p.parent_id IS NOT NULL AND a.unit_id <> NEW.unit_id AND a.depth < 64
        )
        SELECT 1 FROM above WHERE unit_id = NEW.unit_id OR depth = 64
    ) THEN
        RAISE EXCEPTION 'unit % would stand under itself', NEW.unit_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'organisation_no_circle';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0004_en_bloc")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
