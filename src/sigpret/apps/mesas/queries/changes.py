"""What happened in a mesa since its last meeting, the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import Count, Max

from sigpret.apps.mesas.models import (
    Accreditation,
    AgreementStep,
    Conformity,
    Meeting,
    Mesa,
    WorkPlanApproval,
)
from sigpret.apps.mesas.models.meeting import WITH_MINUTES
from sigpret.apps.monitoring.models import GoalAchievement, ReportedValue
from sigpret.apps.monitoring.models.report import ReportState
from sigpret.apps.results.models import Goal

#: What a person reads in half a minute.
MOST = 6


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened. `kind` chooses its words; `subject` is what it happened to (an
    agreement's label, a goal's text, a name), `place` who did it, `more` the rest of it."""

    kind: str
    at: datetime
    subject: str
    place: str = ""
    more: str = ""
    before: str = ""
    after: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Since:
    """The last meeting that was held; `number` None: the mesa has not met."""

    number: int | None
    at: datetime | None


def last_held(mesa: Mesa, *, at: datetime) -> Since:
    """The last meeting that ended; one statement."""
    held = Meeting.objects.filter(
        mesa=mesa, state__in=WITH_MINUTES, finished_at__isnull=False, finished_at__lte=at
    )
    row = held.order_by("-finished_at").first()
    return Since(row.number, row.finished_at) if row else Since(None, None)


def changes_since(mesa: Mesa, since: datetime) -> tuple[Change, ...]:
    """The latest of everything that happened after a moment; five statements."""
    every = chain(
        agreement_changes(mesa, since),
        goal_changes(mesa, since),
        conformity_changes(mesa, since),
        approval_changes(mesa, since),
        member_changes(mesa, since),
    )
    return tuple(sorted(every, key=lambda change: change.at, reverse=True)[:MOST])


def agreement_changes(mesa: Mesa, since: datetime) -> Iterator[Change]:
    rows = AgreementStep.objects.filter(agreement__mesa=mesa, at__gt=since).select_related(
        "agreement__institution", "agreement__meeting"
    )
    for row in rows.order_by("-at")[:MOST]:
        agreed = row.agreement
        yield Change(
            kind=f"agreement_{row.kind}",
            at=row.at,
            subject=f"{agreed.meeting.number}.{agreed.number}",
            place=agreed.institution.acronym or agreed.institution.name,
            more=row.text,
        )


def goal_changes(mesa: Mesa, since: datetime) -> Iterator[Change]:
    """Sectoral goals whose status is another than a quarter before, by what was validated."""
    decided = (
        ReportedValue.objects.filter(
            indicator__goal__sector=mesa.sector_id,
            indicator__goal__level=Goal.Level.SECTORAL,
            state=ReportState.VALIDATED,
            decided_at__gt=since,
        )
        .values("indicator__goal", "period")
        .annotate(at=Max("decided_at"))
        .order_by("-at")[:MOST]
    )
    moments = {(row["indicator__goal"], row["period"]): row["at"] for row in decided}
    rows = GoalAchievement.objects.filter(goal__in={goal for goal, _period in moments})
    statuses: dict[int, list[tuple[str, str, str]]] = {}
    for goal, period, status, text in rows.order_by("period").values_list(
        "goal", "period", "own_status", "goal__text"
    ):
        statuses.setdefault(goal, []).append((period, status, text))
    for (goal, period), at in moments.items():
        yield from moved(statuses.get(goal, []), period, at)


def moved(series: list[tuple[str, str, str]], period: str, at: datetime) -> Iterator[Change]:
    """The change of one goal in a quarter; nothing when its status stayed."""
    place = next((at for at, point in enumerate(series) if point[0] == period), 0)
    if place and series[place][1] != series[place - 1][1]:
        before, (_period, after, text) = series[place - 1][1], series[place]
        yield Change("goal", at, subject=text, before=before, after=after)


def conformity_changes(mesa: Mesa, since: datetime) -> Iterator[Change]:
    """How many answered the minutes, per meeting and answer."""
    rows = (
        Conformity.objects.filter(
            version__meeting__mesa=mesa, answered_at__gt=since, is_silent=False
        )
        .values("version__meeting__number", "answer")
        .annotate(people=Count("pk"), at=Max("answered_at"))
        .order_by("-at")[:MOST]
    )
    for row in rows:
        number = row["version__meeting__number"]
        yield Change(row["answer"], row["at"], subject=str(number), count=row["people"])


def approval_changes(mesa: Mesa, since: datetime) -> Iterator[Change]:
    rows = (
        WorkPlanApproval.objects.filter(plan__mesa=mesa, decided_at__gt=since)
        .exclude(decision="pending")
        .select_related("plan", "institution")
    )
    for row in rows.order_by("-decided_at")[:MOST]:
        if row.decided_at is not None:
            yield Change(
                kind=f"plan_{row.decision}",
                at=row.decided_at,
                subject=str(row.plan.number),
                place=row.institution.acronym or row.institution.name,
            )


def member_changes(mesa: Mesa, since: datetime) -> Iterator[Change]:
    rows = Accreditation.objects.filter(accredited_at__gt=since, mesa=mesa).select_related(
        "institution", "replaces"
    )
    for row in rows.order_by("-accredited_at")[:MOST]:
        yield Change(
            kind="substituted" if row.replaces else "accredited",
            at=row.accredited_at,
            subject=row.full_name,
            place=row.institution.acronym or row.institution.name,
            more=row.replaces.full_name if row.replaces else "",
        )
