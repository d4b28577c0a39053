"""D4 · How far each institution is with its report: filter, remind, give more time."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from sigpret.apps.monitoring.actions.reminders import remind
from sigpret.apps.monitoring.permissions import (
    can_grant_extension,
    can_remind,
    check_can_follow,
    check_can_remind,
)
from sigpret.apps.monitoring.queries.deliveries import (
    Delivery,
    DeliveryMatrix,
    Stage,
    delivery_matrix,
)
from sigpret.apps.monitoring.queries.rounds import current_round
from sigpret.web.components import Chip
from sigpret.web.http import render_page, role_required

STAGE_WORDS = {
    Stage.NOT_BEGUN: gettext_lazy("Sin empezar"),
    Stage.WRITING: gettext_lazy("Escribiendo"),
    Stage.TO_APPROVE: gettext_lazy("Por aprobar"),
    Stage.RETURNED: gettext_lazy("Devuelto"),
    Stage.SENT: gettext_lazy("Enviado"),
    Stage.IN_REVIEW: gettext_lazy("En revisión"),
    Stage.VALIDATED: gettext_lazy("Validado"),
}
REQUESTS = "prorroga"


@role_required()
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest) -> HttpResponse:
    """The matrix; POST reminds the institutions that were selected."""
    check_can_follow(request.access)
    round_ = current_round(request.now)
    if round_ is None:
        raise Http404(_("Todavía no se ha abierto ningún trimestre."))
    if request.method == "POST":
        return remind_selected(request, delivery_matrix(round_))
    matrix = delivery_matrix(round_)
    return render_page(request, "monitoring/deliveries.html", context_of(request, matrix))


def context_of(request: HttpRequest, matrix: DeliveryMatrix) -> dict[str, Any]:
    stage, words = request.GET.get("etapa", ""), request.GET.get("q", "").strip()
    shown = [one for one in matrix.deliveries if fits(one, stage, words)]
    return {
        "matrix": matrix,
        "round": matrix.round,
        "period": matrix.round.period,
        "rows": [(one, cells_of(one)) for one in shown],
        "stages": list(STAGE_WORDS.items()),
        "chips": chips_of(matrix, stage, words),
        "words": words,
        "stage": stage,
        "sentence": sentence(matrix, request.now),
        "can_remind": can_remind(request.access),
        "can_grant": can_grant_extension(request.access),
        "now": request.now,
    }


def fits(delivery: Delivery, stage: str, words: str) -> bool:
    """Is it at the stage, and does its name or code say what was typed?"""
    if stage == REQUESTS:
        return delivery.has_request
    is_there = not stage or delivery.stage == stage
    return is_there and words.casefold() in f"{delivery.code} {delivery.name}".casefold()


def cells_of(delivery: Delivery) -> list[tuple[str, str]]:
    """Each step with how it stands for this institution: done, now or next."""
    order = list(Stage)
    at = order.index(delivery.stage)
    marks = ["done" if place < at else "now" if place == at else "next" for place in range(7)]
    return list(zip((str(STAGE_WORDS[stage]) for stage in order), marks, strict=True))


def chips_of(matrix: DeliveryMatrix, stage: str, words: str) -> list[Chip]:
    """The filters, each with how many it would show."""
    search = f"&q={words}" if words else ""
    everything = Chip(_("Todas"), f"?{search[1:]}", len(matrix.deliveries), is_on=not stage)
    by_stage = [
        Chip(str(word), f"?etapa={one}{search}", matrix.counts[one], is_on=stage == one)
        for one, word in STAGE_WORDS.items()
    ]
    asked = Chip(
        _("Piden prórroga"), f"?etapa={REQUESTS}", matrix.requests, is_on=stage == REQUESTS
    )
    return [everything, *by_stage, asked]


def sentence(matrix: DeliveryMatrix, now: datetime) -> str:
    """`Enviaron 64 de 97 instituciones; faltan 33`."""
    missing = len(matrix.deliveries) - matrix.sent
    if not missing:
        count = len(matrix.deliveries)
        text = ngettext(
            "La institución que reporta envió", "Las %(all)s instituciones enviaron", count
        )
        return text % {"all": count}
    return ngettext(
        "Enviaron %(sent)s de %(all)s instituciones; falta %(missing)s",
        "Enviaron %(sent)s de %(all)s instituciones; faltan %(missing)s",
        missing,
    ) % {"sent": matrix.sent, "all": len(matrix.deliveries), "missing": missing}


def remind_selected(request: HttpRequest, matrix: DeliveryMatrix) -> HttpResponse:
    check_can_remind(request.access)
    chosen = {code for code in request.POST.getlist("institucion") if code}
    ids = [one.institution_id for one in matrix.deliveries if one.code in chosen and one.is_owing]
    back = redirect(f"{reverse('monitoring:deliveries')}?{request.GET.urlencode()}")
    if not ids:
        messages.warning(request, _("Marque al menos una institución que no haya enviado."))
        return back
    told = remind(
        actor=request.user,
        access=request.access,
        round_=matrix.round,
        institution_ids=ids,
        at=request.now,
    )
    messages.success(request, reminded(told, len(ids)))
    return back


def reminded(told: int, asked: int) -> str:
    """How many were told, and how many had already been told today."""
    text = ngettext(
        "Se recordó a %(told)s institución.", "Se recordó a %(told)s instituciones.", told
    ) % {"told": told}
    already = asked - told
    if not already:
        return text
    return f"{text} " + ngettext(
        "A %(n)s ya se le había recordado hoy.",
        "A %(n)s ya se les había recordado hoy.",
        already,
    ) % {"n": already}
