"""An event may concern several units; the chain's head goes one step at a time and never away."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION nhiemky_next_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.seq = OLD.seq + 1 THEN
        IF EXISTS (SELECT 1 FROM public.audit_event e WHERE e.seq = NEW.seq AND e.hash = NEW.hash) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the head of the chain goes from event to event' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_chainhead_next BEFORE INSERT OR UPDATE OR DELETE ON audit_chainhead
    FOR EACH ROW EXECUTE FUNCTION nhiemky_next_link();
CREATE TRIGGER audit_chainhead_no_truncate BEFORE TRUNCATE ON audit_chainhead
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
"""
BACKWARD = """
DROP TRIGGER audit_chainhead_no_truncate ON audit_chainhead;
DROP TRIGGER audit_chainhead_next ON audit_chainhead;
DROP FUNCTION nhiemky_next_link();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.AddField(
            "event",
            "unit_ids",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list, size=None
            ),
        ),
        migrations.AddIndex(
            "event", django.contrib.postgres.indexes.GinIndex(fields=["unit_ids"], name="audit_event_units")
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
