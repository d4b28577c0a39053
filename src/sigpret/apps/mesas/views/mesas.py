"""`/mesas` · The mesas a person may open, by axis, and where each one stands."""

from collections.abc import Callable, Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sigpret.apps.mesas.permissions import can_compare_mesas
from sigpret.apps.mesas.queries.board import MesaLine, mesa_lines
from sigpret.web.components import Chip
from sigpret.web.http import read_only, render_page, role_required

TEMPLATE = "mesas/mesas.html"
#: What a person may ask for (`?ver=`): its words, and which mesas they are.
FILTERS: Mapping[str, tuple[Promise, Callable[[MesaLine], bool]]] = {
    "": (gettext_lazy("Todas"), lambda _line: True),
    "sin-constituir": (
        gettext_lazy("Sin constituir"),
        lambda line: line.constituted_on is None,
    ),
    "sin-reunion": (
        gettext_lazy("Sin reunión convocada"),
        lambda line: line.constituted_on is not None and line.next_at is None,
    ),
    "acuerdos-vencidos": (
        gettext_lazy("Con acuerdos vencidos"),
        lambda line: line.agreements.overdue > 0,
    ),
    "por-distribuir": (
        gettext_lazy("Ayuda memoria por distribuir"),
        lambda line: line.minutes_due is not None,
    ),
}


@role_required()
@read_only
def show_mesas(request: HttpRequest) -> HttpResponse:
    lines = mesa_lines(request.access, on=request.as_of, at=request.now)
    asked = request.GET.get("ver", "")
    asked = asked if asked in FILTERS else ""
    wanted = [line for line in lines if FILTERS[asked][1](line)]
    context = {
        "sentence": sentence(lines),
        "any": bool(lines),
        "groups": by_block(wanted),
        "chips": [
            Chip(words, f"?ver={code}" if code else "?", sum(map(keeps, lines)), code == asked)
            for code, (words, keeps) in FILTERS.items()
        ],
        "on": request.as_of,
        "compares": can_compare_mesas(request.access),
    }
    return render_page(request, TEMPLATE, context)


def sentence(lines: Sequence[MesaLine]) -> str:
    """`22 mesas: 21 constituidas, 3 con acuerdos vencidos`."""
    if not lines:
        return _("Mesas sectoriales")
    total = ngettext("%(n)s mesa", "%(n)s mesas", len(lines)) % {"n": len(lines)}
    constituted = sum(line.constituted_on is not None for line in lines)
    first = ngettext("%(n)s constituida", "%(n)s constituidas", constituted) % {"n": constituted}
    late = sum(line.agreements.overdue > 0 for line in lines)
    overdue = _("%(n)s con acuerdos vencidos") % {"n": late} if late else _("sin acuerdos vencidos")
    return _("%(total)s: %(first)s, %(overdue)s") % {
        "total": total,
        "first": first,
        "overdue": overdue,
    }


def by_block(lines: Sequence[MesaLine]) -> list[tuple[str, list[MesaLine]]]:
    """Under the first block of each sector, in the order of the axes; its line names the rest."""
    groups: dict[tuple[str, str], list[MesaLine]] = {}
    for line in lines:
        groups.setdefault(line.blocks[0] if line.blocks else ("", ""), []).append(line)
    return [(name, groups[(code, name)]) for code, name in sorted(groups)]
