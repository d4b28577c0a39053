"""The reported values behind a number: planned, said, by whom, and who accepted it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.results.models import IndicatorTarget
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class ReportedQuarter:
    """A quarter of an indicator. `state` empty: nothing was written. People by name."""

    period: Period
    planned: Decimal | None
    value: Decimal | None
    state: str
    cause: str
    observation: str
    reported_by: str
    reported_at: datetime | None
    decided_by: str
    decided_at: datetime | None


def trail_of(indicator_id: int, periods: Iterable[Period]) -> tuple[ReportedQuarter, ...]:
    """The quarters of an indicator, newest first; two queries."""
    wanted = sorted(periods, reverse=True)
    here = Q(indicator_id=indicator_id, period__in=[period.code for period in wanted])
    planned = dict(IndicatorTarget.objects.filter(here).values_list("period", "planned"))
    told = {
        value.period: value
        for value in ReportedValue.objects.filter(here).select_related("reported_by", "decided_by")
    }
    return tuple(
        reported_quarter(period, planned.get(period.code), told.get(period.code))
        for period in wanted
        if period.code in planned or period.code in told
    )


def reported_quarter(
    period: Period, planned: Decimal | None, told: ReportedValue | None
) -> ReportedQuarter:
    if told is None:
        return ReportedQuarter(period, planned, None, "", "", "", "", None, "", None)
    return ReportedQuarter(
        period=period,
        planned=planned,
        value=told.value,
        state=told.state,
        cause=told.cause,
        observation=told.observation,
        reported_by=str(told.reported_by or ""),
        reported_at=told.reported_at,
        decided_by=str(told.decided_by or ""),
        decided_at=told.decided_at,
    )
