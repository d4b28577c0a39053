"""One bottleneck: cause, goals, what is done; taken in hand, solved, or raised."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sigpret.apps.mesas.actions import bottlenecks as acting
from sigpret.apps.mesas.agreement_forms import EscalateForm
from sigpret.apps.mesas.agreement_permissions import can_govern
from sigpret.apps.mesas.forms.bottlenecks import InHandForm, ReopenForm, SolveForm
from sigpret.apps.mesas.product_permissions import can_follow_bottleneck
from sigpret.apps.mesas.product_words import told_deeds
from sigpret.apps.mesas.queries.bottlenecks import BottleneckPage, bottleneck_page
from sigpret.apps.mesas.views.bottlenecks import form_of as bottleneck_form
from sigpret.apps.mesas.views.bottlenecks import products_crumb
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required

TEMPLATE = "mesas/bottleneck.html"
Forms = Mapping[str, forms.Form]


@role_required()
@require_safe
def show_bottleneck(request: HttpRequest, slug: str, bottleneck: int) -> HttpResponse:
    page = mesa_page(request, slug)
    return render_bottleneck(request, page, loaded(page, bottleneck), {})


@role_required()
@require_POST
def take_bottleneck_step(
    request: HttpRequest, slug: str, bottleneck: int, deed: str
) -> HttpResponse:
    """What cannot be done comes back with its sentence and what was typed."""
    page = mesa_page(request, slug)
    shown = loaded(page, bottleneck)
    if deed not in ACTS:
        raise Http404(_("Ese paso no existe."))
    check_may(page, shown, deed)
    form = form_for(page, shown, deed, request.POST)
    if not form.is_valid():
        return render_bottleneck(request, page, shown, {deed: form}, status=422)
    solving = acting.Solving(
        request.user,  # type: ignore[arg-type]
        page.standing,
        bottleneck,
        form.cleaned_data["version"] or 0,
        request.now,  # type: ignore[attr-defined]
    )
    try:
        ACTS[deed](solving, form)
    except acting.BottleneckError as refusal:
        form.add_error(None, str(refusal))
        status = 409 if isinstance(refusal, acting.StaleBottleneckError) else 422
        return render_bottleneck(request, page, shown, {deed: form}, status=status)
    messages.success(request, SAID[deed])
    return redirect("mesas:bottleneck", page.slug, bottleneck)


def loaded(page: MesaPage, bottleneck: int) -> BottleneckPage:
    found = bottleneck_page(page.mesa, bottleneck, on=page.on)
    if found is None:
        raise Http404(_("La mesa no tiene ese cuello de botella."))
    return found


def allowed(page: MesaPage, shown: BottleneckPage) -> list[str]:
    """The steps this person may take whatever its state."""
    standing = page.standing
    deeds = ["atender", "resolver"] if can_follow_bottleneck(standing, shown.line.owner_id) else []
    deeds += ["elevar"] if can_govern(standing) else []
    return deeds + (["cambiar", "reabrir"] if standing.writes else [])


def check_may(page: MesaPage, shown: BottleneckPage, deed: str) -> None:
    if deed not in allowed(page, shown):
        raise PermissionDenied(
            _("Lo informan la institución encargada y quienes escriben en la mesa.")
        )


def form_for(page: MesaPage, shown: BottleneckPage, deed: str, data: Any = None) -> forms.Form:
    line = shown.line
    if deed != "cambiar":
        return FORMS[deed](data, auto_id=f"{deed}-%s", initial={"version": line.version})
    initial = {
        "title": line.title,
        "cause": line.cause,
        "severity": line.severity,
        "owner": line.owner_id,
        "goals": [goal.id for goal in line.goals],
        "version": line.version,
    }
    return bottleneck_form(page, data, initial=initial)


def offered(page: MesaPage, shown: BottleneckPage, tried: Forms) -> dict[str, forms.Form]:
    """The steps that may be taken now, each with its form: the one tried, as it was typed."""
    deeds = [one for one in allowed(page, shown) if (one == "reabrir") is shown.line.is_solved]
    return {deed: tried.get(deed) or form_for(page, shown, deed) for deed in (*tried, *deeds)}


def escalate(solving: acting.Solving, form: Any) -> None:
    data = form.cleaned_data
    acting.escalate_bottleneck(solving=solving, to=data["to"], ask=data["ask"], reason=data["text"])


def settle(solving: acting.Solving, form: Any) -> None:
    data = form.cleaned_data
    acting.solve(solving=solving, solution=data["text"], solved_on=data["solved_on"])


ACTS: dict[str, Callable[[acting.Solving, Any], object]] = {
    "cambiar": lambda solving, form: acting.change(solving=solving, typed=form.typed()),
    "atender": lambda solving, form: acting.take_in_hand(
        solving=solving, text=form.cleaned_data["text"]
    ),
    "resolver": settle,
    "reabrir": lambda solving, form: acting.reopen(solving=solving, text=form.cleaned_data["text"]),
    "elevar": escalate,
}
FORMS: dict[str, type[forms.Form]] = {
    "atender": InHandForm,
    "resolver": SolveForm,
    "reabrir": ReopenForm,
    "elevar": EscalateForm,
}
SAID = {
    "cambiar": gettext_lazy("Guardado."),
    "atender": gettext_lazy("Guardado: está en acción."),
    "resolver": gettext_lazy("Resuelto. Queda en el historial cómo se hizo."),
    "reabrir": gettext_lazy("Vuelve a estar abierto."),
    "elevar": gettext_lazy("Elevado. Quien decide ya tiene el aviso."),
}


def render_bottleneck(
    request: HttpRequest, page: MesaPage, shown: BottleneckPage, tried: Forms, *, status: int = 200
) -> HttpResponse:
    list_url = reverse("mesas:bottlenecks", args=[page.slug])
    context = page.context(
        products_crumb(page),
        Crumb(_("Cuellos de botella"), list_url),
        shown.line.title[:60],
        line=shown.line,
        history=told_deeds(shown.history),
        forms=offered(page, shown, tried),
        tried="".join(tried),
    )
    return render_page(request, TEMPLATE, context, status=status)
