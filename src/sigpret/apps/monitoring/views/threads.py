"""D3 · The conversations about data: by institution, by age, and whose turn it is."""

from collections.abc import Sequence
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.monitoring.permissions import can_review, check_can_read_threads
from sigpret.apps.monitoring.queries import Thread, ThreadLine, Turn, thread_of, threads
from sigpret.apps.monitoring.views.review_queue import chosen_round
from sigpret.web.components import Chip
from sigpret.web.dates import day_of
from sigpret.web.http import read_only, render_page, role_required

TEMPLATE = "monitoring/threads.html"
ALL, MINE, OTHERS, CLOSED = "todas", "me-toca", "esperan", "cerradas"


@role_required()
@read_only
def threads_page(request: HttpRequest) -> HttpResponse:
    """The list, filtered by the address; `dato` opens one thread beside it."""
    check_can_read_threads(request.access)
    round_ = chosen_round(request)
    found = threads(access=request.access, period=round_.period if round_ else None)
    named = [
        line
        for line in found
        if request.GET.get("institucion") in (None, "", line.institution_code)
    ]
    shown = request.GET.get("ver") or MINE
    mine = Turn.REVIEW if can_review(request.access) else Turn.INSTITUTION
    context = {
        "lines": [
            (line, age_words(line.last.written_at, request.as_of))
            for line in select(named, shown, mine)
        ],
        "chips": chips_of(named, shown, mine, request),
        "institutions": institutions_of(found),
        "chosen_institution": request.GET.get("institucion", ""),
        "shown": shown,
        "waiting": len(select(named, MINE, mine)),
        "total": len(named),
        "period": round_.period if round_ else None,
        "thread": opened(request, found),
        "can_review": can_review(request.access),
        "comment_next": request.get_full_path(),
    }
    return render_page(request, TEMPLATE, context)


def select(lines: Sequence[ThreadLine], shown: str, mine: Turn) -> Sequence[ThreadLine]:
    """The threads of one filter; whose turn it is depends on which side the person is."""
    wanted = {
        MINE: lambda line: line.turn == mine,
        OTHERS: lambda line: line.turn not in (mine, Turn.NOBODY),
        CLOSED: lambda line: line.turn == Turn.NOBODY,
    }.get(shown, lambda _line: True)
    return [line for line in lines if wanted(line)]


def chips_of(
    lines: Sequence[ThreadLine], shown: str, mine: Turn, request: HttpRequest
) -> list[Chip]:
    other = _("Espera la institución") if mine == Turn.REVIEW else _("Espera DIGER")
    labels = (
        (MINE, _("Me toca responder")),
        (OTHERS, other),
        (CLOSED, _("Resueltas")),
        (ALL, _("Todas")),
    )
    chips = []
    for key, label in labels:
        query = request.GET.copy()
        query["ver"] = key
        query.pop("dato", None)
        count = len(select(lines, key, mine))
        chips.append(Chip(label, f"?{query.urlencode()}", count, is_on=key == shown))
    return chips


def institutions_of(lines: Sequence[ThreadLine]) -> list[tuple[str, str]]:
    """Code and name of every institution with a thread, by name."""
    found = {line.institution_code: line.institution_name for line in lines}
    return sorted(found.items(), key=lambda item: item[1])


def age_words(moment: datetime, today: date) -> str:
    """`hoy`, `hace 1 día`, `hace 12 días`."""
    days = (today - day_of(moment)).days
    if days <= 0:
        return _("hoy")
    return ngettext("hace %(n)s día", "hace %(n)s días", days) % {"n": days}


def opened(request: HttpRequest, lines: Sequence[ThreadLine]) -> Thread | None:
    """The thread the address names, if this person may read it."""
    asked = request.GET.get("dato", "")
    known = {str(line.value_id): line.value_id for line in lines}
    if asked not in known:
        return None
    return thread_of(known[asked], access=request.access, on=request.as_of)
