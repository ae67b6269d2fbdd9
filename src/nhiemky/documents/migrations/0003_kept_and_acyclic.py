"""Documents, numbers and relations are marked, never deleted; files are added to; relations make no circle."""

from django.db import migrations

_KEPT = ("document", "relation", "series", "issuer")
_TRUNCATE = (*_KEPT, "file")
FORWARD = (
    "".join(
        f"""
CREATE TRIGGER documents_{name}_no_delete BEFORE DELETE ON documents_{name}
    FOR EACH ROW EXECUTE FUNCTION nhiemky_append_only();
"""
        for name in _KEPT
    )
    + """
CREATE TRIGGER documents_file_append_only BEFORE UPDATE OR DELETE ON documents_file
    FOR EACH ROW EXECUTE FUNCTION nhiemky_append_only();
"""
    + "".join(
        f"""
CREATE TRIGGER documents_{name}_no_truncate BEFORE TRUNCATE ON documents_{name}
    FOR EACH STATEMENT EXECUTE FUNCTION nhiemky_append_only();
"""
        for name in _TRUNCATE
    )
    + """
CREATE FUNCTION documents_graph(kind text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN kind IN ('amends', 'supplements', 'replaces', 'repeals') THEN 'changes' ELSE kind END
$$;
CREATE FUNCTION documents_no_circle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind = 'cites' OR NEW.struck <> '' THEN
        RETURN NULL;
    END IF;
    -- One after the other until the end of the transaction: each sees what the one before has committed.
    PERFORM pg_advisory_xact_lock(hashtext('documents_relation'));
    IF EXISTS (
        WITH RECURSIVE reached(id) AS (
            SELECT NEW.target_id
            UNION
            SELECT r.target_id FROM reached JOIN documents_relation r ON r.source_id = reached.id
            WHERE r.struck = '' AND documents_graph(r.kind) = documents_graph(NEW.kind)
        )
        SELECT 1 FROM reached WHERE id = NEW.source_id
    ) THEN
        RAISE EXCEPTION 'documents % and % would make a circle', NEW.source_id, NEW.target_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'documents_no_circle';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER documents_relation_no_circle AFTER INSERT OR UPDATE ON documents_relation
    FOR EACH ROW EXECUTE FUNCTION documents_no_circle();
"""
)
BACKWARD = (
    "DROP TRIGGER documents_relation_no_circle ON documents_relation; DROP FUNCTION documents_no_circle();"
    "DROP FUNCTION documents_graph(text); DROP TRIGGER documents_file_append_only ON documents_file;"
    + "".join(f"DROP TRIGGER documents_{name}_no_delete ON documents_{name};" for name in _KEPT)
    + "".join(f"DROP TRIGGER documents_{name}_no_truncate ON documents_{name};" for name in _TRUNCATE)
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_numbers_and_files"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
