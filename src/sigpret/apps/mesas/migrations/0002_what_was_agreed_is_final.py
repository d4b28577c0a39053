"""Distributed minutes, their versions and what happened to an agreement are never rewritten."""

from typing import ClassVar

from django.db import migrations

PROTECT = """
CREATE FUNCTION mesas_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Lo acordado es definitivo: se corrige con otro acuerdo.'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION mesas_refuse_if_distributed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_meeting bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.meeting_id ELSE NEW.meeting_id END;
BEGIN
    IF EXISTS (SELECT FROM mesas_meeting WHERE id = of_meeting AND state = 'distributed') THEN
        RAISE EXCEPTION 'Una ayuda memoria distribuida no se cambia.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER distributed_minutes_are_final BEFORE DELETE ON mesas_meeting
    FOR EACH ROW WHEN (OLD.state = 'distributed') EXECUTE FUNCTION mesas_refuse_change();
CREATE TRIGGER distributed_minutes_keep_their_facts BEFORE UPDATE ON mesas_meeting
    FOR EACH ROW WHEN (OLD.state = 'distributed' AND (
        OLD.state, OLD.number, OLD.minutes_year, OLD.minutes_number, OLD.starts_at, OLD.started_at,
        OLD.finished_at, OLD.opening_notes, OLD.closing_notes, OLD.text_version,
        OLD.distributed_at, OLD.document_digest, OLD.document_id
    ) IS DISTINCT FROM (
        NEW.state, NEW.number, NEW.minutes_year, NEW.minutes_number, NEW.starts_at, NEW.started_at,
        NEW.finished_at, NEW.opening_notes, NEW.closing_notes, NEW.text_version,
        NEW.distributed_at, NEW.document_digest, NEW.document_id
    )) EXECUTE FUNCTION mesas_refuse_change();
CREATE TRIGGER agenda_of_distributed_minutes_is_final
    BEFORE INSERT OR UPDATE OR DELETE ON mesas_agendaitem
    FOR EACH ROW EXECUTE FUNCTION mesas_refuse_if_distributed();
CREATE TRIGGER versions_of_minutes_are_immutable BEFORE UPDATE OR DELETE ON mesas_minutesversion
    FOR EACH ROW EXECUTE FUNCTION mesas_refuse_change();
CREATE TRIGGER steps_of_an_agreement_are_immutable BEFORE UPDATE OR DELETE ON mesas_agreementstep
    FOR EACH ROW EXECUTE FUNCTION mesas_refuse_change();
CREATE TRIGGER final_agreements_are_not_deleted BEFORE DELETE ON mesas_agreement
    FOR EACH ROW WHEN (OLD.is_final) EXECUTE FUNCTION mesas_refuse_change();
CREATE TRIGGER final_agreements_keep_their_words BEFORE UPDATE ON mesas_agreement
    FOR EACH ROW WHEN (OLD.is_final AND (
        OLD.is_final, OLD.meeting_id, OLD.number, OLD.text, OLD.expected_result,
        OLD.institution_id, OLD.responsible, OLD.agreed_due_on, OLD.goal_id, OLD.theme_id
    ) IS DISTINCT FROM (
        NEW.is_final, NEW.meeting_id, NEW.number, NEW.text, NEW.expected_result,
        NEW.institution_id, NEW.responsible, NEW.agreed_due_on, NEW.goal_id, NEW.theme_id
    )) EXECUTE FUNCTION mesas_refuse_change();
"""
UNPROTECT = """
DROP TRIGGER distributed_minutes_are_final ON mesas_meeting;
DROP TRIGGER distributed_minutes_keep_their_facts ON mesas_meeting;
DROP TRIGGER agenda_of_distributed_minutes_is_final ON mesas_agendaitem;
DROP TRIGGER versions_of_minutes_are_immutable ON mesas_minutesversion;
DROP TRIGGER steps_of_an_agreement_are_immutable ON mesas_agreementstep;
DROP TRIGGER final_agreements_are_not_deleted ON mesas_agreement;
DROP TRIGGER final_agreements_keep_their_words ON mesas_agreement;
DROP FUNCTION mesas_refuse_if_distributed;
DROP FUNCTION mesas_refuse_change;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("mesas", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(PROTECT, UNPROTECT)]
