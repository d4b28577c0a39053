"""One strategy: its options side by side, the recommendation, and the political decision."""

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

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.mesas.actions import strategies as writing
from sigpret.apps.mesas.actions.proposals import (
    ProposalError,
    Proposing,
    StaleProposalError,
    decide_proposal,
    propose,
)
from sigpret.apps.mesas.agreement_forms import StepForm
from sigpret.apps.mesas.forms.strategies import ApproveForm, ChooseForm, OptionForm, ReturnForm
from sigpret.apps.mesas.product_permissions import can_propose
from sigpret.apps.mesas.product_words import told_deeds
from sigpret.apps.mesas.queries.held_back import place_choices
from sigpret.apps.mesas.queries.strategies import Option, StrategyPage, strategy_page
from sigpret.apps.mesas.views.bottlenecks import products_crumb
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.apps.mesas.views.strategies import form_of as strategy_form
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required

TEMPLATE = "mesas/strategy.html"
Forms = Mapping[str, forms.Form]
WRITING = ("guardar", "opcion", "quitar", "recomendar")


@role_required()
@require_safe
def show_strategy(request: HttpRequest, slug: str, strategy: int) -> HttpResponse:
    page = mesa_page(request, slug)
    return render_strategy(request, page, loaded(page, strategy), {})


@role_required()
@require_POST
def take_strategy_step(request: HttpRequest, slug: str, strategy: int, deed: str) -> HttpResponse:
    """What cannot be done comes back with its sentence and what was typed."""
    page = mesa_page(request, slug)
    shown = loaded(page, strategy)
    check_may(page, deed)
    form = form_for(page, shown, deed, request.POST)
    if not form.is_valid():
        return render_strategy(request, page, shown, {deed: form}, status=422)
    # What the political level approves binds the mesa: whoever does it proves who they are.
    if deed == "aprobar" and (proof := proof_of_identity(request)) is not None:
        return proof
    version = form.cleaned_data["version"] or 0
    proposing = proposing_of(request, page, shown, version)
    try:
        ACTS[deed](proposing, form)
    except ProposalError as refusal:
        form.add_error(None, str(refusal))
        status = 409 if isinstance(refusal, StaleProposalError) else 422
        return render_strategy(request, page, shown, {deed: form}, status=status)
    messages.success(request, SAID[deed])
    return redirect("mesas:strategy", page.slug, strategy)


def loaded(page: MesaPage, strategy: int) -> StrategyPage:
    found = strategy_page(page.mesa, strategy, on=page.on)
    if found is None:
        raise Http404(_("La mesa no tiene esa estrategia."))
    return found


def proposing_of(request: Any, page: MesaPage, shown: StrategyPage, version: int) -> Proposing:
    model = writing.Strategy
    return Proposing(request.user, page.standing, model, shown.line.id, version, request.now)


def check_may(page: MesaPage, deed: str) -> None:
    """Raises Http404 for a step nobody knows, PermissionDenied for one of others."""
    if deed not in ACTS:
        raise Http404(_("Ese paso no existe."))
    if deed not in allowed(page):
        raise PermissionDenied(
            _("La escribe y propone el nivel técnico; la aprueba o devuelve el nivel político.")
        )


def allowed(page: MesaPage) -> list[str]:
    standing = page.standing
    deeds = list(WRITING) if standing.writes else []
    deeds += ["proponer"] if can_propose(standing) else []
    return deeds + (["aprobar", "devolver"] if standing.decides else [])


def form_for(page: MesaPage, shown: StrategyPage, deed: str, data: Any = None) -> forms.Form:
    line = shown.line
    more: dict[str, Any] = {"auto_id": f"{deed}-%s", "initial": {"version": line.version}}
    if deed == "guardar":
        more["initial"] |= {
            "title": line.title,
            "problem": line.problem,
            "bottleneck": line.bottleneck_id,
            "goals": [goal.id for goal in line.goals],
        }
        del more["auto_id"]
        return strategy_form(page, data, **more)
    if deed == "opcion":
        more["places"] = place_choices(page.mesa)
    if deed == "aprobar":
        more["options"] = [(one.id, f"{one.number}. {one.text}") for one in line.options]
        more["initial"] |= {"chosen": line.recommended.id if line.recommended else None}
    return FORMS[deed](data, **more)


def option_form(page: MesaPage, shown: StrategyPage, option: Option) -> forms.Form:
    """The option that is being written again."""
    initial = {
        "version": shown.line.version,
        "option": option.id,
        "text": option.text,
        "benefits": option.benefits,
        "risks": option.risks,
        "cost": option.cost,
        "time": option.time,
        "owner": option.owner_id,
    }
    return OptionForm(auto_id="opcion-%s", initial=initial, places=place_choices(page.mesa))


def offered(page: MesaPage, shown: StrategyPage, tried: Forms) -> dict[str, forms.Form]:
    """The steps that may be taken now, each with its form: the one tried, as it was typed."""
    decided = shown.line.decided
    own = decided.proposed_by_id == page.standing.access.user_id
    open_deeds = {"guardar", "opcion", "proponer"} if decided.is_writable else set()
    if decided.state == "proposed" and not own:
        open_deeds |= {"aprobar", "devolver"}
    deeds = [one for one in allowed(page) if one in open_deeds]
    return {deed: tried.get(deed) or form_for(page, shown, deed) for deed in (*tried, *deeds)}


ACTS: dict[str, Callable[[Proposing, Any], object]] = {
    "guardar": lambda who, form: writing.save_strategy(proposing=who, typed=form.typed()),
    "opcion": lambda who, form: writing.save_option(
        proposing=who, typed=form.typed(), option_id=form.cleaned_data["option"]
    ),
    "quitar": lambda who, form: writing.remove_option(
        proposing=who, option_id=form.cleaned_data["option"]
    ),
    "recomendar": lambda who, form: writing.recommend(
        proposing=who, option_id=form.cleaned_data["option"]
    ),
    "proponer": lambda who, _form: propose(proposing=who),
    "aprobar": lambda who, form: decide_proposal(
        proposing=who,
        is_approved=True,
        reason=form.cleaned_data["text"],
        chosen_id=form.cleaned_data.get("chosen"),
    ),
    "devolver": lambda who, form: decide_proposal(
        proposing=who, is_approved=False, reason=form.cleaned_data["text"]
    ),
}
FORMS: dict[str, type[forms.Form]] = {
    "opcion": OptionForm,
    "quitar": ChooseForm,
    "recomendar": ChooseForm,
    "proponer": StepForm,
    "aprobar": ApproveForm,
    "devolver": ReturnForm,
}
SAID = {
    "guardar": gettext_lazy("Guardado."),
    "opcion": gettext_lazy("Curso de acción guardado."),
    "quitar": gettext_lazy("Curso de acción quitado."),
    "recomendar": gettext_lazy("Recomendación guardada."),
    "proponer": gettext_lazy("Propuesta. La coordinación política ya tiene el aviso."),
    "aprobar": gettext_lazy("Aprobada. La coordinación técnica ya lo sabe."),
    "devolver": gettext_lazy("Devuelta con sus razones."),
}


def render_strategy(
    request: HttpRequest, page: MesaPage, shown: StrategyPage, tried: Forms, *, status: int = 200
) -> HttpResponse:
    line = shown.line
    found = offered(page, shown, tried)
    asked = request.GET.get("opcion", "")
    chosen = next((one for one in line.options if str(one.id) == asked), None)
    if chosen and "opcion" in found and "opcion" not in tried:
        found["opcion"] = option_form(page, shown, chosen)
    context = page.context(
        products_crumb(page),
        Crumb(_("Estrategias"), reverse("mesas:strategies", args=[page.slug])),
        line.title[:60],
        line=line,
        decided=line.decided,
        history=told_deeds(shown.history),
        forms=found,
        editing=chosen,
        tried="".join(tried),
    )
    return render_page(request, TEMPLATE, context, status=status)
