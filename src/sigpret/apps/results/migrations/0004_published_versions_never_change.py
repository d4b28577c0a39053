"""What a published version of the matrix says never changes."""

from typing import ClassVar

from django.db import migrations

PROTECT = """
CREATE FUNCTION results_refuse_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Una versión publicada de la matriz no se cambia.'
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER matrix_version_is_immutable BEFORE UPDATE OR DELETE ON results_matrixversion
    FOR EACH ROW EXECUTE FUNCTION results_refuse_published();
CREATE TRIGGER matrix_version_is_not_truncated BEFORE TRUNCATE ON results_matrixversion
    FOR EACH STATEMENT EXECUTE FUNCTION results_refuse_published();
CREATE TRIGGER matrix_version_row_is_immutable BEFORE UPDATE OR DELETE ON results_matrixversionrow
    FOR EACH ROW EXECUTE FUNCTION results_refuse_published();
CREATE TRIGGER matrix_version_row_is_not_truncated BEFORE TRUNCATE ON results_matrixversionrow
    FOR EACH STATEMENT EXECUTE FUNCTION results_refuse_published();
"""

UNPROTECT = """
DROP TRIGGER matrix_version_is_immutable ON results_matrixversion;
DROP TRIGGER matrix_version_is_not_truncated ON results_matrixversion;
DROP TRIGGER matrix_version_row_is_immutable ON results_matrixversionrow;
DROP TRIGGER matrix_version_row_is_not_truncated ON results_matrixversionrow;
DROP FUNCTION results_refuse_published;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("results", "0003_goals_have_their_stems")]
    operations: ClassVar = [migrations.RunSQL(PROTECT, UNPROTECT)]
