"""The reported values behind a number: planned, said, by whom, and who accepted it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.results.models import IndicatorTarget
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class ReportedQuarter:
    """A quarter of an indicator. `state` empty: nothing was written, or nothing this reader may
    read. People by name, and what was observed, only for those `is_inside`."""

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
    is_inside: bool
    has_no_denominator: bool = False


def trail_of(
    indicator_id: int, periods: Iterable[Period], *, is_inside: bool
) -> tuple[ReportedQuarter, ...]:
    """The quarters of an indicator, newest first; two queries.

    Outside the institution only what was validated is read, without people or observations.
    """
    wanted = sorted(periods, reverse=True)
    here = Q(indicator_id=indicator_id, period__in=[period.code for period in wanted])
    planned = dict(IndicatorTarget.objects.filter(here).values_list("period", "planned"))
    values = ReportedValue.objects.filter(here).select_related("reported_by", "decided_by")
    if not is_inside:
        values = values.filter(state=ReportState.VALIDATED)
    told = {value.period: value for value in values}
    return tuple(
        reported_quarter(period, planned.get(period.code), told.get(period.code), is_inside)
        for period in wanted
        if period.code in planned or period.code in told
    )


def reported_quarter(
    period: Period, planned: Decimal | None, told: ReportedValue | None, is_inside: bool
) -> ReportedQuarter:
    if told is None:
        return ReportedQuarter(period, planned, None, "", "", "", "", None, "", None, is_inside)
    return ReportedQuarter(
        period=period,
        planned=planned,
        value=told.value,
        state=told.state,
        cause=told.cause,
        observation=told.observation if is_inside else "",
        reported_by=str(told.reported_by or "") if is_inside else "",
        reported_at=told.reported_at,
        decided_by=str(told.decided_by or "") if is_inside else "",
        decided_at=told.decided_at,
        is_inside=is_inside,
        has_no_denominator=told.has_no_denominator,
    )
