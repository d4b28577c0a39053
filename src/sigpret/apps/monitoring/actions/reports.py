"""Sending a report: everything at once, or everything that is missing at once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.deadlines import Hold, check_accepts, held_round
from sigpret.apps.monitoring.actions.values import written_states
from sigpret.apps.monitoring.models import ProgressReport
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.queries.report import report_sheet
from sigpret.apps.monitoring.queries.sheet import ReportSheet, SheetRow
from sigpret.apps.monitoring.workflow import sources_of, state_of_report
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period

SENT = (ReportState.SUBMITTED, ReportState.VALIDATED)


@dataclass(frozen=True, slots=True)
class SubmittedReport:
    """What was sent. `values` counts those this call sent; `is_changed` False: none, all had."""

    report_id: int
    state: str
    version: int
    values: int
    submitted_at: datetime | None
    is_changed: bool


class IncompleteReportError(Exception):
    """Rows keep the report from being sent; `rows` holds every one, with its `missing`."""

    def __init__(self, rows: tuple[SheetRow, ...]) -> None:
        super().__init__(incomplete_text(len(rows)))
        self.rows = rows


class StaleReportError(Exception):
    """The report changed since the person looked at it; nothing was sent."""


@transaction.atomic
def submit_report(
    *, actor: User, access: Access, report_id: int, expected_version: int, at: datetime
) -> SubmittedReport:
    """Send what is written and not yet sent. Sending twice has one effect.

    Raises PermissionDenied, RoundNotOpenError, IncompleteReportError, StaleReportError and
    ProgressReport.DoesNotExist.
    """
    seen = ProgressReport.objects.select_related("round").get(pk=report_id)
    check_can_write_report(access, seen.institution_id)
    period = Period.parse(seen.round.period)
    held = held_round(period, Hold.WRITING)
    report = (
        ProgressReport.objects.select_for_update(of=("self",))
        .select_related("institution")
        .get(pk=report_id)
    )
    if report.state in SENT:
        return submitted(report, sent=0)
    check_accepts(held, at)
    if report.version != expected_version:
        raise StaleReportError(_("El reporte cambió mientras usted lo revisaba. Vuelva a leerlo."))
    sheet = report_sheet(institution=report.institution, period=period, policy=policy_for(period))
    check_is_complete(sheet)
    sent = send(report, actor=actor, at=at)
    record(
        actor=actor,
        action="monitoring.report_submitted",
        subject_type="progress_report",
        subject_id=report.pk,
        payload={"period": period.code, "value_ids": sent, "version": report.version},
    )
    return submitted(report, sent=len(sent))


def check_is_complete(sheet: ReportSheet) -> None:
    if sheet.unresolved or not sheet.total:
        raise IncompleteReportError(sheet.unresolved)


def send(report: ProgressReport, *, actor: User, at: datetime) -> list[int]:
    """Turn every written value into a sent one; their ids."""
    waiting = report.values.filter(state__in=sources_of("submit"), value__isnull=False)
    ids = sorted(waiting.values_list("pk", flat=True))
    waiting.update(state=ReportState.SUBMITTED, version=F("version") + 1)
    report.state = state_of_report(written_states(report))
    report.version += 1
    report.submitted_by, report.submitted_at = actor, at
    report.save(update_fields=["state", "version", "submitted_by", "submitted_at"])
    return ids


def submitted(report: ProgressReport, *, sent: int) -> SubmittedReport:
    return SubmittedReport(
        report_id=report.pk,
        state=report.state,
        version=report.version,
        values=sent,
        submitted_at=report.submitted_at,
        is_changed=bool(sent),
    )


def incomplete_text(rows: int) -> str:
    if not rows:
        return _("No hay datos que enviar en este trimestre.")
    return ngettext(
        "Falta %(rows)d dato por resolver.", "Faltan %(rows)d datos por resolver.", rows
    ) % {"rows": rows}
