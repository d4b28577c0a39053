"""The database itself chains the events and refuses to change them."""

from django.db import migrations

CHAIN = r"""
CREATE FUNCTION audit_field(value text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT length(value) || ':' || value $$;

CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- One writer at a time until commit, or two events could follow the same one.
    PERFORM pg_advisory_xact_lock(hashtext('audit_chain'));
    NEW.id := nextval(pg_get_serial_sequence('audit_auditevent', 'id'));
    NEW.at := clock_timestamp();
    NEW.previous_digest := coalesce(
        (SELECT digest FROM audit_auditevent ORDER BY id DESC LIMIT 1), '');
    NEW.digest := encode(sha256(convert_to(
        audit_field(NEW.previous_digest)
        || audit_field(to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        || audit_field(coalesce(NEW.actor_id::text, ''))
        || audit_field(NEW.actor_name)
        || audit_field(NEW.action)
        || audit_field(NEW.subject_type)
        || audit_field(NEW.subject_id)
        || audit_field(NEW.payload), 'UTF8')), 'hex');
    RETURN NEW;
END $$;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'La bitácora sólo admite hechos nuevos.' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_chain BEFORE INSERT ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_chain();
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_is_not_truncated BEFORE TRUNCATE ON audit_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

UNCHAIN = """
DROP TRIGGER audit_chain ON audit_auditevent;
DROP TRIGGER audit_is_append_only ON audit_auditevent;
DROP TRIGGER audit_is_not_truncated ON audit_auditevent;
DROP FUNCTION audit_chain, audit_refuse, audit_field;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(CHAIN, UNCHAIN)]
