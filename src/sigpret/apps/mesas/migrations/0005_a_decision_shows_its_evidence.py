"""A decision shows its evidence and keeps its words; a sent work plan keeps its activities."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

PROTECT = """
CREATE FUNCTION mesas_refuse_if_sent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row_ jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
    of_result bigint := coalesce(
        (row_->>'result_id')::bigint,
        (SELECT result_id FROM mesas_workplanactivity
            WHERE id = (row_->>'workplanactivity_id')::bigint));
    of_plan bigint := coalesce(
        (row_->>'plan_id')::bigint,
        (SELECT plan_id FROM mesas_workplanresult WHERE id = of_result));
BEGIN
    IF EXISTS (SELECT FROM mesas_workplan WHERE id = of_plan AND state <> 'draft') THEN
        RAISE EXCEPTION 'Un plan de trabajo enviado a aprobación no se cambia: haga otra versión.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER results_of_a_sent_plan_are_final
    BEFORE INSERT OR UPDATE OR DELETE ON mesas_workplanresult
    FOR EACH ROW EXECUTE FUNCTION mesas_refuse_if_sent();
CREATE TRIGGER activities_of_a_sent_plan_are_final
    BEFORE INSERT OR UPDATE OR DELETE ON mesas_workplanactivity
    FOR EACH ROW EXECUTE FUNCTION mesas_refuse_if_sent();
CREATE TRIGGER responsibles_of_a_sent_plan_are_final
    BEFORE INSERT OR UPDATE OR DELETE ON mesas_workplanactivity_institutions
    FOR EACH ROW EXECUTE FUNCTION mesas_refuse_if_sent();
CREATE TRIGGER told_progress_is_immutable BEFORE UPDATE OR DELETE ON mesas_workplanprogress
    FOR EACH ROW EXECUTE FUNCTION mesas_refuse_change();
CREATE TRIGGER decided_matters_keep_their_words BEFORE UPDATE ON mesas_escalation
    FOR EACH ROW WHEN (OLD.state IN ('decided', 'fulfilled') AND (
        OLD.ask, OLD.reason, OLD.decision, OLD.decided_by_id, OLD.decided_at
    ) IS DISTINCT FROM (
        NEW.ask, NEW.reason, NEW.decision, NEW.decided_by_id, NEW.decided_at
    )) EXECUTE FUNCTION mesas_refuse_change();
"""
UNPROTECT = """
DROP TRIGGER decided_matters_keep_their_words ON mesas_escalation;
DROP TRIGGER told_progress_is_immutable ON mesas_workplanprogress;
DROP TRIGGER responsibles_of_a_sent_plan_are_final ON mesas_workplanactivity_institutions;
DROP TRIGGER activities_of_a_sent_plan_are_final ON mesas_workplanactivity;
DROP TRIGGER results_of_a_sent_plan_are_final ON mesas_workplanresult;
DROP FUNCTION mesas_refuse_if_sent;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("evidence", "0001_initial"),
        ("mesas", "0004_minutes_have_deadlines_and_authors"),
    ]
    operations: ClassVar = [
        migrations.AddField(
            model_name="escalation",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="evidence.evidence",
                verbose_name="evidencia",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "fulfilled"),
                    _negated=True,
                )
                | models.Q(
                    ("fulfilled_on__isnull", False),
                    models.Q(("fulfilment", ""), _negated=True),
                ),
                name="a_fulfilled_decision_says_when_and_how",
                violation_error_message="Escriba el día y cómo se cumplió.",
            ),
        ),
        migrations.RunSQL(PROTECT, UNPROTECT),
    ]
