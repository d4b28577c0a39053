"""What was signed is not changed, nor what hangs from it."""

from typing import ClassVar

from django.db import migrations

PROTECT = """
CREATE FUNCTION evaluation_refuse_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Una visita firmada no se cambia.' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION evaluation_refuse_if_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_visit bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.visit_id ELSE NEW.visit_id END;
BEGIN
    IF EXISTS (SELECT FROM evaluation_fieldvisit WHERE id = of_visit AND state = 'signed') THEN
        RAISE EXCEPTION 'Una visita firmada no se cambia.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER signed_visit_is_immutable BEFORE UPDATE OR DELETE ON evaluation_fieldvisit
    FOR EACH ROW WHEN (OLD.state = 'signed') EXECUTE FUNCTION evaluation_refuse_signed();
CREATE TRIGGER checks_of_a_signed_visit_are_immutable
    BEFORE INSERT OR UPDATE OR DELETE ON evaluation_fieldvisitcheck
    FOR EACH ROW EXECUTE FUNCTION evaluation_refuse_if_signed();
CREATE TRIGGER photos_of_a_signed_visit_are_immutable
    BEFORE INSERT OR UPDATE OR DELETE ON evaluation_fieldvisitphoto
    FOR EACH ROW EXECUTE FUNCTION evaluation_refuse_if_signed();
"""
UNPROTECT = """
DROP TRIGGER signed_visit_is_immutable ON evaluation_fieldvisit;
DROP TRIGGER checks_of_a_signed_visit_are_immutable ON evaluation_fieldvisitcheck;
DROP TRIGGER photos_of_a_signed_visit_are_immutable ON evaluation_fieldvisitphoto;
DROP FUNCTION evaluation_refuse_signed;
DROP FUNCTION evaluation_refuse_if_signed;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("evaluation", "0003_field_visits")]
    operations: ClassVar = [migrations.RunSQL(PROTECT, UNPROTECT)]
