"""Handing one row of the report to a colleague of the same institution."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import INSTITUTION_ROLES
from sigpret.apps.audit.actions import record
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access, people_of
from sigpret.apps.monitoring.actions.deadlines import (
    Hold,
    check_accepts,
    extended_until,
    held_round,
)
from sigpret.apps.monitoring.actions.subjects import check_subject
from sigpret.apps.monitoring.actions.telling import addressed
from sigpret.apps.monitoring.actions.values import check_is_open, held_report, held_value
from sigpret.apps.monitoring.models import ReportedValue, ReportingRound
from sigpret.apps.monitoring.permissions import check_can_write_report
from sigpret.apps.monitoring.queries.rounds import local_day
from sigpret.apps.notices.actions import notify
from sigpret.methodology.periods import Period
from sigpret.web.dates import deadline_words


class NotAColleagueError(Exception):
    """The person does not write for this institution."""


@dataclass(frozen=True, slots=True)
class AssignedValue:
    """Who answers for the row now; None is nobody in particular."""

    value_id: int | None
    person_id: int | None
    is_changed: bool


@transaction.atomic
def assign_value(
    *,
    actor: User,
    access: Access,
    institution: Institution,
    period: Period,
    product_id: int | None = None,
    indicator_id: int | None = None,
    person_id: int | None,
    at: datetime,
) -> AssignedValue:
    """Leave the row of a product or an indicator (exactly one id) with somebody, who is told.

    It changes neither the value nor its version. The same person again changes nothing.
    Raises PermissionDenied, RoundNotOpenError, UnknownSubjectError, LockedValueError,
    NotAColleagueError.
    """
    check_can_write_report(access, institution.pk)
    held = held_round(period, Hold.WRITING, institution_id=institution.pk)
    check_accepts(held, at)
    check_subject(institution, period, product_id, indicator_id)
    check_is_colleague(institution, person_id, at)
    stored = held_value(
        held_report(institution, held), product_id=product_id, indicator_id=indicator_id
    )
    if stored.assigned_to_id == person_id:
        return AssignedValue(stored.pk, person_id, is_changed=False)
    check_is_open(stored)
    stored.assigned_to_id = person_id
    stored.save()
    if person_id is not None and person_id != actor.pk:
        tell_assigned(stored, person_id, held, at)
    record(
        actor=actor,
        action="monitoring.value_assigned",
        subject_type="progress_report",
        subject_id=stored.report_id,
        payload={"value_id": stored.pk, "person_id": person_id},
    )
    return AssignedValue(stored.pk, person_id, is_changed=True)


def check_is_colleague(institution: Institution, person_id: int | None, at: datetime) -> None:
    if person_id is None:
        return
    people = people_of(institution.pk, *INSTITUTION_ROLES, on=local_day(at))
    if person_id not in {person.pk for person in people}:
        raise NotAColleagueError(_("Esa persona no reporta por esta institución."))


def tell_assigned(
    stored: ReportedValue, person_id: int, held: ReportingRound, at: datetime
) -> None:
    datum = addressed(stored.pk)
    notify(
        recipients=[person_id],
        kind="value_assigned",
        subject_key=f"value:{stored.pk}",
        context=datum.facts | {"deadline": deadline_words(extended_until(held) or held.closes_at)},
        url=datum.report_url,
        at=at,
        dedupe_key=f"value_assigned:{stored.pk}:{at.isoformat()}",
    )
