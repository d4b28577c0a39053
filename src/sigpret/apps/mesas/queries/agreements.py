"""The register of agreements: where each stands on a day, who answers, since when it is late."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from sigpret.apps.mesas.models import Agreement, AgreementStep, Escalation, Mesa
from sigpret.apps.mesas.models.meeting import MeetingState
from sigpret.methodology.mesas.agreements import Situation, situation, was_on_time
from sigpret.web.dates import day_of

#: Whose session ended: their agreements are followed up.
HELD = (MeetingState.DRAFT, MeetingState.CONFORMITY, MeetingState.DISTRIBUTED)
#: Open ones first, the most late of all above.
ORDER = {
    Situation.OVERDUE: 0,
    Situation.IN_PROGRESS: 1,
    Situation.PENDING: 1,
    Situation.FULFILLED: 2,
    Situation.WITHOUT_EFFECT: 3,
}


@dataclass(frozen=True, slots=True)
class AgreementFilters:
    """What is asked of the register; empty means everything of that."""

    situations: frozenset[Situation] = frozenset()
    institution: str = ""
    goal: str = ""


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement as the register shows it. `days` after its date, negative before it;
    `times_moved` counts its rescheduling; `waits_for` the level a matter of it waits at."""

    id: int
    meeting_number: int
    number: int
    text: str
    expected_result: str
    institution_id: int
    institution_code: str
    institution: str
    institution_name: str
    responsible: str
    responsible_person_id: int | None
    agreed_on: date
    agreed_due_on: date
    due_on: date
    situation: Situation
    days: int
    is_final: bool
    fulfilled_on: date | None
    result: str
    goal_id: int | None
    goal_code: str
    goal_text: str
    theme: str
    topic: str
    minutes: str
    times_moved: int
    last_step: str
    waits_for: str
    version: int
    slug: str = field(default="")

    @property
    def label(self) -> str:
        """`7.3`: the third of meeting 7."""
        return f"{self.meeting_number}.{self.number}"

    @property
    def is_open(self) -> bool:
        return self.situation not in (Situation.FULFILLED, Situation.WITHOUT_EFFECT)

    @property
    def was_on_time(self) -> bool | None:
        """By the date in force; None while it is not fulfilled."""
        return was_on_time(self.fulfilled_on, self.due_on) if self.fulfilled_on else None


@dataclass(frozen=True, slots=True)
class AgreementCounts:
    """How many agreements are in each situation; `on_time` of the fulfilled ones."""

    pending: int = 0
    in_progress: int = 0
    overdue: int = 0
    fulfilled: int = 0
    without_effect: int = 0
    on_time: int = 0

    @property
    def total(self) -> int:
        return self.open + self.fulfilled + self.without_effect

    @property
    def open(self) -> int:
        return self.pending + self.in_progress + self.overdue


def register(
    mesa: Mesa, filters: AgreementFilters | None = None, *, on: date
) -> tuple[AgreementLine, ...]:
    """The agreements of the sessions that ended, late ones first; one statement."""
    asked = filters or AgreementFilters()
    rows = lines_of(Agreement.objects.filter(mesa=mesa))
    if asked.institution:
        rows = rows.filter(institution__code=asked.institution)
    if asked.goal:
        rows = rows.filter(goal__code=asked.goal)
    found = (line_of(row, on) for row in rows)
    wanted = [line for line in found if not asked.situations or line.situation in asked.situations]
    return tuple(sorted(wanted, key=in_order))


def overdue(mesa: Mesa, on: date) -> tuple[AgreementLine, ...]:
    """Those whose date passed and nobody settled, the most late first; one statement."""
    return register(mesa, AgreementFilters(frozenset({Situation.OVERDUE})), on=on)


def agreement_line(mesa: Mesa, meeting: int, number: int, *, on: date) -> AgreementLine | None:
    """One agreement by its number (`7.3`), or None; one statement."""
    of_meeting = Agreement.objects.filter(mesa=mesa, meeting__number=meeting, number=number)
    row = lines_of(of_meeting).first()
    return line_of(row, on) if row else None


def agreement_counts(mesa: Mesa, on: date) -> AgreementCounts:
    """How the agreements of a mesa stand on a day; one statement."""
    return counts_by_mesa(on, mesa_id=mesa.pk).get(mesa.pk, AgreementCounts())


def counts_by_mesa(on: date, *, mesa_id: int | None = None) -> dict[int, AgreementCounts]:
    """The same of every mesa that agreed something, by the mesa's id; one statement."""
    rows = Agreement.objects.filter(meeting__state__in=HELD).order_by()
    if mesa_id is not None:
        rows = rows.filter(mesa=mesa_id)
    counted: dict[int, Counter[str]] = {}
    for mesa, state, due_on, fulfilled_on in rows.values_list(
        "mesa_id", "state", "due_on", "fulfilled_on"
    ):
        counter = counted.setdefault(mesa, Counter())
        found = situation(state, due_on, on)
        counter[found] += 1
        if found is Situation.FULFILLED and fulfilled_on and was_on_time(fulfilled_on, due_on):
            counter["on_time"] += 1
    return {mesa: AgreementCounts(**counter) for mesa, counter in counted.items()}


def owed_by(
    person_id: int, *, mesa_ids: Iterable[int] | None = None, on: date
) -> tuple[AgreementLine, ...]:
    """The open agreements whose responsible person is this one, in every mesa; one statement."""
    rows = Agreement.objects.filter(responsible_person=person_id)
    if mesa_ids is not None:
        rows = rows.filter(mesa__in=list(mesa_ids))
    found = (line_of(row, on) for row in open_lines(rows))
    return tuple(sorted(found, key=in_order))


def open_lines(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    return lines_of(rows.exclude(state__in=["fulfilled", "without_effect"]))


def lines_of(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """With everything a line says, in one statement."""
    steps = AgreementStep.objects.filter(agreement=OuterRef("pk"))
    waiting = Escalation.objects.filter(agreement=OuterRef("pk"), state=Escalation.State.OPEN)
    moved = Count("steps", filter=Q(steps__kind=AgreementStep.Kind.RESCHEDULED))
    return (
        rows.filter(meeting__state__in=HELD)
        .select_related("meeting", "institution", "goal", "theme", "item", "mesa__sector")
        .annotate(
            moved=moved,
            last_text=Subquery(steps.order_by("-at", "-pk").values("text")[:1]),
            waiting_at=Subquery(waiting.order_by("to").values("to")[:1]),
        )
        .order_by("meeting__starts_at", "number")
    )


def line_of(row: Agreement, on: date) -> AgreementLine:
    """A row of `lines_of` as it stands on a day."""
    meeting, goal = row.meeting, row.goal
    place = row.institution
    moved: int = getattr(row, "moved", 0)
    return AgreementLine(
        id=row.pk,
        meeting_number=meeting.number or 0,
        number=row.number,
        text=row.text,
        expected_result=row.expected_result,
        institution_id=row.institution_id,
        institution_code=place.code,
        institution=place.acronym or place.name,
        institution_name=place.name,
        responsible=row.responsible,
        responsible_person_id=row.responsible_person_id,
        agreed_on=day_of(meeting.starts_at),
        agreed_due_on=row.agreed_due_on,
        due_on=row.due_on,
        situation=situation(row.state, row.due_on, on),
        days=(on - row.due_on).days,
        is_final=row.is_final,
        fulfilled_on=row.fulfilled_on,
        result=row.result,
        goal_id=row.goal_id,
        goal_code=goal.code if goal else "",
        goal_text=goal.text if goal else "",
        theme=str(row.theme) if row.theme else "",
        topic=row.item.title,
        minutes=f"{meeting.minutes_number}-{meeting.minutes_year}",
        times_moved=moved,
        last_step=getattr(row, "last_text", None) or "",
        waits_for=getattr(row, "waiting_at", None) or "",
        version=row.version,
        slug=row.mesa.sector.slug,
    )


def in_order(line: AgreementLine) -> tuple[int, date, int, int]:
    return ORDER[line.situation], line.due_on, line.meeting_number, line.number
