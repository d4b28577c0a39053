"""A snapshot never changes, and a closed round keeps what it closed with."""

from django.db import migrations

PROTECT = """
CREATE FUNCTION monitoring_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Lo publicado en un cierre no se cambia.' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER snapshot_is_immutable BEFORE UPDATE OR DELETE ON monitoring_snapshot
    FOR EACH ROW EXECUTE FUNCTION monitoring_refuse();
CREATE TRIGGER snapshot_is_not_truncated BEFORE TRUNCATE ON monitoring_snapshot
    FOR EACH STATEMENT EXECUTE FUNCTION monitoring_refuse();
CREATE TRIGGER closed_round_is_immutable BEFORE UPDATE OR DELETE ON monitoring_reportinground
    FOR EACH ROW WHEN (OLD.state = 'closed') EXECUTE FUNCTION monitoring_refuse();
"""

UNPROTECT = """
DROP TRIGGER snapshot_is_immutable ON monitoring_snapshot;
DROP TRIGGER snapshot_is_not_truncated ON monitoring_snapshot;
DROP TRIGGER closed_round_is_immutable ON monitoring_reportinground;
DROP FUNCTION monitoring_refuse;
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial")]
    operations = [migrations.RunSQL(PROTECT, UNPROTECT)]
