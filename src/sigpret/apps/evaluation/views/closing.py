"""D6 · Closing a quarter: what stands in the way, what will be frozen, and two confirmations."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.evaluation import drawings
from sigpret.apps.evaluation.actions import close_quarter, confirm_quarter
from sigpret.apps.evaluation.forms import ClosingForm, PublicationForm, ReopeningForm
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
    return answer(request, period, None)


def confirm_closing(request: HttpRequest, period: Period) -> HttpResponse:
    """One of the two people confirms: the first leaves their name, the second closes."""
    check_can_close_round(request.access)
    screen = screen_of(request, period)
    form = ClosingForm(request.POST, screen=screen)
    if not form.is_valid():
        return answer(request, period, form, status=422)
    if (proof := proof_of_identity(request)) is not None:
        return proof
    try:
        done = close_or_confirm(request, screen, form)
    except (CannotCloseYetError, RoundNotOpenError) as problem:
        form.add_error(None, str(problem))
        return answer(request, period, form, status=409)
    messages.success(request, done)
    return redirect("evaluation:closing", period.year, period.number)


def close_or_confirm(request: HttpRequest, screen: ClosingScreen, form: ClosingForm) -> str:
    """What the click did, as a sentence."""
    asked = {
        "actor": request.user,
        "access": request.access,
        "period": screen.round.period,
        "at": request.now,
    }
    if screen.is_second(request.access.user_id):
        closed = close_quarter(
            **asked,
            publish_at=form.cleaned_data["publish_at"],
            note=form.cleaned_data["note"],
        )
        return _("El trimestre quedó cerrado. Huella: %(digest)s") % {"digest": closed.digest}
    confirm_quarter(**asked)
    return _("Su confirmación quedó guardada. Falta que otra persona de DIGER confirme y cierre.")


def screen_of(request: HttpRequest, period: Period) -> ClosingScreen:
    screen = closing_screen(period, request.now)
    if screen is None:
        raise Http404(_("Nadie ha abierto la ronda de ese trimestre."))
    return screen


def answer(
    request: HttpRequest, period: Period, form: ClosingForm | None, status: int = 200
) -> HttpResponse:
    screen = screen_of(request, period)
    if screen.round.is_closed:
        return answer_closed(request, screen, status=status)
    context = context_of(request, screen) | {
        "form": form or ClosingForm(screen=screen),
        "is_past_deadline": screen.is_past_deadline,
        "is_second": screen.is_second(request.access.user_id),
        "has_confirmed": screen.has_confirmed(request.access.user_id),
        "undecided": [
            (line, screen.reports.get(line.institution_id)) for line in screen.checklist.undecided
        ],
    }
    return render_page(request, "evaluation/closing.html", context, status=status)


def answer_closed(
    request: HttpRequest,
    screen: ClosingScreen,
    *,
    publication_form: PublicationForm | None = None,
    reopening_form: ReopeningForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """A closed quarter: its digest, who closed it, and what may still be done with it."""
    edition = screen.edition
    context = context_of(request, screen) | {
        "is_published": edition is not None and edition.is_published(request.now),
        "is_reversible": edition is not None and edition.is_reversible(request.now),
        "next_edition": screen.round.edition + 1,
        "publication_form": publication_form or PublicationForm(),
        "reopening_form": reopening_form or ReopeningForm(),
    }
    return render_page(request, "evaluation/closed.html", context, status=status)


def context_of(request: HttpRequest, screen: ClosingScreen) -> dict[str, Any]:
    """What both pages say."""
    return {
        "screen": screen,
        "checklist": screen.checklist,
        "period": screen.round.period,
        "sentence": closing_sentence(screen, request.now),
        "strip": drawings.strip(screen.round.period, screen.goals),
        "can_close": can_close_round(request.access),
        "now": request.now,
    }
