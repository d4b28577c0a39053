"""`/evaluacion`: people of an institution go to theirs; national readers see all, by band."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sigpret.apps.evaluation.permissions import can_see_grades, grades_reserved
from sigpret.apps.evaluation.queries.national import NationalGrades, national_grades
from sigpret.apps.evaluation.queries.quarter import UnknownQuarterError, quarter_shown
from sigpret.apps.evaluation.sentences import bands_sentence
from sigpret.apps.evaluation.views.asked import asked_period, period_choices
from sigpret.apps.institutions.queries import institution_of
from sigpret.web.http import read_only, render_page, role_required


@role_required()
@read_only
def show_own(request: HttpRequest) -> HttpResponse:
    if not can_see_grades(request.access):
        return to_own_institution(request)
    try:
        shown = national_grades(period=asked_period(request), as_of=request.as_of)
    except UnknownQuarterError as problem:
        raise Http404(str(problem)) from problem
    return render_page(request, "evaluation/grades.html", context_of(shown))


def to_own_institution(request: HttpRequest) -> HttpResponse:
    """Whoever works for one institution lands on it; anybody else is told who sees the grades."""
    own = institution_of(request.access)
    quarter = quarter_shown(as_of=request.as_of)
    if own is None:
        raise grades_reserved()
    if quarter is None:
        raise Http404(_("Todavía no hay trimestres reportados."))
    return redirect("evaluation:institution", own.code, quarter.period.year, quarter.period.number)


def context_of(shown: NationalGrades | None) -> dict[str, Any]:
    if shown is None:
        return {"shown": None}
    return {
        "shown": shown,
        "sentence": bands_sentence(shown),
        "choices": period_choices(shown.quarter.choices, shown.quarter.period),
        "bands": [(band, shown.bands[band]) for band in reversed(shown.bands)],
    }
