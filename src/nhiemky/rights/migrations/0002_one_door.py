"""Shredding is the one change that append-only tables allow: a narrow door, held by the database.

It opens for rows of a person who stands in `rights_shredded` under a decision that another than who listed them carried
out (a constraint of that table), only while the transaction says (setting `nhiemky.shredding`) that this is it, and only
to empty the columns named with the trigger: nothing can be written through it, and nothing deleted.
"""

from django.db import migrations

DOORS = {
    "members_movement": "reason",
    "members_personchange": "before,after,reason",
    "members_reading": "user_name,user_id",
    "transfers_transferstep": "text",
}
_FUNCTION = """
CREATE FUNCTION rights_door_open(owner bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM rights_shredded s JOIN rights_shredding d ON d.id = s.shredding_id
                   WHERE s.person_id = owner AND d.state = 'done'
                   AND d.id::text = current_setting('nhiemky.shredding', true))
$$;
CREATE FUNCTION rights_append_only_but_shredding() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    emptied text[] := string_to_array(TG_ARGV[0], ',');
    held jsonb := to_jsonb(OLD);
    given jsonb;
    owner bigint;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        given := to_jsonb(NEW);
        owner := COALESCE((held->>'person_id')::bigint,
                          (SELECT person_id FROM rights_request WHERE id = (held->>'request_id')::bigint),
                          (SELECT person_id FROM transfers_transfer WHERE id = (held->>'transfer_id')::bigint));
        IF given - emptied = held - emptied
           AND NOT EXISTS (SELECT FROM unnest(emptied) AS name
                           WHERE COALESCE(given->>name, '') NOT IN ('', COALESCE(held->>name, '')))
           AND rights_door_open(owner) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
# A step of an admission may be struck, and its note be emptied; that it was struck stays, the reason goes.
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
_EMPTIES_STEP = """
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - '{note,struck}'::text[] = to_jsonb(OLD) - '{note,struck}'::text[]
       AND NEW.note IN ('', OLD.note) AND (NEW.struck = OLD.struck OR OLD.struck <> '' AND NEW.struck = '-')
       AND rights_door_open((SELECT person_id FROM admissions_case WHERE id = OLD.case_id)) THEN
        RETURN NEW;
    END IF;"""
FORWARD = (
    _FUNCTION
    + _STEPS.replace("{shredding}", _EMPTIES_STEP)
    + "".join(
        f"""
DROP TRIGGER {table}_append_only ON {table};
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION rights_append_only_but_shredding('{columns}');
"""
        for table, columns in DOORS.items()
    )
    + """
CREATE TRIGGER rights_requeststep_append_only BEFORE UPDATE OR DELETE ON rights_requeststep
    FOR EACH ROW EXECUTE FUNCTION rights_append_only_but_shredding('text');
CREATE TRIGGER rights_shredded_append_only BEFORE UPDATE OR DELETE ON rights_shredded
    FOR EACH ROW EXECUTE FUNCTION nhiemky_append_only();
"""
    + "".join(
        f"""
CREATE TRIGGER rights_{name}_no_truncate BEFORE TRUNCATE ON rights_{name}
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
"""
        for name in ("requeststep", "shredded")
    )
)
BACKWARD = (
    _STEPS.replace("{shredding}", "")
    + "".join(
        f"""
DROP TRIGGER {table}_append_only ON {table};
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION nhiemky_append_only();
"""
        for table in DOORS
    )
    + """
DROP TRIGGER rights_requeststep_append_only ON rights_requeststep;
DROP TRIGGER rights_requeststep_no_truncate ON rights_requeststep;
DROP TRIGGER rights_shredded_append_only ON rights_shredded;
DROP TRIGGER rights_shredded_no_truncate ON rights_shredded;
DROP FUNCTION rights_append_only_but_shredding();
DROP FUNCTION rights_door_open(bigint);
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0001_initial"),
        ("audit", "0002_append_only"),
        ("members", "0007_changes_append_only"),
        ("admissions", "0002_steps_are_kept"),
        ("transfers", "0002_append_only"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
