"""What a version of a plan says never changes, whoever asks."""

from typing import ClassVar

from django.db import migrations

PROTECT = """
CREATE FUNCTION planning_refuse_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Una versión de un plan no se cambia.'
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER plan_version_is_immutable BEFORE UPDATE OR DELETE ON planning_planversion
    FOR EACH ROW EXECUTE FUNCTION planning_refuse_version();
CREATE TRIGGER plan_version_is_not_truncated BEFORE TRUNCATE ON planning_planversion
    FOR EACH STATEMENT EXECUTE FUNCTION planning_refuse_version();
"""

UNPROTECT = """
DROP TRIGGER plan_version_is_immutable ON planning_planversion;
DROP TRIGGER plan_version_is_not_truncated ON planning_planversion;
DROP FUNCTION planning_refuse_version;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("planning", "0004_a_plan_goes_through_steps")]
    operations: ClassVar = [migrations.RunSQL(PROTECT, UNPROTECT)]
