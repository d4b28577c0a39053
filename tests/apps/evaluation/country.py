"""A small country for the tests of this app: goals with figures, closed and open quarters."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sigpret.apps.accounts.models import User
from sigpret.apps.monitoring.models import (
    GoalAchievement,
    IndicatorAchievement,
    ReportedValue,
    ReportingRound,
    Snapshot,
)
from sigpret.apps.results.models import Goal
from tests.factories.monitoring import make_round

AT = datetime(2026, 10, 13, 9, 0, tzinfo=ZoneInfo("America/Tegucigalpa"))
TODAY = AT.date()
DIGEST = "d" * 64
STATUS_OF = {"behind": "60", "at_risk": "85", "on_track": "95", "exceeded": "130"}


def open_round(period: str = "2026-Q3", **fields: Any) -> ReportingRound:
    return make_round(period, **fields)


def overdue_round() -> ReportingRound:
    """One whose deadline is this very instant: nobody reports any more, and it can close."""
    return make_round(closes_at=AT)


def closed_round(period: str = "2026-Q2", **fields: Any) -> ReportingRound:
    return make_round(
        period, state="closed", closed_at=AT, digest=DIGEST, policy_version="1", **fields
    )


def figure(status: str, value: str | None = None) -> dict[str, Any]:
    return {
        "value": value or STATUS_OF.get(status),
        "status": status,
        "explanation": {
            "rule": "x",
            "template": "Ejecutado %(done)s.",
            "params": {"done": "60"},
            "parts": [],
        },
    }


def keep(goal: Goal, round_: ReportingRound, status: str, **changes: Any) -> Snapshot:
    """What a closing keeps of a goal that stood so."""
    responsible = goal.indicator.responsible
    payload = {
        "code": goal.code,
        "slug": goal.slug,
        "level": goal.level,
        "text": goal.text,
        "is_prioritised": False,
        "chain_position": goal.chain_position,
        "sector": {"code": goal.sector.code, "name": goal.sector.name, "slug": goal.sector.slug},
        "institution": None,
        "responsible": {"code": responsible.code, "name": responsible.name},
        "indicator": {"unit": "unidades", "sense": "ascending", "baseline": None},
        "annual_target": "100",
        "planned_to_date": "50",
        "executed_to_date": "30",
        "series": [
            {
                "period": round_.period,
                "planned_to_date": "50",
                "executed_to_date": "30",
                "achievement": STATUS_OF.get(status),
                "status": status,
            }
        ],
        "own": figure(status),
        "contributed": figure("not_due"),
        "is_inconsistent": False,
        "cause": None,
        "reported_on": "2026-07-10",
        "validated_on": "2026-07-14",
        "policy_version": "1",
    } | changes
    return Snapshot.objects.create(
        round=round_,
        kind="goal",
        subject_id=goal.pk,
        code=goal.code,
        level=goal.level,
        slug=goal.slug,
        payload=payload,
    )


def stand(
    goal: Goal,
    status: str,
    *,
    period: str = "2026-Q3",
    value: str | None = None,
    contributed: str | None = None,
    explanation: dict[str, Any] | None = None,
    is_inconsistent: bool = False,
) -> None:
    """The current figures of a goal, as a validation leaves them."""
    own = value or STATUS_OF.get(status)
    IndicatorAchievement.objects.create(
        indicator=goal.indicator,
        period=period,
        to_date=own,
        planned=Decimal(80),
        executed=Decimal(61) if own else None,
        status=status,
        explanation=figure(status)["explanation"],
        policy_version="1",
    )
    GoalAchievement.objects.create(
        goal=goal,
        period=period,
        own=own,
        own_status=status,
        contributed=contributed,
        contributed_status="at_risk" if contributed else "not_due",
        explanation=explanation or {},
        is_inconsistent=is_inconsistent,
        policy_version="1",
    )


def tell(report, goal: Goal, value: str, decided_by: User, **fields: Any) -> ReportedValue:
    """A validated value of the goal's indicator."""
    return ReportedValue.objects.create(
        report=report,
        period=report.round.period,
        indicator=goal.indicator,
        value=Decimal(value),
        state="validated",
        reported_by=fields.pop("reported_by", decided_by),
        reported_at=AT,
        decided_by=decided_by,
        decided_at=AT,
        **fields,
    )


def day(text: str) -> date:
    return date.fromisoformat(text)
