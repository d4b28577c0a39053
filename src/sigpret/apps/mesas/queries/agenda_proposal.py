"""What a mesa should talk about: taken from its goals, agreements, work plan and annual plans."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.institutions.models import CrossCuttingTheme
from sigpret.apps.mesas.models import (
    Accreditation,
    AgendaItem,
    Agreement,
    Mesa,
    PlanReview,
    WorkPlan,
    WorkPlanActivity,
    WorkPlanProgress,
)
from sigpret.apps.mesas.queries.agreements import overdue
from sigpret.apps.mesas.queries.plan_reviews import plan_reviews
from sigpret.apps.monitoring.models import GoalAchievement
from sigpret.apps.results.models import Goal
from sigpret.methodology.mesas.convocation import Candidate, Origin, propose
from sigpret.methodology.status import Status
from sigpret.web.formats import format_percent

ORIGINS = {
    Origin.BEHIND: AgendaItem.Origin.GOAL,
    Origin.AT_RISK: AgendaItem.Origin.GOAL,
    Origin.NOT_REPORTED: AgendaItem.Origin.GOAL,
    Origin.OVERDUE: AgendaItem.Origin.AGREEMENTS,
    Origin.WORK_PLAN: AgendaItem.Origin.WORK_PLAN,
    Origin.PLANS: AgendaItem.Origin.PLANS,
    Origin.THEMES: AgendaItem.Origin.OWN,
}
STATUSES = {Status.BEHIND: Origin.BEHIND, Status.AT_RISK: Origin.AT_RISK}
PENDING = PlanReview.Verdict.PENDING
#: Goals offered beyond those included.
MOST_OFFERED = 3


@dataclass(frozen=True, slots=True)
class ProposedTopic:
    """A topic with why it is proposed. `status` draws its glyph; `icon` when it has none."""

    key: str
    title: str
    reason: str
    minutes: int
    is_included: bool
    origin: str
    presenter: str = ""
    goal_id: int | None = None
    theme_ids: tuple[int, ...] = ()
    status: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something the mesa could discuss, before it gets its minutes."""

    candidate: Candidate
    title: str
    reason: str
    presenter: str = ""
    goal_id: int | None = None
    theme_ids: tuple[int, ...] = ()
    status: str = ""
    icon: str = ""


def agenda_proposal(mesa: Mesa, *, on: date) -> tuple[ProposedTopic, ...]:
    """The agenda proposed for a meeting of a mesa, those included first; fifteen statements."""
    matters = {
        matter.candidate.key: matter
        for matter in (
            *goal_matters(mesa),
            *overdue_matters(mesa, on),
            *plan_matters(mesa, on),
            *coherence_matters(mesa, on),
            *theme_matters(),
        )
    }
    proposed = propose(matter.candidate for matter in matters.values())
    topics = [
        topic_of(matters[one.candidate.key], one.minutes, is_included=one.is_included)
        for one in proposed
    ]
    included = [topic for topic in topics if topic.is_included]
    return (*included, *offered([topic for topic in topics if not topic.is_included]))


def offered(left_out: Sequence[ProposedTopic]) -> Iterator[ProposedTopic]:
    """What did not fit, for whoever wants it: every matter, and no more than some goals."""
    goals = [topic for topic in left_out if topic.goal_id][:MOST_OFFERED]
    return (topic for topic in left_out if not topic.goal_id or topic in goals)


def topic_of(matter: Matter, minutes: int, *, is_included: bool) -> ProposedTopic:
    return ProposedTopic(
        key=matter.candidate.key,
        title=matter.title,
        reason=matter.reason,
        minutes=minutes,
        is_included=is_included,
        origin=ORIGINS[matter.candidate.origin],
        presenter=matter.presenter,
        goal_id=matter.goal_id,
        theme_ids=matter.theme_ids,
        status=matter.status,
        icon=matter.icon,
    )


def goal_matters(mesa: Mesa) -> Iterator[Matter]:
    """The goals of its sector that are behind, at risk or not reported, as last evaluated."""
    rows = GoalAchievement.objects.filter(goal__sector=mesa.sector_id).exclude(
        goal__level=Goal.Level.PRESIDENTIAL
    )
    last = rows.aggregate(last=Max("period"))["last"]
    current = rows.filter(period=last, own_status__in=[*STATUSES, Status.NOT_REPORTED])
    found = list(current.select_related("goal__institution").prefetch_related("goal__themes"))
    directors = planning_directors(mesa)
    for row in found:
        if row.own_status in STATUSES:
            yield goal_matter(row, directors)
    if unreported := [row.goal for row in found if row.own_status == Status.NOT_REPORTED]:
        yield unreported_matter(unreported)


def goal_matter(row: GoalAchievement, directors: dict[int, str]) -> Matter:
    goal, status = row.goal, Status(row.own_status)
    share = format_percent(row.own)
    reason = (
        _("Meta rezagada: lleva %(share)s de lo programado")
        if status == Status.BEHIND
        else _("Meta en riesgo: lleva %(share)s de lo programado")
    )
    level = 0 if goal.level == Goal.Level.SECTORAL else 1000
    return Matter(
        Candidate(f"goal-{goal.pk}", STATUSES[status], level + float(row.own or Decimal(0))),
        title=goal.text,
        reason=reason % {"share": share},
        presenter=directors.get(goal.institution_id or 0, ""),
        goal_id=goal.pk,
        theme_ids=tuple(theme.pk for theme in goal.themes.all()),
        status=status.value,
    )


def unreported_matter(goals: list[Goal]) -> Matter:
    count = len(goals)
    title = ngettext("%(n)d meta sin reporte", "%(n)d metas sin reporte", count) % {"n": count}
    names = sorted(
        {goal.institution.acronym or goal.institution.name for goal in goals if goal.institution}
    )
    by = _("Faltan: %(names)s") % {"names": ", ".join(names[:6])} if names else ""
    return Matter(
        Candidate("not-reported", Origin.NOT_REPORTED),
        title=title,
        reason=by,
        status=Status.NOT_REPORTED.value,
    )


def planning_directors(mesa: Mesa) -> dict[int, str]:
    """Who presents for an institution: the director of its planning unit, as accredited."""
    rows = Accreditation.objects.filter(
        mesa=mesa, ended_on__isnull=True, is_planning_director=True
    ).values_list("institution_id", "full_name")
    return dict(rows)


def overdue_matters(mesa: Mesa, on: date) -> Iterator[Matter]:
    """The agreements whose date passed, together in one topic."""
    late = overdue(mesa, on)
    if not late:
        return
    labels = [line.label for line in late]
    count = len(late)
    words = ngettext("Acuerdo vencido %(labels)s", "Acuerdos vencidos %(labels)s", count)
    days = ngettext("Venció hace %(days)s días", "Vencieron hace %(days)s días", count)
    yield Matter(
        Candidate("overdue", Origin.OVERDUE),
        title=words % {"labels": joined(labels[:6])},
        reason=days % {"days": joined([str(line.days) for line in late[:6]])},
        presenter=joined(sorted({line.responsible for line in late[:6]})),
        theme_ids=themes_of([line.id for line in late]),
        icon="alert",
    )


def themes_of(agreement_ids: list[int]) -> tuple[int, ...]:
    found = Agreement.objects.filter(pk__in=agreement_ids, theme__isnull=False)
    return tuple(sorted(set(found.values_list("theme_id", flat=True))))


def plan_matters(mesa: Mesa, on: date) -> Iterator[Matter]:
    """The work plan when somebody must still approve it or it runs late."""
    plan = (
        WorkPlan.objects.filter(mesa=mesa, year=on.year)
        .exclude(state=WorkPlan.State.SUPERSEDED)
        .annotate(missing=Count("approvals", filter=Q(approvals__decision="pending")))
        .order_by("-number")
        .first()
    )
    if plan is None:
        title = _("Plan de trabajo %(year)d") % {"year": on.year}
        yield Matter(
            Candidate("plan", Origin.WORK_PLAN),
            title,
            _("La mesa aún no tiene plan de trabajo de este año"),
            icon="document",
        )
    elif reason := plan_reason(plan, on):
        words = {"year": plan.year, "number": plan.number}
        title = _("Plan de trabajo %(year)d, versión %(number)d") % words
        yield Matter(Candidate("plan", Origin.WORK_PLAN), title, reason, icon="document")


def coherence_matters(mesa: Mesa, on: date) -> Iterator[Matter]:
    """The annual plans that do not agree with the matrix: those the mesa asked something of, and
    those nobody in it has read yet."""
    asked = PlanReview.objects.filter(
        mesa=mesa, verdict=PlanReview.Verdict.WITH_FINDINGS, year__gte=on.year
    )
    told = {one.institution.acronym or one.institution.name
            for one in asked.select_related("institution")}  # fmt: skip
    lines = plan_reviews(mesa, year=on.year)
    unread = {one.place for one in lines if one.findings and one.verdict == PENDING} - told
    parts = (
        (_("Con hallazgos: %(names)s"), told),
        (_("Con hallazgos por leer: %(names)s"), unread),
    )
    reasons = [words % {"names": joined(sorted(names))} for words, names in parts if names]
    if reasons:
        title = _("Coherencia de los POA con la matriz")
        yield Matter(Candidate("plans", Origin.PLANS), title, ". ".join(reasons), icon="chain")


def theme_matters() -> Iterator[Matter]:
    """What every mesa treats: «se integrarán de igual manera en forma transversal en todas»."""
    themes = list(CrossCuttingTheme.objects.filter(is_permanent=True).order_by("name"))
    if themes:
        yield Matter(
            Candidate("themes", Origin.THEMES),
            _("Temas transversales: %(names)s") % {"names": joined([one.name for one in themes])},
            _("Los lineamientos piden tratarlos en todas las mesas"),
            theme_ids=tuple(theme.pk for theme in themes),
            icon="people",
        )


def plan_reason(plan: WorkPlan, on: date) -> str:
    """`2 actividades atrasadas; faltan 2 aprobaciones`; empty when all goes well."""
    late, missing = late_activities(plan, on), int(getattr(plan, "missing", 0))
    parts = (
        (late, ngettext("%(n)d actividad atrasada", "%(n)d actividades atrasadas", late)),
        (missing, ngettext("falta %(n)d aprobación", "faltan %(n)d aprobaciones", missing)),
    )
    return "; ".join(text % {"n": number} for number, text in parts if number)


def late_activities(plan: WorkPlan, on: date) -> int:
    """The activities that should be done and are not."""
    told = WorkPlanProgress.objects.filter(mesa=plan.mesa_id, key=OuterRef("key"))
    ended = WorkPlanActivity.objects.filter(result__plan=plan, ends_on__lte=on - timedelta(days=1))
    reached = ended.annotate(share=Subquery(told.order_by("-told_at", "-id").values("percent")[:1]))
    return reached.filter(Q(share__isnull=True) | Q(share__lt=100)).count()


def joined(words: list[str]) -> str:
    """`5.2, 6.1 y 7.3`."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s y %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
