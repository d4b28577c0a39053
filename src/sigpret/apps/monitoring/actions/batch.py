"""Validating at once what gives no signal, after looking at some of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import ngettext

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions.reviews import NOTHING, Decision, validate_values
from sigpret.apps.monitoring.models import ProgressReport
from sigpret.apps.monitoring.permissions import check_can_review
from sigpret.apps.monitoring.queries.review import ReviewRow, review_sheet


class SampleNotOpenedError(Exception):
    """Some of the data drawn at random have not been opened; `rows` are those, to be opened."""

    def __init__(self, rows: Sequence[ReviewRow]) -> None:
        names = ", ".join(f"{row.row.code} {row.row.name}" for row in rows)
        super().__init__(
            ngettext(
                "Abra antes este dato, elegido al azar: %(names)s.",
                "Abra antes estos %(n)s datos, elegidos al azar: %(names)s.",
                len(rows),
            )
            % {"n": len(rows), "names": names}
        )
        self.rows = tuple(rows)


@transaction.atomic
def validate_batch(
    *,
    actor: User,
    access: Access,
    report_id: int,
    expected_versions: Mapping[int, int],
    at: datetime,
) -> Decision:
    """Validate the listed values of a report that give no signal, all or nothing.

    `expected_versions` are the versions that were on the screen, by value id; what has a signal,
    or may not be decided by this person, is left alone. The sample drawn among the clean values
    must have been opened by this same person at its present version.
    Raises PermissionDenied, SampleNotOpenedError, ChangedValueError, RoundNotOpenError,
    ProgressReport.DoesNotExist.
    """
    check_can_review(access)
    sheet = review_sheet(report_id=report_id, access=access)
    if sheet is None:
        raise ProgressReport.DoesNotExist
    chosen = [row for row in sheet.clean if row.row.cell.id in expected_versions]
    if not chosen:
        return NOTHING
    if missing := [row for row in sheet.sampled if not row.is_opened]:
        raise SampleNotOpenedError(missing)
    return validate_values(
        actor=actor,
        access=access,
        value_ids=[row.value_id for row in chosen],
        at=at,
        expected_versions=expected_versions,
        opened_first=sorted(sheet.sample),
    )
