"""One cell of a report, held to be written: read in one message, written in another.

The round comes first because everybody takes it first, then the institution's report, on which
those who write take turns. What follows is read with the turn already taken, so it is what
stands; nobody who writes, decides or sends touches a value without its report. That is why the
value itself is not locked: whoever comes before there is a report has no turn yet, and with the
value in hand would keep waiting somebody who has it.
"""

from dataclasses import dataclass
from typing import Any

from sigpret.apps.audit.actions import SentRequest
from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.actions.deadlines import Hold, holding, round_in
from sigpret.apps.monitoring.actions.subjects import Subject
from sigpret.apps.monitoring.models import ProgressReport, ReportedValue, ReportingRound
from sigpret.web.statements import Repeated, Statement, columns_of, records_in, send

REPORT = f"""
SELECT {columns_of(ProgressReport, "own")} FROM monitoring_progressreport own
WHERE institution_id = %s
AND round_id = (SELECT id FROM monitoring_reportinground WHERE period = %s)
FOR UPDATE"""  # noqa: S608
VALUE = f"""
SELECT {columns_of(ReportedValue, "stored")} FROM monitoring_reportedvalue stored
WHERE {{subject}}_id = %s AND period = %s"""  # noqa: S608
# The states that count for the report's: a cell somebody emptied is as if never written. A value
# that is not stored yet gets here the number it will have. One thing leads to the next instead of
# being joined: how to join them takes the database longer to decide than to do.
AROUND = """
SELECT ARRAY(
    SELECT other.state FROM monitoring_reportedvalue other
    WHERE other.report_id = (
        SELECT id FROM monitoring_progressreport WHERE institution_id = %s
        AND round_id = (SELECT id FROM monitoring_reportinground WHERE period = %s))
    AND other.{subject}_id IS DISTINCT FROM %s
    AND NOT (other.state = 'draft' AND other.value IS NULL AND NOT other.has_no_denominator)
    GROUP BY other.state),
CASE WHEN NOT EXISTS (
    SELECT FROM monitoring_reportedvalue WHERE {subject}_id = %s AND period = %s)
THEN nextval('monitoring_reportedvalue_id_seq') END"""
OWN_PRODUCT = """
SELECT true FROM planning_annualplan
WHERE institution_id = %s AND fiscal_year = %s AND id = (
    SELECT plan_id FROM planning_objective WHERE id = (
        SELECT objective_id FROM planning_operationalobjective WHERE id = (
            SELECT operational_objective_id FROM planning_product WHERE id = %s)))"""
BEGIN = """
INSERT INTO monitoring_reportedvalue (report_id, value, cause_category, cause,
    has_no_denominator, state, version, reported_by_id, reported_at, id, period, product_id,
    indicator_id, observation)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '')"""
REPLACE = """
UPDATE monitoring_reportedvalue SET report_id = %s, value = %s, cause_category = %s, cause = %s,
    has_no_denominator = %s, state = %s, version = %s, reported_by_id = %s, reported_at = %s
WHERE id = %s"""
ADVANCE = "UPDATE monitoring_progressreport SET state = %s, version = %s WHERE id = %s"


@dataclass(frozen=True, slots=True)
class HeldCell:
    """What stands, held until the transaction ends.

    `stored` is blank, version 0, while nothing is stored, and has then the number it will have
    (`new_id`) and no key. `report` is None until somebody begins it. `other_states` are those of
    the rest of the report; `is_own` says of a product that it is of the institution's plan;
    `before` is what the request got when it was handled.
    """

    round: ReportingRound
    report: ProgressReport | None
    stored: ReportedValue
    new_id: int | None
    other_states: frozenset[str]
    is_own: bool
    before: dict[str, Any] | None


def held_cell(subject: Subject, request: SentRequest) -> HeldCell:
    """The cell of a product or an indicator, in one message.

    Raises RoundNotOpenError when the quarter was never opened, and DifferentRequestError.
    """
    name, subject_id = kind_of(subject)
    institution, period = subject.institution.pk, subject.period.code
    rounds, reports, values, around, own, handled = send(
        holding(subject.period, Hold.WRITING, institution_id=institution),
        Repeated(REPORT, (institution, period)),
        Repeated(VALUE.format(subject=name), (subject_id, period)),
        Repeated(
            AROUND.format(subject=name), (institution, period, subject_id, subject_id, period)
        ),
        Repeated(OWN_PRODUCT, (institution, subject.period.year, subject.product_id)),
        request.looked_up(),
    )
    before = request.answer_in(handled)
    held = round_in(rounds, subject.period)
    report = next(iter(records_in(ProgressReport, reports)), None)
    ((states, new_id),) = around
    stored = next(iter(records_in(ReportedValue, values)), None) or ReportedValue(
        period=period, version=0, **{f"{name}_id": subject_id}
    )
    if report is not None:
        report.round, report.institution = held, subject.institution
        stored.report = report
    return HeldCell(held, report, stored, new_id, frozenset(states), bool(own), before)


def kind_of(subject: Subject) -> tuple[str, int | None]:
    """What the column of the value is called, and what stands in it."""
    if subject.product_id is not None:
        return "product", subject.product_id
    return "indicator", subject.indicator_id


def begin_report(institution: Institution, held: ReportingRound) -> None:
    """The institution's report of the round, unless somebody has just begun it."""
    ProgressReport.objects.bulk_create(
        [ProgressReport(institution=institution, round=held)], ignore_conflicts=True
    )


def writing(cell: HeldCell) -> Statement:
    """Stores the value; of one that was there, leaves what others wrote beside it."""
    stored = cell.stored
    written = (
        stored.report_id,
        stored.value,
        stored.cause_category,
        stored.cause,
        stored.has_no_denominator,
        stored.state,
        stored.version,
        stored.reported_by_id,
        stored.reported_at,
        stored.pk,
    )
    if cell.new_id is None:
        return Repeated(REPLACE, written)
    return Repeated(BEGIN, (*written, stored.period, stored.product_id, stored.indicator_id))


def advancing(report: ProgressReport) -> Statement:
    """Stores the state and the version of a report that is held."""
    return Repeated(ADVANCE, (report.state, report.version, report.pk))
