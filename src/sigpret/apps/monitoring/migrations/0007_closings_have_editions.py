"""A quarter closes in editions: reopening is the one thing that may happen to a closed round.

What is stored of an edition never changes. Rounds closed before editions existed get theirs,
published at the moment they closed, which is what citizens saw.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A closed round changes in one way only: its closing says who opened it again and why, and it is
# open as it was, waiting for its next edition. Its deadline moves afterwards, while it is open.
PROTECT = """
CREATE FUNCTION monitoring_keep_closed_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.state = 'open' AND NEW.closed_at IS NULL AND NEW.digest = ''
        AND NEW.edition = OLD.edition + 1
        AND (NEW.id, NEW.period, NEW.opens_on, NEW.closes_at)
            = (OLD.id, OLD.period, OLD.opens_on, OLD.closes_at)
        AND EXISTS (SELECT FROM monitoring_closing closing WHERE closing.round_id = OLD.id
            AND closing.edition = OLD.edition AND closing.reopened_at IS NOT NULL)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Lo publicado en un cierre no se cambia.' USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER closed_round_is_immutable ON monitoring_reportinground;
CREATE TRIGGER closed_round_is_immutable BEFORE UPDATE OR DELETE ON monitoring_reportinground
    FOR EACH ROW WHEN (OLD.state = 'closed') EXECUTE FUNCTION monitoring_keep_closed_round();

CREATE FUNCTION monitoring_keep_closing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.reopened_at IS NULL
        AND (NEW.id, NEW.round_id, NEW.edition, NEW.closed_at, NEW.digest, NEW.chain_head, NEW.note)
            = (OLD.id, OLD.round_id, OLD.edition, OLD.closed_at, OLD.digest, OLD.chain_head, OLD.note)
        AND NEW.closed_by_id IS NOT DISTINCT FROM OLD.closed_by_id
        AND NEW.confirmed_by_id IS NOT DISTINCT FROM OLD.confirmed_by_id
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Lo publicado en un cierre no se cambia.' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER closing_is_immutable BEFORE UPDATE OR DELETE ON monitoring_closing
    FOR EACH ROW EXECUTE FUNCTION monitoring_keep_closing();
CREATE TRIGGER closing_is_not_truncated BEFORE TRUNCATE ON monitoring_closing
    FOR EACH STATEMENT EXECUTE FUNCTION monitoring_refuse();
"""
UNPROTECT = """
DROP TRIGGER closing_is_immutable ON monitoring_closing;
DROP TRIGGER closing_is_not_truncated ON monitoring_closing;
DROP FUNCTION monitoring_keep_closing;
DROP TRIGGER closed_round_is_immutable ON monitoring_reportinground;
DROP FUNCTION monitoring_keep_closed_round;
CREATE TRIGGER closed_round_is_immutable BEFORE UPDATE OR DELETE ON monitoring_reportinground
    FOR EACH ROW WHEN (OLD.state = 'closed') EXECUTE FUNCTION monitoring_refuse();
"""

FIRST_EDITIONS = """
INSERT INTO monitoring_closing (round_id, edition, closed_at, closed_by_id, digest, chain_head,
    note, published_at, reopening_reason)
SELECT held.id, 1, held.closed_at, person.id, held.digest, '', '', held.closed_at, ''
FROM monitoring_reportinground held
LEFT JOIN accounts_user person ON person.id = held.closed_by_id
WHERE held.state = 'closed' AND NOT EXISTS (
    SELECT FROM monitoring_closing closing WHERE closing.round_id = held.id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("institutions", "0001_initial"),
        ("monitoring", "0006_report_given_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportinground",
            name="edition",
            field=models.PositiveSmallIntegerField(
                db_default=1, default=1, verbose_name="edición del cierre"
            ),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="change_requests",
                to="evidence.evidence",
                verbose_name="evidencia",
            ),
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="día")),
                ("sent_at", models.DateTimeField(verbose_name="enviado el")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="institutions.institution",
                        verbose_name="institución",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="monitoring.reportinground",
                        verbose_name="ronda",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="por",
                    ),
                ),
            ],
            options={
                "verbose_name": "recordatorio",
                "verbose_name_plural": "recordatorios",
                "ordering": ["round", "institution", "day"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "institution", "day"),
                        name="one_reminder_per_institution_and_day",
                        violation_error_message="Hoy ya se le recordó a esa institución.",
                    )
                ],
            },
        ),
        migrations.RunSQL(FIRST_EDITIONS, migrations.RunSQL.noop),
        migrations.RunSQL(PROTECT, UNPROTECT),
    ]
