"""D1 · The reports that wait for a decision: by risk, by age or by institution."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.monitoring.permissions import check_can_review
from sigpret.apps.monitoring.queries import (
    QueueEntry,
    ReviewQueue,
    RoundFacts,
    current_round,
    review_queue,
    round_facts,
)
from sigpret.methodology.periods import Period, PeriodError
from sigpret.web.components import Chip, Counter, Tone
from sigpret.web.http import read_only, render_page, role_required

TEMPLATE = "monitoring/review_queue.html"
WAITING, MINE, TO_CLOSE, DONE, ALL = "por-revisar", "mios", "por-cerrar", "revisados", "todos"
RISK, AGE, NAME = "riesgo", "antiguedad", "institucion"
ORDERS: dict[str, Callable[[QueueEntry], Any]] = {
    RISK: lambda entry: (-entry.risk.first, -entry.risk.one, entry.submitted_at),
    AGE: lambda entry: entry.submitted_at,
    NAME: lambda entry: entry.institution_name,
}


@role_required()
@read_only
def queue(request: HttpRequest) -> HttpResponse:
    check_can_review(request.access)
    round_ = chosen_round(request)
    period = round_.period if round_ else Period.quarter_on(request.as_of).previous()
    found = review_queue(period=period, access=request.access)
    shown = request.GET.get("ver") or WAITING
    order = request.GET.get("orden", "")
    order = order if order in ORDERS else RISK
    entries = sorted(select(found, shown, request.user.pk), key=ORDERS[order])
    context = {
        "queue": found,
        "period": period,
        "round": round_,
        "entries": entries,
        "chips": chips_of(found, shown, request),
        "orders": orders_of(order, request),
        "counters": counters_of(found),
        "waiting_values": sum(entry.waiting for entry in found.entries),
        "to_look_at": sum(entry.risk.first for entry in found.waiting),
    }
    return render_page(request, TEMPLATE, context)


def chosen_round(request: HttpRequest) -> RoundFacts | None:
    """The quarter of the address when it is one; else the one people work on."""
    try:
        named = round_facts(Period.parse(request.GET.get("periodo", "")))
    except PeriodError:
        named = None
    return named or current_round(request.now)


def select(found: ReviewQueue, shown: str, user_id: int) -> Sequence[QueueEntry]:
    """`revisados` are those with nothing left to decide; `todos` is everybody who sent."""
    wanted = {
        ALL: lambda _entry: True,
        MINE: lambda entry: entry.waiting and entry.review.taken_by_id == user_id,
        TO_CLOSE: lambda entry: not entry.waiting and not entry.is_finished,
        DONE: lambda entry: entry.is_finished,
    }.get(shown, lambda entry: entry.waiting)
    return [entry for entry in found.entries if wanted(entry)]


def chips_of(found: ReviewQueue, shown: str, request: HttpRequest) -> list[Chip]:
    options = (
        (WAITING, _("Por revisar")),
        (MINE, _("Los que tomé")),
        (TO_CLOSE, _("Por cerrar")),
        (DONE, _("Revisados")),
        (ALL, _("Todos los enviados")),
    )
    return [
        Chip(
            label,
            address(request, ver=key),
            len(select(found, key, request.user.pk)),
            is_on=key == shown,
        )
        for key, label in options
    ]


def orders_of(order: str, request: HttpRequest) -> list[Chip]:
    options = ((RISK, _("Riesgo")), (AGE, _("Más antiguos")), (NAME, _("Institución")))
    return [Chip(label, address(request, orden=key), is_on=key == order) for key, label in options]


def address(request: HttpRequest, **changes: str) -> str:
    """This page with something of its address changed, so that a view can be sent to somebody."""
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


def counters_of(found: ReviewQueue) -> list[Counter]:
    waiting, validated, returned = (
        sum(getattr(entry, name) for entry in found.entries)
        for name in ("waiting", "validated", "returned")
    )
    silent = found.not_sent
    return [
        Counter(
            waiting,
            ngettext("dato por decidir", "datos por decidir", waiting),
            Tone.WARNING if waiting else Tone.NEUTRAL,
        ),
        Counter(validated, ngettext("dato validado", "datos validados", validated), Tone.GOOD),
        Counter(returned, ngettext("dato devuelto", "datos devueltos", returned), Tone.BAD),
        Counter(
            silent,
            ngettext("institución aún no envía", "instituciones aún no envían", silent),
        ),
    ]
