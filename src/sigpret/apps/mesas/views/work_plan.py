"""`/mesas/<slug>/plan` · The work plan: what is done, what is late, who has approved it."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.mesas.actions.work_plan_approval import note_opened
from sigpret.apps.mesas.queries.groups import groups_of
from sigpret.apps.mesas.queries.work_plan import (
    PlanPage,
    Version,
    plan_page,
    version_results,
)
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.apps.mesas.work_plan_forms import BeginForm, ObserveForm
from sigpret.apps.mesas.work_plan_permissions import can_send_plan, can_tell_activity
from sigpret.apps.mesas.work_plan_words import (
    change_lines,
    drawn_results,
    gantt_of,
    heading_of,
    lede_of,
)
from sigpret.methodology.mesas.work_plan import WHOLE, plan_changes
from sigpret.web.components import Choice, Crumb
from sigpret.web.http import read_only, render_page, role_required, whole_number

TEMPLATE = "mesas/work_plan.html"
COMPARE = "mesas/work_plan_compare.html"


@role_required()
@require_safe
def show_work_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Opening what waits for one's approval is remembered: the mesa sees who opened it."""
    page = mesa_page(request, slug)
    plan = loaded(request, page)
    if plan.next is not None and plan.next.is_in_approval and page.standing.headed_institutions:
        note_opened(standing=page.standing, plan_id=plan.next.id, at=request.now)
        plan = loaded(request, page)
    return render_plan(request, page, plan)


@role_required()
@read_only
def compare_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Two versions of a year's plan, side by side: what the second changes."""
    page = mesa_page(request, slug)
    year = year_asked(request, page.on)
    numbers = number_asked(request, "de"), number_asked(request, "a")
    old, new = (version_results(page.mesa, year, n or 0, on=page.on) for n in numbers)
    if old is None or new is None:
        raise Http404(_("El plan de ese año no tiene esas dos versiones."))
    before, after = (
        [row.line() for result in results for row in result.activities] for results in (old, new)
    )
    context = page.context(
        Crumb(_("Plan de trabajo"), reverse("mesas:work_plan", args=[slug])),
        _("Comparar"),
        year=year,
        old=numbers[0],
        new=numbers[1],
        changes=change_lines(plan_changes(before, after), year),
    )
    return render_page(request, COMPARE, context)


def loaded(request: HttpRequest, page: MesaPage) -> PlanPage:
    """The plan of the year asked for. Raises Http404 for a version nobody wrote."""
    number = number_asked(request, "version")
    plan = plan_page(page.mesa, year_asked(request, page.on), on=page.on, number=number)
    if number is not None and (plan.shown is None or plan.shown.number != number):
        raise Http404(_("El plan de ese año no tiene esa versión."))
    return plan


def year_asked(request: HttpRequest, on: date) -> int:
    asked = number_asked(request, "anio")
    return asked if asked is not None and 2022 <= asked <= on.year + 1 else on.year


def number_asked(request: HttpRequest, name: str) -> int | None:
    asked = request.GET.get(name, "")
    return whole_number(asked, digits=4)


@dataclass(frozen=True, slots=True)
class Tried:
    """What could not be done to the plan, with what was typed."""

    problem: str = ""
    observed: ObserveForm | None = None
    begun: BeginForm | None = None


NOTHING = Tried()


def render_plan(
    request: HttpRequest, page: MesaPage, plan: PlanPage, tried: Tried = NOTHING, status: int = 200
) -> HttpResponse:
    gantt = gantt_of(plan, page.on)
    context = page.context(
        _("Plan de trabajo %(year)s") % {"year": plan.year},
        plan=plan,
        heading=heading_of(plan),
        lede=lede_of(plan),
        axis=gantt.head(),
        results=drawn_results(plan, gantt),
        changes=change_lines(plan.changes, plan.year),
        years=year_choices(page, plan),
        versions=version_choices(page, plan),
        groups=groups_of(page.mesa, on=page.on),
        **offered(page, plan, tried),
    )
    return render_page(request, TEMPLATE, context, status=status)


def offered(page: MesaPage, plan: PlanPage, tried: Tried) -> dict[str, object]:
    """What this person may do with the plan, and what they tried."""
    return {
        "to_approve": waiting_for(plan, page),
        "can_send": can_send_plan(page.standing),
        "tellable": told_by(plan, page),
        "first_to_tell": first_to_tell(plan, page),
        "observe_form": tried.observed or ObserveForm(auto_id="observar-%s"),
        "begin_form": tried.begun or BeginForm(auto_id="empezar-%s"),
        "problem": tried.problem,
        "is_observing": tried.observed is not None,
        "is_beginning": tried.begun is not None,
    }


def waiting_for(plan: PlanPage, page: MesaPage) -> tuple[object, ...]:
    """The approvals this person still has to give."""
    if plan.next is None or not plan.next.is_in_approval:
        return ()
    return tuple(
        one
        for one in plan.approvals
        if one.institution_id in page.standing.headed_institutions and not one.is_approved
    )


def told_by(plan: PlanPage, page: MesaPage) -> frozenset[str]:
    """The keys of the activities whose progress this person may tell."""
    if plan.shown is None or not plan.shown.is_in_force:
        return frozenset()
    return frozenset(
        row.key
        for result in plan.results
        for row in result.activities
        if can_tell_activity(page.standing, row.institution_ids)
    )


def first_to_tell(plan: PlanPage, page: MesaPage) -> str:
    """The key of the activity whose progress is missed most; empty without any to tell."""
    keys = told_by(plan, page)
    rows = [row for result in plan.results for row in result.activities if row.key in keys]
    open_rows = sorted(rows, key=lambda row: (row.percent == WHOLE, row.ends_on))
    return open_rows[0].key if open_rows else ""


def year_choices(page: MesaPage, plan: PlanPage) -> list[Choice]:
    base = reverse("mesas:work_plan", args=[page.slug])
    return [Choice(str(year), f"{base}?anio={year}", year == plan.year) for year in plan.years]


def version_choices(page: MesaPage, plan: PlanPage) -> list[Choice]:
    base = reverse("mesas:work_plan", args=[page.slug])
    return [
        Choice(
            version_name(one), f"{base}?anio={plan.year}&version={one.number}", one == plan.shown
        )
        for one in plan.versions
    ]


def version_name(one: Version) -> str:
    return _("Versión %(n)s, %(state)s") % {"n": one.number, "state": one.state_label}
