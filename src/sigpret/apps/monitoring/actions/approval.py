"""The institution's second person: sends to DIGER what another prepared, or gives it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.sending import (
    SubmittedReport,
    check_is_as_seen,
    check_is_awaiting,
    check_is_complete,
    check_is_somebody_else,
    deliver,
    held_for_sending,
    move,
    sheet_of,
    stored,
    submitted,
)
from sigpret.apps.monitoring.actions.tidings import tell_preparers
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.permissions import check_can_approve
from sigpret.apps.monitoring.workflow import sources_of


class ReasonMissingError(Exception):
    """Whoever gives a report back has to say what for."""


@transaction.atomic
def approve_report(
    *, actor: User, access: Access, report_id: int, expected_version: int, at: datetime
) -> SubmittedReport:
    """Send to DIGER what somebody else prepared. Approving twice has one effect.

    Raises PermissionDenied (also for whoever prepared it, while somebody else may approve),
    RoundNotOpenError, IncompleteReportError, StaleReportError and ProgressReport.DoesNotExist.
    """
    sending = held_for_sending(actor, access, report_id, at)
    check_can_approve(access, sending.report.institution_id)
    if sending.is_sent:
        return submitted(sending.report, values=0)
    check_is_as_seen(sending, expected_version)
    check_is_awaiting(sending)
    check_is_somebody_else(sending)
    check_is_complete(sheet_of(sending))
    return deliver(sending)


@transaction.atomic
def give_back_report(
    *, actor: User, access: Access, report_id: int, expected_version: int, note: str, at: datetime
) -> SubmittedReport:
    """Return a report that waits for approval to those who prepare it, with a sentence.

    Raises PermissionDenied, ReasonMissingError, RoundNotOpenError, StaleReportError and
    ProgressReport.DoesNotExist.
    """
    sending = held_for_sending(actor, access, report_id, at)
    report = sending.report
    check_can_approve(access, report.institution_id)
    if not note.strip():
        raise ReasonMissingError(_("Escriba qué debe cambiar la UPGRET antes de enviarlo."))
    check_is_as_seen(sending, expected_version)
    check_is_awaiting(sending)
    ids = move(report, sources_of("give_back"), ReportState.DRAFT)
    report.given_back_by, report.given_back_at = actor, at
    report.given_back_note = note.strip()
    tell_preparers(report, sending.round, at)
    return stored(sending, ids, "monitoring.report_given_back", note=report.given_back_note)
