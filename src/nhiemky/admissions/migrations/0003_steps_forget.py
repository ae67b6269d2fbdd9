"""A step may be struck, and be emptied by shredding (rights, migration 0002): that it was struck stays."""

from django.db import migrations

_STEPS = """
CREATE OR REPLACE FUNCTION admissions_step_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.struck = '' AND NEW.struck <> ''
       AND to_jsonb(NEW) - 'struck' = to_jsonb(OLD) - 'struck' THEN
        RETURN NEW;
    END IF;
    {shredding}
    RAISE EXCEPTION 'Steps of an admission are struck, not changed or deleted.';
END $$;
"""
_EMPTIES = """
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - '{note,struck}'::text[] = to_jsonb(OLD) - '{note,struck}'::text[]
       AND NEW.note IN ('', OLD.note) AND (NEW.struck = OLD.struck OR OLD.struck <> '' AND NEW.struck = '-')
       AND rights_door_open((SELECT person_id FROM admissions_case WHERE id = OLD.case_id)) THEN
        RETURN NEW;
    END IF;"""


class Migration(migrations.Migration):
    dependencies = [("admissions", "0002_steps_are_kept"), ("rights", "0002_one_door")]
    operations = [
        migrations.RunSQL(_STEPS.replace("{shredding}", _EMPTIES), _STEPS.replace("{shredding}", "")),
    ]
