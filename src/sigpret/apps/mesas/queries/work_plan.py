"""The work plan of a mesa: its versions, its activities as they go, who has approved it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from sigpret.apps.mesas.models import (
    Mesa,
    WorkPlan,
    WorkPlanActivity,
    WorkPlanApproval,
    WorkPlanProgress,
)
from sigpret.apps.mesas.queries.duties import HeadAuthority, head_authorities
from sigpret.methodology.mesas.work_plan import (
    ChangeKind,
    Pace,
    PlanChange,
    PlanLine,
    pace,
    plan_changes,
    progress,
)

State, Decision = WorkPlan.State, WorkPlanApproval.Decision
IN_PREPARATION = (State.DRAFT, State.IN_APPROVAL)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the plan of a year."""

    id: int
    number: int
    state: str
    state_label: str
    objective: str
    reason: str
    drafted_by: str
    sent_at: datetime | None
    in_force_at: datetime | None
    digest: str
    version: int

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_in_approval(self) -> bool:
        return self.state == State.IN_APPROVAL

    @property
    def is_in_force(self) -> bool:
        return self.state == State.IN_FORCE


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of a version on a day. `proposed` is how the version in preparation has it, when
    it changes; `percent` what was last told (0-100)."""

    id: int
    key: str
    number: str
    text: str
    institution_ids: frozenset[int]
    institutions: str
    codes: frozenset[str]
    responsible: str
    starts_on: date
    ends_on: date
    reason: str
    percent: int
    note: str
    told_at: datetime | None
    pace: Pace
    proposed: PlanLine | None = None

    @property
    def is_late(self) -> bool:
        return self.pace is Pace.LATE

    def line(self) -> PlanLine:
        """As versions are compared."""
        return PlanLine(
            key=self.key,
            number=self.number,
            text=self.text,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            institutions=self.codes,
            responsible=self.responsible,
            reason=self.reason,
        )


@dataclass(frozen=True, slots=True)
class Result:
    id: int
    number: int
    text: str
    activities: tuple[Activity, ...]

    @property
    def done(self) -> int:
        return sum(one.pace is Pace.DONE for one in self.activities)


@dataclass(frozen=True, slots=True)
class Approval:
    """What one head authority decided about a version, and whether they opened it."""

    institution_id: int
    institution: str
    decision: str
    decision_label: str
    name: str
    position: str
    is_known: bool
    opened_at: datetime | None
    decided_at: datetime | None
    observation: str

    @property
    def is_approved(self) -> bool:
        return self.decision == Decision.APPROVED

    @property
    def is_observed(self) -> bool:
        return self.decision == Decision.OBSERVED


@dataclass(frozen=True, slots=True)
class PlanCounts:
    total: int
    done: int
    late: int
    percent: int


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything the page of a year's plan shows. `shown` is the version on screen: the one in
    force unless another is asked for; `next` the one in preparation; `changes` what it moves."""

    year: int
    years: tuple[int, ...]
    versions: tuple[Version, ...]
    shown: Version | None
    in_force: Version | None
    next: Version | None
    results: tuple[Result, ...]
    approvals: tuple[Approval, ...]
    changes: tuple[PlanChange, ...]
    counts: PlanCounts

    @property
    def approved(self) -> int:
        return sum(one.is_approved for one in self.approvals)

    @property
    def missing(self) -> int:
        return len(self.approvals) - self.approved


def plan_page(mesa: Mesa, year: int, *, on: date, number: int | None = None) -> PlanPage:
    """The plan of a year on a day; without plans, nothing to show. Eleven statements at most."""
    rows = list(WorkPlan.objects.filter(mesa=mesa).select_related("drafted_by"))
    versions = tuple(version_of(row) for row in rows if row.year == year)
    in_force = first(versions, State.IN_FORCE)
    coming = first(versions, *IN_PREPARATION)
    asked = next((one for one in versions if one.number == number), None)
    shown = asked or in_force or coming or (versions[0] if versions else None)
    results = results_of(shown.id, mesa.pk, on) if shown else ()
    proposed = (
        results_of(coming.id, mesa.pk, on)
        if coming and shown and shown.is_in_force and coming.id != shown.id
        else ()
    )
    changes = plan_changes(lines_of(results), lines_of(proposed)) if proposed else ()
    return PlanPage(
        year=year,
        years=tuple(sorted({year, on.year, *(row.year for row in rows)})),
        versions=versions,
        shown=shown,
        in_force=in_force,
        next=coming,
        results=with_proposals(results, changes),
        approvals=approvals_of(coming.id, mesa.pk, on) if coming else (),
        changes=changes,
        counts=counts_of(results),
    )


def version_results(mesa: Mesa, year: int, number: int, *, on: date) -> tuple[Result, ...] | None:
    """What one version says; None when there is no such version."""
    row = WorkPlan.objects.filter(mesa=mesa, year=year, number=number).first()
    return results_of(row.pk, mesa.pk, on) if row else None


def plan_in_force(mesa: Mesa, year: int) -> Version | None:
    """The version that rules, or None; one statement."""
    row = (
        WorkPlan.objects.filter(mesa=mesa, year=year, state=State.IN_FORCE)
        .select_related("drafted_by")
        .first()
    )
    return version_of(row) if row else None


@dataclass(frozen=True, slots=True)
class PlanStatus:
    """How the plan of the year of a day stands. `number` of the version in force, `waiting` of
    the one that waits; `approved` of `authorities` for the latter."""

    year: int
    number: int | None
    in_force_at: datetime | None
    waiting: int | None
    approved: int
    authorities: int
    counts: PlanCounts

    @property
    def is_approved(self) -> bool:
        return self.number is not None


def plan_status(mesa: Mesa, on: date) -> PlanStatus:
    """Whether the year's plan is approved, what waits and how far it is; seven statements."""
    rows = {
        row.state: row
        for row in WorkPlan.objects.filter(mesa=mesa, year=on.year).exclude(state=State.SUPERSEDED)
    }
    rules, waits = rows.get(State.IN_FORCE), rows.get(State.IN_APPROVAL)
    decided = WorkPlanApproval.objects.filter(plan=waits).values_list("decision", flat=True)
    decisions = list(decided) if waits else []
    return PlanStatus(
        year=on.year,
        number=rules.number if rules else None,
        in_force_at=rules.in_force_at if rules else None,
        waiting=waits.number if waits else None,
        approved=decisions.count(Decision.APPROVED),
        authorities=len(decisions),
        counts=counts_of(results_of(rules.pk, mesa.pk, on) if rules else ()),
    )


def first(versions: Iterable[Version], *states: str) -> Version | None:
    return next((one for one in versions if one.state in states), None)


def version_of(row: WorkPlan) -> Version:
    return Version(
        id=row.pk,
        number=row.number,
        state=row.state,
        state_label=row.get_state_display(),
        objective=row.objective,
        reason=row.reason,
        drafted_by=str(row.drafted_by),
        sent_at=row.sent_at,
        in_force_at=row.in_force_at,
        digest=row.digest,
        version=row.version,
    )


def results_of(plan_id: int, mesa_id: int, on: date) -> tuple[Result, ...]:
    """The results of a version with their activities as they stand; four statements."""
    told = last_told(mesa_id)
    rows: dict[int, list[Activity]] = {}
    for row in activities_in(plan_id):
        rows.setdefault(row.result_id, []).append(activity_of(row, told.get(str(row.key)), on))
    plan = WorkPlan.objects.get(pk=plan_id)
    return tuple(
        Result(row.pk, row.number, row.text, tuple(rows.get(row.pk, ())))
        for row in plan.results.order_by("number")
    )


def activities_in(plan_id: int) -> QuerySet[WorkPlanActivity]:
    return (
        WorkPlanActivity.objects.filter(result__plan=plan_id)
        .select_related("result")
        .prefetch_related("institutions")
        .order_by("result__number", "number")
    )


def last_told(mesa_id: int) -> dict[str, WorkPlanProgress]:
    """What was last told of each activity, by its key; one statement."""
    rows = WorkPlanProgress.objects.filter(mesa=mesa_id).order_by("key", "-told_at", "-pk")
    return {str(row.key): row for row in rows.distinct("key")}


def activity_of(row: WorkPlanActivity, told: WorkPlanProgress | None, on: date) -> Activity:
    places = sorted(row.institutions.all(), key=lambda one: one.code)
    percent = told.percent if told else 0
    return Activity(
        id=row.pk,
        key=str(row.key),
        number=f"{row.result.number}.{row.number}",
        text=row.text,
        institution_ids=frozenset(one.pk for one in places),
        institutions=", ".join(one.acronym or one.name for one in places),
        codes=frozenset(one.acronym or one.code for one in places),
        responsible=row.responsible,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        reason=row.change_reason,
        percent=percent,
        note=told.note if told else "",
        told_at=told.told_at if told else None,
        pace=pace(row.starts_on, row.ends_on, percent, on),
    )


def lines_of(results: Iterable[Result]) -> list[PlanLine]:
    return [activity.line() for result in results for activity in result.activities]


def with_proposals(
    results: tuple[Result, ...], changes: tuple[PlanChange, ...]
) -> tuple[Result, ...]:
    """Each activity beside what the version in preparation makes of it."""
    moved = {change.line.key: change.new for change in changes if change.kind is ChangeKind.CHANGED}
    return tuple(
        replace(
            result,
            activities=tuple(
                replace(one, proposed=moved.get(one.key)) for one in result.activities
            ),
        )
        for result in results
    )


def counts_of(results: Iterable[Result]) -> PlanCounts:
    found = [activity for result in results for activity in result.activities]
    return PlanCounts(
        total=len(found),
        done=sum(one.pace is Pace.DONE for one in found),
        late=sum(one.pace is Pace.LATE for one in found),
        percent=progress([one.percent for one in found]),
    )


def approvals_of(plan_id: int, mesa_id: int, on: date) -> tuple[Approval, ...]:
    """Who has approved a version and who has not, by institution; four statements."""
    rows = list(
        WorkPlanApproval.objects.filter(plan=plan_id)
        .select_related("institution", "decided_by")
        .order_by("institution__code")
    )
    heads = {
        head.institution_id: head
        for head in head_authorities(mesa_id, [row.institution_id for row in rows], on=on)
    }
    return tuple(approval_of(row, heads[row.institution_id]) for row in rows)


def approval_of(row: WorkPlanApproval, head: HeadAuthority) -> Approval:
    """Whoever decided is named; until then, whoever heads the institution today."""
    decided = row.decided_by
    return Approval(
        institution_id=row.institution_id,
        institution=head.institution,
        decision=row.decision,
        decision_label=row.get_decision_display(),
        name=str(decided) if decided else head.name,
        position=decided.position if decided else head.position,
        is_known=head.is_known,
        opened_at=row.opened_at,
        decided_at=row.decided_at,
        observation=row.observation,
    )
