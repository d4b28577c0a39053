"""What the summary of a mesa shows of its next meeting and of its work plan."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sigpret.apps.mesas.models import (
    AgendaItem,
    Mesa,
    Participant,
    WorkPlan,
    WorkPlanActivity,
    WorkPlanApproval,
    WorkPlanProgress,
)
from sigpret.apps.mesas.queries.meetings import MeetingLine, next_meeting
from sigpret.methodology.mesas.work_plan import Pace, pace
from sigpret.web.dates import day_month
from sigpret.web.formats import NBSP

Answer = Participant.Answer
#: Late activities that are named; the plan has them all.
MOST_LATE = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """A point of the agenda with the minutes it takes."""

    position: int
    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ComingMeeting:
    """The next meeting with its agenda, and how many answered what."""

    line: MeetingLine
    topics: tuple[Topic, ...]
    coming: int
    excused: int
    silent: int

    @property
    def leaf(self) -> tuple[str, str]:
        """The day and the month, as a calendar shows them: `29`, `oct`."""
        day, _space, month = day_month(self.line.starts_at).partition(NBSP)
        return day, month


@dataclass(frozen=True, slots=True)
class LateActivity:
    """An activity whose last day passed; `label` is `3.2`."""

    label: str
    text: str
    ends_on: date
    places: str


@dataclass(frozen=True, slots=True)
class PlanGlance:
    """The plan that rules, by how its activities go, and the version that waits for approval.

    `number` None while no version rules; `waiting` are those who have not approved the one in
    approval, whose number is `next_number`.
    """

    year: int
    number: int | None
    paces: Mapping[Pace, int]
    late: tuple[LateActivity, ...]
    next_number: int | None
    approved: int
    asked: int
    waiting: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(self.paces.values())

    @property
    def done(self) -> int:
        return self.paces.get(Pace.DONE, 0)

    @property
    def squares(self) -> list[Pace]:
        """One per activity, in the order they are drawn."""
        return [one for one in Pace for _number in range(self.paces.get(one, 0))]


def coming_meeting(mesa: Mesa, *, at: datetime) -> ComingMeeting | None:
    """The next meeting people were called to; three statements."""
    line = next_meeting(mesa, at)
    if line is None:
        return None
    answers = Counter(
        Participant.objects.filter(meeting=line.id, removed_at=None).values_list(
            "answer", flat=True
        )
    )
    coming = answers[Answer.WILL_COME] + answers[Answer.SENDS_OTHER]
    excused = answers[Answer.WILL_NOT]
    return ComingMeeting(
        line=line,
        topics=tuple(
            Topic(*row)
            for row in AgendaItem.objects.filter(meeting=line.id)
            .order_by("position")
            .values_list("position", "title", "minutes")
        ),
        coming=coming,
        excused=excused,
        silent=answers.total() - coming - excused,
    )


def plan_glance(mesa: Mesa, *, on: date) -> PlanGlance | None:
    """The plan of the year on a day; None when nobody began one. At most five statements."""
    plans = {
        plan.state: plan
        for plan in WorkPlan.objects.filter(mesa=mesa, year=on.year).exclude(state="superseded")
    }
    if not plans:
        return None
    ruling, coming = plans.get("in_force"), plans.get("in_approval")
    paces, late = activities_of(mesa, ruling, on) if ruling else (Counter(), ())
    approvals = list(
        WorkPlanApproval.objects.filter(plan=coming).select_related("institution") if coming else ()
    )
    return PlanGlance(
        year=on.year,
        number=ruling.number if ruling else None,
        paces=paces,
        late=late,
        next_number=coming.number if coming else None,
        approved=sum(one.decision == "approved" for one in approvals),
        asked=len(approvals),
        waiting=tuple(
            one.institution.acronym or one.institution.name
            for one in approvals
            if one.decision != "approved"
        ),
    )


def activities_of(
    mesa: Mesa, plan: WorkPlan, on: date
) -> tuple[Counter[Pace], tuple[LateActivity, ...]]:
    told: dict[UUID, int] = dict(
        WorkPlanProgress.objects.filter(mesa=mesa)
        .order_by("told_at", "pk")
        .values_list("key", "percent")
    )
    rows = list(
        WorkPlanActivity.objects.filter(result__plan=plan)
        .select_related("result")
        .prefetch_related("institutions")
        .order_by("result__number", "number")
    )
    paced = [(row, pace(row.starts_on, row.ends_on, told.get(row.key, 0), on)) for row in rows]
    late = [row for row, one in paced if one is Pace.LATE]
    return Counter(one for _row, one in paced), late_lines(late)


def late_lines(rows: Iterable[WorkPlanActivity]) -> tuple[LateActivity, ...]:
    return tuple(
        LateActivity(
            label=f"{row.result.number}.{row.number}",
            text=row.text,
            ends_on=row.ends_on,
            places=", ".join(one.acronym or one.name for one in row.institutions.all()),
        )
        for row in list(rows)[:MOST_LATE]
    )
