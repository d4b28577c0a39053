"""D1 · The reports that wait for a decision, the oldest first."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

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


@role_required()
@read_only
def queue(request: HttpRequest) -> HttpResponse:
    check_can_review(request.access)
    round_ = chosen_round(request)
    period = round_.period if round_ else Period.quarter_on(request.as_of).previous()
    found = review_queue(period=period, access=request.access)
    shown = request.GET.get("ver", "por-revisar")
    context = {
        "queue": found,
        "period": period,
        "round": round_,
        "entries": entries_of(found, shown),
        "chips": chips_of(found, shown, request.path),
        "counters": counters_of(found),
        "waiting_values": sum(entry.waiting for entry in found.entries),
    }
    return render_page(request, TEMPLATE, context)


def chosen_round(request: HttpRequest) -> RoundFacts | None:
    """The quarter of the address when it is one; else the one people work on."""
    try:
        named = round_facts(Period.parse(request.GET.get("periodo", "")))
    except PeriodError:
        named = None
    return named or current_round(request.now)


def entries_of(found: ReviewQueue, shown: str) -> Sequence[QueueEntry]:
    """`revisados` are those with nothing left to decide; `todos` is everybody who sent."""
    if shown == "todos":
        return found.entries
    if shown == "revisados":
        return [entry for entry in found.entries if not entry.waiting]
    return found.waiting


def chips_of(found: ReviewQueue, shown: str, path: str) -> list[Chip]:
    waiting, everything = len(found.waiting), len(found.entries)
    options = (
        ("por-revisar", _("Por revisar"), waiting),
        ("revisados", _("Revisados"), everything - waiting),
        ("todos", _("Todos los enviados"), everything),
    )
    return [
        Chip(label, f"{path}?ver={key}", count, is_on=key == shown) for key, label, count in options
    ]


def counters_of(found: ReviewQueue) -> list[Counter]:
    waiting = sum(entry.waiting for entry in found.entries)
    return [
        Counter(waiting, _("datos por decidir"), Tone.WARNING if waiting else Tone.NEUTRAL),
        Counter(sum(e.validated for e in found.entries), _("datos validados"), Tone.GOOD),
        Counter(sum(e.returned for e in found.entries), _("datos devueltos"), Tone.BAD),
        Counter(found.not_sent, _("instituciones aún no envían")),
    ]
