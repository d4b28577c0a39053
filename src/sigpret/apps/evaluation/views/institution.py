"""R1 · The evaluation of an institution: a grade that opens down to each reported value."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sigpret.apps.evaluation import drawings
from sigpret.apps.evaluation.permissions import can_see_grades, check_can_see_institution
from sigpret.apps.evaluation.queries.institution import (
    InstitutionEvaluation,
    institution_evaluation,
    institution_facts,
)
from sigpret.apps.evaluation.queries.quarter import UnknownQuarterError
from sigpret.apps.evaluation.sentences import grade_lede, grade_sentence, preliminary_note
from sigpret.apps.evaluation.views.asked import quarter_choices, quarter_in_address
from sigpret.web.http import read_only, render_page, role_required


@role_required()
@read_only
def show_institution(request: HttpRequest, code: str, year: int, quarter: int) -> HttpResponse:
    institution = institution_facts(code)
    if institution is None:
        raise Http404(_("No existe la institución «%(code)s».") % {"code": code[:10]})
    check_can_see_institution(request.access, institution.id)
    period = quarter_in_address(year, quarter)
    try:
        shown = institution_evaluation(institution, period=period, as_of=request.as_of)
    except UnknownQuarterError as problem:
        raise Http404(str(problem)) from problem
    if shown is None:
        raise Http404(_("Todavía no hay trimestres reportados."))
    context = context_of(shown) | {"sees_all": can_see_grades(request.access)}
    return render_page(request, "evaluation/institution.html", context)


def context_of(shown: InstitutionEvaluation) -> dict[str, Any]:
    quarter = shown.quarter
    counted = [row for row in shown.rows if row.goal.status != "not_due"]
    return {
        "shown": shown,
        "quarter": quarter,
        "sentence": grade_sentence(shown),
        "lede": grade_lede(shown),
        "preliminary": "" if quarter.is_official else preliminary_note(quarter),
        "choices": quarter_choices(shown.institution.code, quarter.choices, quarter.period),
        "bar": drawings.contribution_bar(shown),
        "counted": counted,
        "not_due": [row for row in shown.rows if row.goal.status == "not_due"],
        "waterfall": drawings.waterfall(shown),
        "peers": drawings.peers_chart(shown),
    }
