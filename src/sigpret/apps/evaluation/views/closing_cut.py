"""The cut of a quarter: its digest on trial, and its act as a document."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.evaluation.act import act_of
from sigpret.apps.evaluation.actions import trial_digest
from sigpret.apps.evaluation.permissions import check_can_see_closing
from sigpret.apps.evaluation.queries.closing import ClosingScreen, closing_screen
from sigpret.apps.evaluation.views.asked import quarter_in_address
from sigpret.documents.closing_act import closing_act_pdf
from sigpret.web.http import render_page, role_required


def asked_screen(request: HttpRequest, year: int, quarter: int) -> ClosingScreen:
    """The closing somebody may see. Raises Http404, PermissionDenied."""
    check_can_see_closing(request.access)
    screen = closing_screen(quarter_in_address(year, quarter), request.now)
    if screen is None:
        raise Http404(_("Nadie ha abierto la ronda de ese trimestre."))
    return screen


def digest_now(request: HttpRequest, screen: ClosingScreen) -> str:
    """The closing's own, or what it would be if it closed now."""
    if screen.round.is_closed:
        return screen.round.digest
    return trial_digest(period=screen.round.period, at=request.now)


@role_required()
@require_safe
def show_trial(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """What the digest would be if the quarter closed now; nothing is stored."""
    screen = asked_screen(request, year, quarter)
    digest, seen = digest_now(request, screen), screen.confirmation
    context = {
        "screen": screen,
        "period": screen.round.period,
        "digest": digest,
        "is_changed": seen is not None and seen.digest != digest,
        "now": request.now,
    }
    return render_page(request, "evaluation/closing_trial.html", context)


@role_required()
@require_safe
def download_act(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """The act, or its draft, as an archivable PDF."""
    screen = asked_screen(request, year, quarter)
    act = act_of(screen, now=request.now, digest=digest_now(request, screen))
    written_at = screen.round.closed_at or request.now
    response = HttpResponse(
        closing_act_pdf(act, written_at=written_at), content_type="application/pdf"
    )
    name = f"acta-cierre-{screen.round.period.code}-{act.edition}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
