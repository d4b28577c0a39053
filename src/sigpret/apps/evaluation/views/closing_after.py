"""After a closing: publishing it, taking it back, opening again. Before it: exceptions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.evaluation.forms import ExceptionForm, PublicationForm, ReopeningForm
from sigpret.apps.evaluation.queries.closing import ClosingScreen
from sigpret.apps.evaluation.views.closing import answer_closed
from sigpret.apps.evaluation.views.closing_cut import asked_screen
from sigpret.apps.institutions.queries import institution_by_code
from sigpret.apps.monitoring.actions import (
    ExtensionError,
    ReopeningError,
    grant_extension,
    publish_closing,
    reopen_round,
)
from sigpret.apps.monitoring.permissions import check_can_close_round, check_can_grant_extension
from sigpret.web.http import render_page, role_required


@role_required()
@require_POST
def publish(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """Citizens see the closing now, or on the day that is said."""
    screen = asked_screen(request, year, quarter)
    check_can_close_round(request.access)
    if not screen.round.is_closed:
        return redirect("evaluation:closing", year, quarter)
    form = PublicationForm(request.POST)
    if form.is_valid() and (proof := proof_of_identity(request)) is not None:
        return proof
    try:
        if form.is_valid():
            publish_closing(
                actor=request.user,
                access=request.access,
                period=screen.round.period,
                publish_at=form.cleaned_data["publish_at"] or request.now,
                at=request.now,
            )
    except ReopeningError as problem:
        form.add_error("publish_at", str(problem))
    if form.errors:
        return answer_closed(request, screen, publication_form=form, status=422)
    return redirect("evaluation:closing", year, quarter)


@role_required()
@require_POST
def reopen(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """Take the closing back within a day, or open the quarter again later; both with a note."""
    screen = asked_screen(request, year, quarter)
    check_can_close_round(request.access)
    if not screen.round.is_closed:
        return redirect("evaluation:closing", year, quarter)
    form = ReopeningForm(request.POST)
    if not form.is_valid():
        return answer_closed(request, screen, reopening_form=form, status=422)
    if (proof := proof_of_identity(request)) is not None:
        return proof
    try:
        reopen_round(
            actor=request.user,
            access=request.access,
            period=screen.round.period,
            at=request.now,
            **form.cleaned_data,
        )
    except ReopeningError as problem:
        form.add_error(None, str(problem))
        return answer_closed(request, screen, reopening_form=form, status=409)
    messages.success(request, _("El trimestre está abierto otra vez. Su nota es pública."))
    return redirect("evaluation:closing", year, quarter)


@role_required()
@require_http_methods(["GET", "HEAD", "POST"])
def add_exception(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """Give an institution that does not report more time, with its reason."""
    screen = asked_screen(request, year, quarter)
    check_can_grant_extension(request.access)
    form = ExceptionForm(request.POST or None, choices=without_excuse(screen))
    if request.method == "POST" and form.is_valid():
        if (proof := proof_of_identity(request)) is not None:
            return proof
        if granted(request, screen, form):
            messages.success(request, _("La excepción quedó guardada."))
            return redirect("evaluation:closing", year, quarter)
    status = 422 if form.errors else 200
    context: dict[str, Any] = {"form": form, "screen": screen, "period": screen.round.period}
    return render_page(request, "evaluation/closing_exception.html", context, status=status)


def without_excuse(screen: ClosingScreen) -> list[tuple[str, str]]:
    """The institutions that may need one: nothing sent, or something that came back."""
    silent = {line.code: line.name for line in screen.silent if not line.excuse}
    returned = {line.code: line.name for line in screen.checklist.returned}
    return [(code, f"{code} · {name}") for code, name in sorted((silent | returned).items())]


def granted(request: HttpRequest, screen: ClosingScreen, form: ExceptionForm) -> bool:
    """Whether the exception was given; otherwise the form says why not."""
    institution = institution_by_code(form.cleaned_data["institution"])
    if institution is None:
        return False
    try:
        grant_extension(
            actor=request.user,
            access=request.access,
            institution=institution,
            period=screen.round.period,
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            at=request.now,
        )
    except ExtensionError as problem:
        form.add_error("until", str(problem))
        return False
    return True
