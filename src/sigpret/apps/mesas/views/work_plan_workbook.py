"""`/mesas/<slug>/plan.xlsx` · The plan on screen as a workbook."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.mesas.queries.work_plan import Activity, Approval, PlanPage
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.apps.mesas.views.work_plan import loaded
from sigpret.apps.mesas.work_plan_words import PACE_WORDS, heading_of, lede_of
from sigpret.documents.work_plan import PlanBook, PlanRow, work_plan_xlsx
from sigpret.web.dates import short_deadline
from sigpret.web.http import role_required

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@role_required()
@require_safe
def download_plan(request: HttpRequest, slug: str) -> HttpResponse:
    page = mesa_page(request, slug)
    plan = loaded(request, page)
    number = plan.shown.number if plan.shown else 0
    name = f"plan-{slug}-{plan.year}-v{number}.xlsx"
    return HttpResponse(
        work_plan_xlsx(book_of(page, plan)),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def book_of(page: MesaPage, plan: PlanPage) -> PlanBook:
    words = {"name": page.name, "year": plan.year}
    objective = plan.shown.objective if plan.shown else ""
    notes = (heading_of(plan), lede_of(plan), objective)
    return PlanBook(
        title=_("Plan de trabajo %(year)s de la mesa de %(name)s") % words,
        notes=tuple(note for note in notes if note),
        year=plan.year,
        results=tuple(
            (f"{result.number}. {result.text}", tuple(map(row_of, result.activities)))
            for result in plan.results
        ),
        approvals_title=_("Aprobación de la versión %(n)s")
        % {"n": plan.next.number if plan.next else ""},
        approvals=tuple(map(approval_of, plan.approvals)),
    )


def row_of(row: Activity) -> PlanRow:
    return PlanRow(
        number=row.number,
        text=row.text,
        institutions=row.institutions,
        responsible=row.responsible,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        percent=row.percent,
        pace=row.pace,
        pace_words=str(PACE_WORDS[row.pace]),
        note=row.note,
    )


def approval_of(one: Approval) -> tuple[str, ...]:
    return (
        one.institution,
        one.name,
        str(one.decision_label),
        short_deadline(one.decided_at) if one.decided_at else "",
        one.observation,
    )
