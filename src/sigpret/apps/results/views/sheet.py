"""L5 · The sheet of a goal: what it measures, against what, for whom, and who wrote it."""

from django.http import HttpRequest, HttpResponse

from sigpret.apps.results.queries.findings import findings
from sigpret.apps.results.queries.sheet import goal_sheet
from sigpret.apps.results.screens import goal_crumbs, opened
from sigpret.web.http import read_only, render_page, role_required


@role_required()
@read_only
def show_sheet(request: HttpRequest, code: str) -> HttpResponse:
    identity = opened(request, code)
    sheet = goal_sheet(identity, request.access)
    wrong = [one for one in findings(request.access, sector=identity.sector) if one.goal == code]
    context = {
        "sheet": sheet,
        "row": sheet.row,
        "goal": identity,
        "findings": [one for one in wrong if one.rule != "sheet_pending"],
        "crumbs": goal_crumbs(identity),
    }
    return render_page(request, "results/sheet.html", context)
