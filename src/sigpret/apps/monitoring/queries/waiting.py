"""Decisions of the rounds that wait for somebody."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models import (
    ChangeRequest,
    ClosingConfirmation,
    Extension,
    ReportingRound,
)
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class WaitingClosing:
    """A closing somebody else confirmed and nobody has closed."""

    period: Period
    confirmed_by: str
    confirmed_at: datetime


def waiting_extensions() -> list[tuple[str, datetime]]:
    """The institutions that asked for more time, with the deadline they have; one statement."""
    rows = Extension.objects.filter(state=Extension.State.REQUESTED).order_by("institution__code")
    return list(rows.values_list("institution__name", "round__closes_at"))


def waiting_changes(access: Access) -> int:
    """The change requests this person may decide; one statement."""
    rows = ChangeRequest.objects.filter(state=ChangeRequest.State.REQUESTED)
    others = rows.exclude(requested_by_id=access.user_id)
    return others.exclude(value__report__institution_id__in=list(access.institutions)).count()


def confirmations_of_others(access: Access) -> tuple[WaitingClosing, ...]:
    """The closings that wait for a second person who may be this one; one statement."""
    rows = (
        ClosingConfirmation.objects.filter(
            round__state=ReportingRound.State.OPEN, edition=F("round__edition")
        )
        .exclude(confirmed_by_id=access.user_id)
        .order_by("round__period")
        .values_list("round__period", "confirmed_by__full_name", "confirmed_at")
    )
    return tuple(WaitingClosing(Period.parse(code), name, at) for code, name, at in rows)
