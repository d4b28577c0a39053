"""One agreement, opened: its history, its files, the matters it was raised in, its indicator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sigpret.apps.institutions.queries import Access
from sigpret.apps.mesas.agreement_permissions import (
    Owner,
    can_follow,
    can_govern,
    can_read_figures,
)
from sigpret.apps.mesas.models import Agreement, AgreementStep, Mesa
from sigpret.apps.mesas.queries.agreements import HELD, AgreementLine, agreement_line
from sigpret.apps.mesas.queries.matters import MatterLine, matters_of_agreement
from sigpret.apps.mesas.queries.standing import Standing
from sigpret.apps.monitoring.queries.measures import indicator_measures
from sigpret.apps.reference.queries import policy_for, policy_on
from sigpret.apps.results.models import Goal
from sigpret.methodology.achievement import achieve
from sigpret.methodology.mesas.agreements import Measured, Movement, movement
from sigpret.methodology.periods import Period

QUARTERS = 8


@dataclass(frozen=True, slots=True)
class StepLine:
    """Something that happened to the agreement. `file_id` is of the step that shows a file."""

    id: int
    kind: str
    kind_label: str
    text: str
    old_due_on: date | None
    new_due_on: date | None
    by: str
    at: datetime
    file_name: str
    is_reserved: bool


@dataclass(frozen=True, slots=True)
class GoalSeries:
    """The linked goal before and after: achievement to date (percent), and in its own unit."""

    code: str
    text: str
    unit: str
    points: tuple[Measured, ...]
    values: tuple[tuple[Period, Decimal | None, Decimal | None], ...]
    movement: Movement | None


@dataclass(frozen=True, slots=True)
class Later:
    """Another agreement of the mesa, by its number."""

    id: int
    meeting_number: int
    number: int
    text: str

    @property
    def label(self) -> str:
        return f"{self.meeting_number}.{self.number}"


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """Everything the page of an agreement shows to one person.

    `later` are those that could take its place; `goal` is None without a linked goal that this
    person may read.
    """

    line: AgreementLine
    steps: tuple[StepLine, ...]
    matters: tuple[MatterLine, ...]
    supersedes: Later | None
    superseded_by: Later | None
    later: tuple[Later, ...]
    goal: GoalSeries | None
    has_evidence: bool
    can_follow: bool
    can_govern: bool


def agreement_page(
    mesa: Mesa, meeting: int, number: int, *, standing: Standing, on: date
) -> AgreementPage | None:
    """The agreement of a number, or None; eight statements at most, one fewer without a goal."""
    line = agreement_line(mesa, meeting, number, on=on)
    if line is None:
        return None
    row = Agreement.objects.select_related("supersedes__meeting").get(pk=line.id)
    steps = steps_of(line.id)
    governs = can_govern(standing)
    return AgreementPage(
        line=line,
        steps=steps,
        matters=matters_of_agreement(line.id, on=on),
        supersedes=later_of(row.supersedes) if row.supersedes else None,
        superseded_by=first_later(row),
        later=candidates(row) if governs and line.is_open else (),
        goal=goal_series(line, standing.access, on),
        has_evidence=any(step.file_name for step in steps),
        can_follow=can_follow(standing, Owner(line.institution_id, line.responsible_person_id)),
        can_govern=governs,
    )


def steps_of(agreement_id: int) -> tuple[StepLine, ...]:
    """Its history, newest first; one statement."""
    rows = AgreementStep.objects.filter(agreement=agreement_id).select_related("by", "evidence")
    return tuple(
        StepLine(
            id=row.pk,
            kind=row.kind,
            kind_label=row.get_kind_display(),
            text=row.text,
            old_due_on=row.old_due_on,
            new_due_on=row.new_due_on,
            by=str(row.by),
            at=row.at,
            file_name=row.evidence.name if row.evidence else "",
            is_reserved=bool(row.evidence and row.evidence.is_reserved),
        )
        for row in rows.order_by("-at", "-pk")
    )


def later_of(row: Agreement) -> Later:
    return Later(row.pk, row.meeting.number or 0, row.number, row.text)


def first_later(row: Agreement) -> Later | None:
    found = row.superseded_by.select_related("meeting").first()
    return later_of(found) if found else None


def candidates(row: Agreement) -> tuple[Later, ...]:
    """The agreements of later sessions that supersede nothing yet."""
    rows = (
        Agreement.objects.filter(
            mesa=row.mesa_id,
            meeting__state__in=HELD,
            meeting__starts_at__gte=row.meeting.starts_at,
            supersedes__isnull=True,
        )
        .exclude(pk=row.pk)
        .select_related("meeting")
        .order_by("-meeting__starts_at", "number")
    )
    return tuple(later_of(one) for one in rows if is_after(one, row))[:50]


def is_after(one: Agreement, row: Agreement) -> bool:
    return (one.meeting.starts_at, one.number) > (row.meeting.starts_at, row.number)


def goal_series(line: AgreementLine, access: Access, on: date) -> GoalSeries | None:
    """The last eight quarters of the linked goal; None when there is none to be read.

    Only what was validated counts; the quarter in course is not there.
    """
    goal = Goal.objects.select_related("indicator").filter(pk=line.goal_id or 0).first()
    if goal is None or not can_read_figures(
        access, institution_id=goal.institution_id, sector_id=goal.sector_id
    ):
        return None
    indicator = getattr(goal, "indicator", None)
    quarters = last_quarters(on)
    measures = indicator_measures(
        until=quarters[-1], indicator_ids=[indicator.pk] if indicator else []
    )
    measure = measures.get(indicator.pk) if indicator else None
    figures = (
        [(q, achieve(measure, as_of=q, policy=policy_for(q)).to_date) for q in quarters]
        if measure
        else []
    )
    points = tuple(Measured(quarter, figure.value) for quarter, figure in figures)
    done_on = line.fulfilled_on
    return GoalSeries(
        code=goal.code,
        text=goal.text,
        unit=indicator.unit if indicator else "",
        points=points,
        values=tuple((quarter, figure.planned, figure.executed) for quarter, figure in figures),
        movement=movement(points, done_on, policy_on(done_on)) if done_on else None,
    )


def last_quarters(on: date) -> Sequence[Period]:
    """The last eight quarters that ended by a day, oldest first."""
    quarter, found = Period.quarter_on(on).previous(), []
    for _step in range(QUARTERS):
        found.append(quarter)
        quarter = quarter.previous()
    return found[::-1]


def evidence_of_step(mesa: Mesa, step_id: int) -> int | None:
    """The evidence a step of an agreement of this mesa shows, by its id; None when it has none."""
    found: int | None = (
        AgreementStep.objects.filter(pk=step_id, agreement__mesa=mesa)
        .values_list("evidence_id", flat=True)
        .first()
    )
    return found
