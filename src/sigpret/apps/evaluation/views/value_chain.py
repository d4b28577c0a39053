"""P7 inside · The chain of a goal: money, products, results and impact, and where it breaks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sigpret.apps.evaluation.permissions import can_see_board, check_can_see_goal
from sigpret.apps.evaluation.queries.goal import goal_facts
from sigpret.apps.evaluation.queries.quarter import UnknownQuarterError
from sigpret.apps.evaluation.queries.value_chain import goal_chain
from sigpret.apps.evaluation.value_chain_page import value_chain_of
from sigpret.apps.evaluation.views.asked import asked_period, period_choices
from sigpret.web.http import read_only, render_page, role_required
from sigpret.web.navigation import address
from sigpret.web.value_chain import broken_links, chain_sentence


@role_required()
@read_only
def show_value_chain(request: HttpRequest, code: str) -> HttpResponse:
    facts = goal_facts(code)
    if facts is None:
        raise Http404(_("No existe la meta «%(code)s».") % {"code": code[:30]})
    check_can_see_goal(
        request.access, institution_id=facts.institution_id, sector_id=facts.sector_id
    )
    try:
        found = goal_chain(
            facts.id, access=request.access, as_of=request.as_of, asked=asked_period(request)
        )
    except UnknownQuarterError as problem:
        raise Http404(str(problem)) from problem
    chain = value_chain_of(found, facts.id, facts.text)
    quarter = found.quarter
    context = {
        "facts": facts,
        "chain": chain,
        "sentence": chain_sentence(chain),
        "broken": broken_links(chain),
        "quarter": quarter,
        "choices": period_choices(quarter.choices, quarter.period) if quarter else (),
        "board_url": address("evaluation:board") if can_see_board(request.access) else "",
    }
    return render_page(request, "evaluation/value_chain.html", context)
