"""`/decisiones` · What was put to the Presidency: what waits, what was decided, what was done."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.accounts.roles import Role
from sigpret.apps.mesas.actions.escalations import Decision, MatterError, note_decision
from sigpret.apps.mesas.agreement_forms import NoteForm
from sigpret.apps.mesas.agreement_permissions import (
    check_can_list_decisions,
    check_can_note_decision,
)
from sigpret.apps.mesas.queries.matters import (
    MatterCounts,
    MatterLine,
    counts_of,
    matters,
    mesa_choices,
    owner_choices,
)
from sigpret.web.components import Chip, Crumb
from sigpret.web.http import read_only, render_page, role_required

TEMPLATE = "mesas/decisions.html"
NEW = "mesas/decision_new.html"
FILTERS: dict[str, Callable[[MatterLine], bool]] = {
    "por-decidir": lambda line: line.state == "open",
    "en-seguimiento": lambda line: line.state == "decided",
    "vencidas": lambda line: line.is_overdue,
    "cumplidas": lambda line: line.state == "fulfilled",
    "todas": lambda _line: True,
}
LEVELS = {"presidencia": "presidency", "politico": "political"}


@role_required()
@read_only
def show_decisions(request: HttpRequest) -> HttpResponse:
    check_can_list_decisions(request.access)
    level = request.GET.get("nivel", "")
    level = level if level in LEVELS else "presidencia"
    found = matters(request.access, to=LEVELS[level], on=request.as_of)
    shown = request.GET.get("ver", "")
    shown = shown if shown in FILTERS else "todas"
    counts = counts_of(found)
    context = {
        "lines": [line for line in found if FILTERS[shown](line)],
        "total": len(found),
        "heading": heading_of(counts, len(found)),
        "levels": level_chips(level),
        "chips": chips_of(found, shown, level),
        "is_political": level == "politico",
        "can_note": request.access.has(Role.PRESIDENCY) and level == "presidencia",
    }
    return render_page(request, TEMPLATE, context)


@role_required()
def new_decision(request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST writes the decision down for a mesa to follow."""
    check_can_note_decision(request.access)
    form = NoteForm(
        request.POST or None,
        initial={"version": 0},
        mesas=mesa_choices(),
        owners=owner_choices(None),
    )
    if request.method == "POST" and form.is_valid():
        if (proof := proof_of_identity(request)) is not None:
            return proof
        data = form.cleaned_data
        try:
            matter = note_decision(
                actor=request.user,
                access=request.access,
                mesa_id=data["mesa"],
                ask=data["ask"],
                decision=Decision(data["text"], data["owner"], data["due_on"]),
                at=request.now,
            )
        except MatterError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Decisión anotada. La institución encargada ya lo sabe."))
            return redirect("mesas:decision", matter.pk)
    crumbs = [Crumb(_("Decisiones"), reverse("mesas:decisions")), Crumb(_("Anotar"))]
    context = {"form": form, "crumbs": crumbs}
    return render_page(request, NEW, context, status=422 if form.errors else 200)


def heading_of(counts: MatterCounts, total: int) -> str:
    """`2 asuntos esperan decisión; 1 decisión vencida`."""
    if not total:
        return _("Ningún asunto elevado")
    waiting = ngettext(
        "%(n)s asunto espera decisión", "%(n)s asuntos esperan decisión", counts.open
    )
    first = waiting % {"n": counts.open} if counts.open else _("Ningún asunto espera decisión")
    if not counts.overdue:
        return first
    late = ngettext("%(n)s decisión vencida", "%(n)s decisiones vencidas", counts.overdue)
    return f"{first}; {late % {'n': counts.overdue}}"


def level_chips(level: str) -> list[Chip]:
    base = reverse("mesas:decisions")
    labels = {"presidencia": _("Presidencia"), "politico": _("Nivel político de las mesas")}
    return [Chip(label, f"{base}?nivel={key}", is_on=key == level) for key, label in labels.items()]


def chips_of(found: tuple[MatterLine, ...], shown: str, level: str) -> list[Chip]:
    labels = {
        "por-decidir": _("Por decidir"),
        "en-seguimiento": _("En seguimiento"),
        "vencidas": _("Vencidas"),
        "cumplidas": _("Cumplidas"),
        "todas": _("Todas"),
    }
    return [
        Chip(
            label,
            f"?nivel={level}&ver={key}",
            sum(map(FILTERS[key], found)),
            is_on=key == shown,
        )
        for key, label in labels.items()
    ]
