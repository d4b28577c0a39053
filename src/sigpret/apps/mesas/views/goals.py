"""`/mesas/<slug>/metas` · The goals of the sector with their bullets, and their programming."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.mesas.drawings import amount
from sigpret.apps.mesas.queries.goals import sector_goals
from sigpret.apps.mesas.queries.programming import ProgrammedGoal, programming
from sigpret.apps.mesas.summary_words import goals_words
from sigpret.apps.mesas.views.loading import mesa_page
from sigpret.apps.mesas.views.summary import drawn
from sigpret.web.http import read_only, render_page, role_required

TEMPLATE = "mesas/goals.html"


@role_required()
@read_only
def show_goals(request: HttpRequest, slug: str) -> HttpResponse:
    page = mesa_page(request, slug)
    goals, programmed = sector_goals(page.mesa, on=page.on), programming(page.mesa, on=page.on)
    sector = page.mesa.sector.code
    words = goals_words(goals)
    context = page.context(
        _("Metas del sector"),
        heading=_("%(name)s: %(goals)s") % {"name": page.name, "goals": words},
        goals=drawn(goals),
        years=programmed.years,
        programmed=[shown(goal) for goal in programmed.goals],
        table_url=f"{reverse('results:table')}?sector={sector}",
        chain_url=f"{reverse('evaluation:chain')}?sector={sector}",
        year=page.on.year,
    )
    return render_page(request, TEMPLATE, context)


def shown(goal: ProgrammedGoal) -> dict[str, Any]:
    """A goal with its numbers as people read them."""
    return {
        "goal": goal,
        "years": [(year, amount(planned, goal.unit)) for year, planned in goal.years],
        "periods": [(code, amount(planned, goal.unit)) for code, planned in goal.periods],
    }
