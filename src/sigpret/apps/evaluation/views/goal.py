"""X3 · One goal: where it stands, who contributes, what it serves, and the values behind it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sigpret.apps.evaluation import drawings
from sigpret.apps.evaluation.permissions import can_see_board, check_can_see_goal
from sigpret.apps.evaluation.queries.goal import GoalFacts, GoalPage, goal_facts, goal_page
from sigpret.apps.evaluation.queries.quarter import UnknownQuarterError
from sigpret.apps.evaluation.sentences import goal_lede, goal_sentence
from sigpret.apps.evaluation.views.asked import asked_period, period_choices
from sigpret.apps.monitoring.permissions import can_read_report
from sigpret.web.http import read_only, render_page, role_required
from sigpret.web.navigation import address


@role_required()
@read_only
def show_goal(request: HttpRequest, code: str) -> HttpResponse:
    facts = goal_facts(code)
    if facts is None:
        raise Http404(_("No existe la meta «%(code)s».") % {"code": code[:30]})
    check_can_see_goal(
        request.access, institution_id=facts.institution_id, sector_id=facts.sector_id
    )
    try:
        shown = goal_page(
            facts, access=request.access, as_of=request.as_of, asked=asked_period(request)
        )
    except UnknownQuarterError as problem:
        raise Http404(str(problem)) from problem
    opens_report = shown.indicator is not None and can_read_report(
        request.access, shown.indicator.responsible_id
    )
    board_url = address("evaluation:board") if can_see_board(request.access) else ""
    context = context_of(facts, shown) | {"opens_report": opens_report, "board_url": board_url}
    return render_page(request, "evaluation/goal.html", context)


def context_of(facts: GoalFacts, shown: GoalPage) -> dict[str, Any]:
    standing, quarter = shown.standing, shown.quarter
    context = {"page": shown, "facts": facts, "standing": standing, "quarter": quarter}
    if quarter is None or standing is None:
        return context | {"sentence": facts.text}
    return context | {
        "sentence": goal_sentence(standing, quarter.period),
        "lede": goal_lede(standing, shown.before, quarter),
        "choices": period_choices(quarter.choices, quarter.period),
        "bullet": drawings.bullet(standing),
        "trajectory": drawings.trajectory(standing),
        "spark": drawings.spark(standing),
    }
