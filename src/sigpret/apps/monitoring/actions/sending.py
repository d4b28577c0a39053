"""A report on its way: held, checked, left with its approver or put in the hands of DIGER."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import Access, approvers_of
from sigpret.apps.monitoring.actions.deadlines import Hold, check_accepts, held_round
from sigpret.apps.monitoring.actions.tidings import tell_approvers, tell_institution
from sigpret.apps.monitoring.actions.values import written_states
from sigpret.apps.monitoring.models import ProgressReport, ReportingRound
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.permissions import can_approve, check_can_write_report
from sigpret.apps.monitoring.queries.report import report_sheet
from sigpret.apps.monitoring.queries.rounds import local_day
from sigpret.apps.monitoring.queries.sheet import ReportSheet, SheetRow
from sigpret.apps.monitoring.workflow import sources_of, state_of_report
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period

SENT = (ReportState.SUBMITTED, ReportState.VALIDATED)


@dataclass(frozen=True, slots=True)
class SubmittedReport:
    """What was sent. `values` counts those this call moved; `is_changed` False: none, all had.

    `receipt` is empty while somebody of the institution has to approve it.
    """

    report_id: int
    state: str
    version: int
    values: int
    receipt: str
    is_changed: bool


class IncompleteReportError(Exception):
    """Rows keep the report from being sent; `rows` holds every one, with its `missing`."""

    def __init__(self, rows: tuple[SheetRow, ...]) -> None:
        super().__init__(incomplete_text(len(rows)))
        self.rows = rows


class StaleReportError(Exception):
    """The report changed since the person looked at it; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A report held to be moved, by whom and when. Nobody else moves it meanwhile."""

    report: ProgressReport
    round: ReportingRound
    actor: User
    at: datetime

    @property
    def period(self) -> Period:
        return Period.parse(self.round.period)

    @property
    def is_sent(self) -> bool:
        return self.report.state in SENT

    @property
    def is_awaiting(self) -> bool:
        return self.report.state == ReportState.AWAITING_APPROVAL


def held_for_sending(actor: User, access: Access, report_id: int, at: datetime) -> Sending:
    """The report and its round, held. Raises PermissionDenied, ProgressReport.DoesNotExist."""
    seen = ProgressReport.objects.select_related("round").get(pk=report_id)
    check_can_write_report(access, seen.institution_id)
    held = held_round(
        Period.parse(seen.round.period), Hold.WRITING, institution_id=seen.institution_id
    )
    reports = ProgressReport.objects.select_for_update(of=("self",))
    report = reports.select_related("institution").get(pk=report_id)
    return Sending(report, held, actor, at)


def check_is_as_seen(sending: Sending, expected_version: int) -> None:
    """The round takes it, and it is what the person looked at."""
    check_accepts(sending.round, sending.at)
    if sending.report.version != expected_version:
        raise StaleReportError(_("El reporte cambió mientras usted lo revisaba. Vuelva a leerlo."))


def moves_to_diger(sending: Sending, access: Access) -> bool:
    """An approver is enough, and so is anybody where nobody else approves."""
    if can_approve(access, sending.report.institution_id):
        return True
    return not other_approvers(sending)


def other_approvers(sending: Sending) -> tuple[User, ...]:
    """Who else may approve this report on the day it is sent."""
    return approvers_of(
        sending.report.institution_id, on=local_day(sending.at), besides=sending.actor.pk
    )


def check_is_awaiting(sending: Sending) -> None:
    if not sending.is_awaiting:
        raise StaleReportError(_("El reporte ya no espera aprobación. Vuelva a leerlo."))


def check_is_somebody_else(sending: Sending) -> None:
    """Two people answer for a report, wherever there are two."""
    if sending.report.prepared_by_id == sending.actor.pk and other_approvers(sending):
        raise PermissionDenied(_("Usted preparó este reporte: debe aprobarlo otra persona."))


def sheet_of(sending: Sending) -> ReportSheet:
    period = sending.period
    return report_sheet(
        institution=sending.report.institution, period=period, policy=policy_for(period)
    )


def check_is_complete(sheet: ReportSheet) -> None:
    if sheet.unresolved or not sheet.total:
        raise IncompleteReportError(sheet.unresolved)


def prepare(sending: Sending) -> SubmittedReport:
    """Leave everything written with whoever approves it."""
    report = sending.report
    ids = move(report, sources_of("prepare"), ReportState.AWAITING_APPROVAL)
    report.prepared_by, report.prepared_at = sending.actor, sending.at
    tell_approvers(report, sending.round, other_approvers(sending), sending.at)
    return stored(sending, ids, "monitoring.report_prepared")


def deliver(sending: Sending) -> SubmittedReport:
    """Put everything written in the hands of DIGER, which gives its receipt."""
    report = sending.report
    was_prepared = report.values.filter(state=ReportState.AWAITING_APPROVAL).exists()
    if not was_prepared:
        report.prepared_by = report.prepared_at = None
    ids = move(report, sources_of("submit") | sources_of("approve"), ReportState.SUBMITTED)
    report.submitted_by, report.submitted_at = sending.actor, sending.at
    report.receipt = receipt_number(sending)
    tell_institution(report, sending.round, sending.actor, sending.at)
    action = "monitoring.report_approved" if was_prepared else "monitoring.report_submitted"
    return stored(sending, ids, action)


def receipt_number(sending: Sending) -> str:
    """What a person quotes: institution, quarter, and the version that arrived."""
    period, code = sending.period, sending.report.institution.code
    return f"{code}-{period.year}-T{period.number}-{sending.report.version + 1}"


def move(report: ProgressReport, sources: frozenset[ReportState], target: str) -> list[int]:
    """Take every written value in these states to another; their ids."""
    written = Q(value__isnull=False) | Q(has_no_denominator=True)
    waiting = report.values.filter(written, state__in=sources)
    ids = sorted(waiting.values_list("pk", flat=True))
    waiting.update(state=target, version=F("version") + 1)
    return ids


def stored(
    sending: Sending, value_ids: list[int], action: str, *, note: str = ""
) -> SubmittedReport:
    """Write the report as it is now, and the event that says so."""
    report = sending.report
    report.state = state_of_report(written_states(report))
    report.version += 1
    report.given_back_note = note
    report.save()
    record(
        actor=sending.actor,
        action=action,
        subject_type="progress_report",
        subject_id=report.pk,
        payload={
            "period": sending.period.code,
            "value_ids": value_ids,
            "version": report.version,
            "receipt": report.receipt if report.state in SENT else "",
            "note": note,
        },
    )
    return submitted(report, values=len(value_ids))


def submitted(report: ProgressReport, *, values: int) -> SubmittedReport:
    return SubmittedReport(
        report_id=report.pk,
        state=report.state,
        version=report.version,
        values=values,
        receipt=report.receipt if report.state in SENT else "",
        is_changed=bool(values),
    )


def incomplete_text(rows: int) -> str:
    if not rows:
        return _("No hay datos que enviar en este trimestre.")
    return ngettext(
        "Falta %(rows)d dato por resolver.", "Faltan %(rows)d datos por resolver.", rows
    ) % {"rows": rows}
