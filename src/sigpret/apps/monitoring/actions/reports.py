"""Sending a report: everything at once, or everything that is missing at once."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import answered, remember
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.sending import (
    SubmittedReport,
    check_is_as_seen,
    check_is_complete,
    deliver,
    held_for_sending,
    moves_to_diger,
    prepare,
    sheet_of,
    submitted,
)


@transaction.atomic
def submit_report(
    *,
    actor: User,
    access: Access,
    report_id: int,
    expected_version: int,
    at: datetime,
    key: UUID | None = None,
) -> SubmittedReport:
    """Send what is written and not yet sent. Sending twice has one effect.

    It goes to whoever approves in the institution; straight to DIGER when an approver sends it
    or nobody else approves. `key` is the request's: trying again gets the first answer.
    Raises PermissionDenied, RoundNotOpenError, IncompleteReportError, StaleReportError,
    DifferentRequestError and ProgressReport.DoesNotExist.
    """
    asked = {"action": "submit", "report": report_id, "version": expected_version}
    if (before := answered(user=actor, key=key, asked=asked, at=at)) is not None:
        return SubmittedReport(**before)
    done = send_on(actor, access, report_id, expected_version, at)
    remember(user=actor, key=key, answer=asdict(done))
    return done


def send_on(
    actor: User, access: Access, report_id: int, expected_version: int, at: datetime
) -> SubmittedReport:
    """Move the report as far as this person may."""
    sending = held_for_sending(actor, access, report_id, at)
    goes_to_diger = moves_to_diger(sending, access)
    if sending.is_sent or (sending.is_awaiting and not goes_to_diger):
        return submitted(sending.report, values=0)
    check_is_as_seen(sending, expected_version)
    check_is_complete(sheet_of(sending))
    return deliver(sending) if goes_to_diger else prepare(sending)
