"""D6 · Closing a quarter: what stands in the way, what will be frozen, and the confirmation."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.evaluation import drawings
from sigpret.apps.evaluation.actions import close_quarter
from sigpret.apps.evaluation.forms import ClosingForm
from sigpret.apps.evaluation.permissions import check_can_see_closing
from sigpret.apps.evaluation.queries.closing import ClosingScreen, closing_screen
from sigpret.apps.evaluation.queries.quarter import quarter_shown
from sigpret.apps.evaluation.sentences import closing_sentence
from sigpret.apps.evaluation.views.asked import quarter_in_address
from sigpret.apps.monitoring.actions import CannotCloseYetError, RoundNotOpenError
from sigpret.apps.monitoring.permissions import can_close_round, check_can_close_round
from sigpret.methodology.periods import Period
from sigpret.web.http import render_page, role_required


@role_required()
@require_http_methods(["GET", "HEAD"])
def show_current_closing(request: HttpRequest) -> HttpResponse:
    """The menu's entry: the closing of the quarter people are working on."""
    check_can_see_closing(request.access)
    quarter = quarter_shown(as_of=request.as_of)
    if quarter is None:
        raise Http404(_("Todavía no se ha abierto ningún trimestre."))
    return redirect("evaluation:closing", quarter.period.year, quarter.period.number)


@role_required()
@require_http_methods(["GET", "HEAD", "POST"])
def show_closing(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    check_can_see_closing(request.access)
    period = quarter_in_address(year, quarter)
    if request.method == "POST":
        return confirm_closing(request, period)
    return answer(request, period, ClosingForm(period=period))


def confirm_closing(request: HttpRequest, period: Period) -> HttpResponse:
    check_can_close_round(request.access)
    form = ClosingForm(request.POST, period=period)
    if not form.is_valid():
        return answer(request, period, form, status=422)
    try:
        closed = close_quarter(
            actor=request.user, access=request.access, period=period, at=request.now
        )
    except (CannotCloseYetError, RoundNotOpenError) as problem:
        form.add_error(None, str(problem))
        return answer(request, period, form, status=409)
    messages.success(
        request,
        _("El trimestre quedó cerrado. Huella: %(digest)s") % {"digest": closed.digest},
    )
    return redirect("evaluation:closing", period.year, period.number)


def answer(
    request: HttpRequest, period: Period, form: ClosingForm, status: int = 200
) -> HttpResponse:
    screen = closing_screen(period)
    if screen is None:
        raise Http404(_("Nadie ha abierto la ronda de ese trimestre."))
    return render_page(
        request, "evaluation/closing.html", context_of(request, screen, form), status=status
    )


def context_of(request: HttpRequest, screen: ClosingScreen, form: ClosingForm) -> dict[str, Any]:
    return {
        "screen": screen,
        "checklist": screen.checklist,
        "period": screen.round.period,
        "sentence": closing_sentence(screen, request.now),
        "strip": drawings.strip(screen.round.period, screen.goals),
        "is_past_deadline": request.now >= screen.round.closes_at,
        "can_close": can_close_round(request.access),
        "form": form,
        "undecided": [
            (line, screen.reports.get(line.institution_id)) for line in screen.checklist.undecided
        ],
    }
