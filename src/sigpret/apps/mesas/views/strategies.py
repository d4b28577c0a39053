"""`/mesas/<slug>/productos/estrategias` · What the mesa proposes to reach its goals."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.mesas.actions.proposals import ProposalError
from sigpret.apps.mesas.actions.strategies import begin_strategy
from sigpret.apps.mesas.forms.strategies import StrategyForm
from sigpret.apps.mesas.queries.bottlenecks import bottleneck_page
from sigpret.apps.mesas.queries.held_back import goal_choices
from sigpret.apps.mesas.queries.strategies import StrategyLine, bottleneck_choices, strategies
from sigpret.apps.mesas.views.beginning import Beginning, list_and_begin
from sigpret.apps.mesas.views.bottlenecks import products_crumb
from sigpret.apps.mesas.views.loading import MesaPage
from sigpret.web.http import render_page, role_required

TEMPLATE = "mesas/strategies.html"


@role_required()
def show_strategies(request: HttpRequest, slug: str) -> HttpResponse:
    """GET lists them; POST begins one."""
    return list_and_begin(request, slug, PROPOSING)


def begin_one(request: HttpRequest, page: MesaPage, form: StrategyForm) -> HttpResponse:
    """Raises ProposalError."""
    begun = begin_strategy(
        actor=request.user,  # type: ignore[arg-type]
        standing=page.standing,
        typed=form.typed(),
        at=request.now,  # type: ignore[attr-defined]
    )
    messages.success(request, _("Estrategia iniciada. Anote y compare los cursos de acción."))
    return redirect("mesas:strategy", page.slug, begun.pk)


def form_of(page: MesaPage, data: Any = None, **more: Any) -> StrategyForm:
    return StrategyForm(
        data,
        bottlenecks=bottleneck_choices(page.mesa),
        goals=goal_choices(page.mesa),
        auto_id="estrategia-%s",
        **more,
    )


def render_list(
    request: HttpRequest, page: MesaPage, form: StrategyForm | None, *, status: int = 200
) -> HttpResponse:
    found = strategies(page.mesa, on=page.on)
    typed = as_typed(page, request.GET.get("cuello", ""))
    if form is None and page.standing.writes:
        form = form_of(page, initial=typed)
    context = page.context(
        products_crumb(page),
        _("Estrategias"),
        heading=heading_of(found),
        lines=found,
        form=form,
        is_writing=bool(typed or (form and form.is_bound)),
    )
    return render_page(request, TEMPLATE, context, status=status)


def as_typed(page: MesaPage, asked: str) -> dict[str, Any]:
    """What a bottleneck says, for the strategy that solves it."""
    if not asked.isdecimal() or len(asked) > 9:
        return {}
    found = bottleneck_page(page.mesa, int(asked), on=page.on)
    if found is None:
        return {}
    line = found.line
    goals = [goal.id for goal in line.goals]
    return {"bottleneck": line.id, "problem": f"{line.title}. {line.cause}", "goals": goals}


def heading_of(found: tuple[StrategyLine, ...]) -> str:
    waiting = sum(one.decided.state == "proposed" for one in found)
    if waiting:
        words = ngettext(
            "%(n)s estrategia espera al nivel político",
            "%(n)s estrategias esperan al nivel político",
            waiting,
        )
        return words % {"n": waiting}
    approved = sum(one.decided.state == "approved" for one in found)
    words = ngettext("%(n)s estrategia aprobada", "%(n)s estrategias aprobadas", approved)
    return words % {"n": approved} if approved else _("Estrategias y cursos de acción")


PROPOSING = Beginning(form_of, begin_one, ProposalError, render_list)
