"""Shredding is the one change that append-only tables allow: a narrow door, held by the database.

A list for shredding goes from prepared to done or dropped, and nothing else of it ever changes; the database itself
writes down the transaction in which it was carried out. The door opens in that transaction only, only while its
setting `nhiemky.shredding` names the list, only for rows of who stands on it, and only to empty the columns named with
the trigger. Values that figures of past days are counted from pass nothing; a birthday may become an earlier one of its
year. Nothing can be written through the door otherwise, and nothing deleted.

Tables of other parts ask `rights_door_open` in triggers of their own (admissions, migration 0003).
"""

from django.db import migrations

_DOOR = """
CREATE FUNCTION rights_now_carried_out() RETURNS SETOF rights_shredding LANGUAGE sql STABLE AS $$
    SELECT * FROM rights_shredding d WHERE d.state = 'done' AND d.xact = pg_current_xact_id()::text::bigint
    AND d.id::text = current_setting('nhiemky.shredding', true)
$$;
CREATE FUNCTION rights_door_open(owner bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM rights_shredded s JOIN rights_now_carried_out() d ON d.id = s.shredding_id
                   WHERE s.person_id = owner)
$$;
"""
# Field, former text and new text of a change: whether it may become that.
_VALUE = """
CREATE FUNCTION rights_value_may_become(field text, was text, becomes text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT becomes = was OR CASE
        WHEN field IN ('sex', 'birth_year_only', 'ethnic_group', 'religion', 'occupation', 'general_education',
                       'qualification', 'academic_title', 'political_theory', 'decided_on') THEN false
        WHEN field = 'birth_date' AND becomes ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
            THEN left(becomes, 4) = left(was, 4) AND becomes < was
        ELSE becomes = '' END
$$;
"""
_TRIGGERS = """
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
CREATE FUNCTION rights_change_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - '{before,after,reason}'::text[] = to_jsonb(OLD) - '{before,after,reason}'::text[]
       AND NEW.reason IN ('', OLD.reason) AND rights_value_may_become(OLD.field, OLD.before, NEW.before)
       AND rights_value_may_become(OLD.field, OLD.after, NEW.after) AND rights_door_open(OLD.person_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'members_personchange is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION rights_shredding_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.state = 'prepared' AND NEW.xact IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'prepared' AND NEW.state IN ('done', 'dropped')
       AND to_jsonb(NEW) - '{state,done_name,done_on,xact}'::text[]
           = to_jsonb(OLD) - '{state,done_name,done_on,xact}'::text[] THEN
        NEW.xact := CASE NEW.state WHEN 'done' THEN pg_current_xact_id()::text::bigint END;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rights_shredding is append-only but for its state'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION rights_shredded_is_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM rights_now_carried_out() d
               WHERE d.id = NEW.shredding_id AND NEW.person_id = ANY(d.people)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rights_shredded is append-only, and takes whom a list names that is carried out now'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
EMPTIED = {"members_movement": "reason", "transfers_transferstep": "text"}


def _swapped(table: str, function: str) -> str:
    return f"""
DROP TRIGGER {table}_append_only ON {table};
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {function};
"""


_OWN = """
CREATE TRIGGER rights_requeststep_append_only BEFORE UPDATE OR DELETE ON rights_requeststep
    FOR EACH ROW EXECUTE FUNCTION rights_append_only_but_shredding('text');
CREATE TRIGGER rights_shredded_append_only BEFORE UPDATE OR DELETE ON rights_shredded
    FOR EACH ROW EXECUTE FUNCTION nhiemky_append_only();
CREATE TRIGGER rights_shredded_is_listed BEFORE INSERT ON rights_shredded
    FOR EACH ROW EXECUTE FUNCTION rights_shredded_is_listed();
CREATE TRIGGER rights_shredding_goes_on BEFORE INSERT OR UPDATE OR DELETE ON rights_shredding
    FOR EACH ROW EXECUTE FUNCTION rights_shredding_goes_on();
"""
_KEPT = ("requeststep", "shredded", "shredding")
FORWARD = (
    _DOOR
    + _VALUE
    + _TRIGGERS
    + "".join(_swapped(table, f"rights_append_only_but_shredding('{names}')") for table, names in EMPTIED.items())
    + _swapped("members_personchange", "rights_change_is_kept()")
    + _OWN
    + "".join(
        f"""
CREATE TRIGGER rights_{name}_no_truncate BEFORE TRUNCATE ON rights_{name}
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
"""
        for name in _KEPT
    )
)
BACKWARD = (
    "".join(_swapped(table, "nhiemky_append_only()") for table in (*EMPTIED, "members_personchange"))
    + "".join(f"DROP TRIGGER rights_{name}_no_truncate ON rights_{name};\n" for name in _KEPT)
    + """
DROP TRIGGER rights_requeststep_append_only ON rights_requeststep;
DROP TRIGGER rights_shredded_append_only ON rights_shredded;
DROP TRIGGER rights_shredded_is_listed ON rights_shredded;
DROP TRIGGER rights_shredding_goes_on ON rights_shredding;
DROP FUNCTION rights_shredded_is_listed();
DROP FUNCTION rights_shredding_goes_on();
DROP FUNCTION rights_change_is_kept();
DROP FUNCTION rights_append_only_but_shredding();
DROP FUNCTION rights_value_may_become(text, text, text);
DROP FUNCTION rights_door_open(bigint);
DROP FUNCTION rights_now_carried_out();
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0001_initial"),
        ("audit", "0002_append_only"),
        ("members", "0007_changes_append_only"),
        ("transfers", "0002_append_only"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
