"""The work of reviewing a report: somebody takes it, opens its data, and finishes it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.accounts.models import User
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.telling import tell_finished
from sigpret.apps.monitoring.models import (
    ProgressReport,
    ReportedValue,
    ReportReview,
    ReviewOpening,
)
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.monitoring.permissions import check_can_decide, check_can_review


@dataclass(frozen=True, slots=True)
class FinishedReview:
    """How the review ended. `is_new` False: it already was finished, and nobody was told again."""

    validated: int
    returned: int
    is_new: bool


class NothingToReviewError(Exception):
    """The report has not been sent: there is nothing to take."""


class UnfinishedReviewError(Exception):
    """Data still wait for a decision; `waiting` counts them."""

    def __init__(self, waiting: int) -> None:
        super().__init__(
            ngettext(
                "Falta %(n)s dato por decidir. Decídalo antes de cerrar la revisión.",
                "Faltan %(n)s datos por decidir. Decídalos antes de cerrar la revisión.",
                waiting,
            )
            % {"n": waiting}
        )
        self.waiting = waiting


@transaction.atomic
def take_report(*, actor: User, access: Access, report_id: int, at: datetime) -> bool:
    """Say that this person reviews a report; whether that is new.

    Taking one somebody else has takes it over: it says who is at work, and locks nothing.
    Raises PermissionDenied, NothingToReviewError, ProgressReport.DoesNotExist.
    """
    report = sent_report(report_id, access)
    review, _created = ReportReview.objects.get_or_create(report=report)
    if review.taken_by_id == actor.pk:
        return False
    before, review.taken_by, review.taken_at = review.taken_by_id, actor, at
    review.save(update_fields=["taken_by", "taken_at"])
    record(
        actor=actor,
        action="monitoring.review_taken",
        subject_type="progress_report",
        subject_id=report_id,
        payload={"from": before},
    )
    return True


def sent_report(report_id: int, access: Access) -> ProgressReport:
    """The report, held, if it was sent and this person may decide about its institution."""
    check_can_review(access)
    report: ProgressReport = ProgressReport.objects.select_for_update(no_key=True).get(pk=report_id)
    check_can_decide(access, institution_id=report.institution_id, reported_by_id=None)
    if report.submitted_at is None:
        raise NothingToReviewError(_("Ese reporte aún no se ha enviado."))
    return report


@transaction.atomic
def record_opening(
    *, actor: User, access: Access, value_id: int, version: int, at: datetime
) -> None:
    """Note that a reviewer had a datum in front of them, once for each of its versions.

    It is no event of the chain: the batch that needs it names the data that were opened.
    Raises PermissionDenied.
    """
    check_can_review(access)
    ReviewOpening.objects.bulk_create(
        [ReviewOpening(value_id=value_id, version=version, reviewer=actor, opened_at=at)],
        ignore_conflicts=True,
    )


@transaction.atomic
def finish_review(*, actor: User, access: Access, report_id: int, at: datetime) -> FinishedReview:
    """Say that a report is decided, and tell its institution how it ended.

    Finishing again what did not change since has no effect. Raises PermissionDenied,
    NothingToReviewError, UnfinishedReviewError, ProgressReport.DoesNotExist.
    """
    report = sent_report(report_id, access)
    states = list(report.values.values_list("state", flat=True))
    if waiting := states.count(ReportState.SUBMITTED):
        raise UnfinishedReviewError(waiting)
    validated, returned = states.count(ReportState.VALIDATED), states.count(ReportState.RETURNED)
    review, _created = ReportReview.objects.get_or_create(report=report)
    if not is_stale(review, report):
        return FinishedReview(validated, returned, is_new=False)
    review.finished_by, review.finished_at = actor, at
    review.save(update_fields=["finished_by", "finished_at"])
    tell_finished(report, validated=validated, returned=returned, at=at)
    record(
        actor=actor,
        action="monitoring.review_finished",
        subject_type="progress_report",
        subject_id=report_id,
        payload={"validated": validated, "returned": returned},
    )
    return FinishedReview(validated, returned, is_new=True)


def is_stale(review: ReportReview, report: ProgressReport) -> bool:
    """Was the report sent, or anything in it decided, after the review was finished?"""
    if (
        review.finished_at is None
        or (report.submitted_at or review.finished_at) > review.finished_at
    ):
        return True
    decided = ReportedValue.objects.filter(report=report, decided_at__gt=review.finished_at)
    return decided.exists()
