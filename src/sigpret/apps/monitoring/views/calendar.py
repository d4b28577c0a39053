"""`/calendario`: the rounds and their deadlines, the holidays; opening and moving them."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.monitoring.actions import CannotOpenRoundError, RoundNotOpenError, open_round
from sigpret.apps.monitoring.actions.opening import change_deadline
from sigpret.apps.monitoring.permissions import can_open_round, check_can_open_round
from sigpret.apps.monitoring.queries.rounds import (
    RoundFacts,
    all_rounds,
    round_facts,
    usual_deadline,
)
from sigpret.apps.monitoring.round_forms import DeadlineForm, OpeningForm
from sigpret.apps.reference.queries import holidays_between, policy_for
from sigpret.methodology.periods import Period
from sigpret.web.http import render_page, role_required


@role_required()
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Everybody reads it; the administration opens the next quarter from here."""
    if request.method == "POST":
        return open_next(request)
    return answer(request, None)


def open_next(request: HttpRequest) -> HttpResponse:
    check_can_open_round(request.access)
    form = OpeningForm(request.POST)
    period = next_period(all_rounds(), request.as_of)
    try:
        if form.is_valid():
            open_round(
                actor=request.user,
                access=request.access,
                period=period,
                closes_at=form.cleaned_data["closes_at"],
                at=request.now,
            )
    except CannotOpenRoundError as problem:
        form.add_error("closes_at", str(problem))
    if form.errors:
        return answer(request, form, status=422)
    messages.success(request, _("El trimestre está abierto: ya puede reportarse."))
    return redirect("monitoring:calendar")


def next_period(rounds: tuple[RoundFacts, ...], today: date) -> Period:
    """The quarter after the last round; before any, the last one that ended."""
    return rounds[0].period.next() if rounds else Period.quarter_on(today).previous()


def answer(request: HttpRequest, form: OpeningForm | None, status: int = 200) -> HttpResponse:
    rounds = all_rounds()
    following = next_period(rounds, request.as_of)
    year = request.as_of.year
    context: dict[str, Any] = {
        "rounds": rounds,
        "next_period": following,
        "may_open": following.end < request.as_of,
        "form": form or OpeningForm(initial={"closes_at": usual_deadline(following)}),
        "holidays": holidays_between(date(year, 1, 1), date(year + 1, 12, 31)),
        "policy": policy_for(following),
        "can_open": can_open_round(request.access),
        "now": request.now,
    }
    return render_page(request, "monitoring/calendar.html", context, status=status)


@role_required()
@require_http_methods(["GET", "HEAD", "POST"])
def deadline(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """Another deadline for everybody, with its reason."""
    check_can_open_round(request.access)
    round_ = round_facts(Period.quarter(year, quarter))
    if round_ is None:
        raise Http404(_("Nadie ha abierto la ronda de ese trimestre."))
    form = DeadlineForm(request.POST or None, initial={"closes_at": round_.closes_at})
    if request.method == "POST" and form.is_valid() and moved(request, round_, form):
        messages.success(request, _("El plazo quedó cambiado."))
        return redirect("monitoring:calendar")
    context = {"form": form, "round": round_, "period": round_.period}
    status = 422 if form.errors else 200
    return render_page(request, "monitoring/deadline.html", context, status=status)


def moved(request: HttpRequest, round_: RoundFacts, form: DeadlineForm) -> bool:
    """Whether the deadline changed; otherwise the form says why not."""
    try:
        change_deadline(
            actor=request.user,
            access=request.access,
            period=round_.period,
            at=request.now,
            **form.cleaned_data,
        )
    except (CannotOpenRoundError, RoundNotOpenError) as problem:
        form.add_error("closes_at", str(problem))
        return False
    return True
