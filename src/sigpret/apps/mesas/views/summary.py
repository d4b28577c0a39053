"""`/mesas/<slug>` · A mesa at a glance: goals, next meeting, agreements, plan, guidelines."""

from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse

from sigpret.apps.mesas.drawings import drawn_goal
from sigpret.apps.mesas.guideline_words import HEADINGS
from sigpret.apps.mesas.member_words import lack_lines
from sigpret.apps.mesas.queries.agreements import agreement_counts, overdue
from sigpret.apps.mesas.queries.changes import changes_since, last_held
from sigpret.apps.mesas.queries.compliance import findings_of
from sigpret.apps.mesas.queries.constitution import lacks
from sigpret.apps.mesas.queries.convening import next_number
from sigpret.apps.mesas.queries.glance import coming_meeting, plan_glance
from sigpret.apps.mesas.queries.goals import SectorGoals, sector_goals
from sigpret.apps.mesas.queries.members import designations, members_by_institution
from sigpret.apps.mesas.summary_words import change_lines, summary_sentence
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.apps.reference.queries import policy_on
from sigpret.methodology.mesas.compliance import Compliance
from sigpret.web.dates import TEGUCIGALPA
from sigpret.web.http import read_only, render_page, role_required
from sigpret.web.navigation import address

TEMPLATE = "mesas/summary.html"
WAITING = "mesas/waiting.html"
#: Late agreements that are listed; the register has them all.
MOST_OVERDUE = 4
#: What fails first, then what is about to.
PRESSING = (Compliance.BROKEN, Compliance.DUE_SOON, Compliance.IN_TIME, Compliance.MET)


@role_required()
@read_only
def show_summary(request: HttpRequest, slug: str) -> HttpResponse:
    page = mesa_page(request, slug)
    institutions = members_by_institution(
        page.mesa,
        "technical",
        standing=page.standing,
        limit=policy_on(page.on).delegates_limit,
    )
    context: dict[str, Any] = {
        "institutions": institutions,
        "people": sum(len(one.members) for one in institutions),
        "duties": designations(page.mesa, on=page.on),
    }
    if page.mesa.constituted_on is None:
        missing = lacks(page.mesa, on=page.on)
        labels = {one.code: one.label for one in institutions}
        context |= {"lacks": lack_lines(missing, labels), "goals": goals_of(page)}
        return render_page(request, WAITING, page.context(**context))
    context |= at_work(page, request.now)
    return render_page(request, TEMPLATE, page.context(**context))


def at_work(page: MesaPage, now: datetime) -> dict[str, Any]:
    """The panels of a mesa that is constituted."""
    goals, late = sector_goals(page.mesa, on=page.on), overdue(page.mesa, page.on)
    meeting, held = coming_meeting(page.mesa, at=now), last_held(page.mesa, at=now)
    since = held.at or datetime.combine(page.mesa.constituted_on, time.min, TEGUCIGALPA)
    return {
        "sentence": summary_sentence(page.name, goals, len(late), meeting, on=page.on),
        "goals": drawn(goals),
        "overdue": late[:MOST_OVERDUE],
        "counts": agreement_counts(page.mesa, page.on),
        "meeting": meeting,
        "next_number": next_number(page.mesa),
        "held": held,
        "changes": change_lines(page.slug, changes_since(page.mesa, since)),
        "plan": plan_glance(page.mesa, on=page.on),
        "plan_url": address("mesas:work_plan", page.slug),
        "findings": findings(page),
    }


def goals_of(page: MesaPage) -> dict[str, Any]:
    return drawn(sector_goals(page.mesa, on=page.on))


def drawn(goals: SectorGoals) -> dict[str, Any]:
    """The goals with their drawings, ready to print."""
    return {
        "period": goals.period,
        "is_official": goals.is_official,
        "rows": [drawn_goal(goal) for goal in goals.goals],
    }


def findings(page: MesaPage) -> list[dict[str, Any]]:
    """The guidelines of the mesa, those that fail first; what does not apply is left out."""
    found = [
        one
        for one in findings_of(page.mesa, on=page.on)
        if one.check.state is not Compliance.DOES_NOT_APPLY
    ]
    found.sort(key=lambda one: PRESSING.index(one.check.state))
    return [
        {
            "state": one.check.state.value,
            "heading": HEADINGS[one.check.rule],
            "sentence": one.sentence,
        }
        for one in found
    ]
