"""The diagnosis and the progress reports: read, written section by section, proposed, decided."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from sigpret.apps.mesas.actions import written_products as writing
from sigpret.apps.mesas.actions.proposals import (
    ProposalError,
    Proposing,
    StaleProposalError,
    decide_proposal,
    propose,
)
from sigpret.apps.mesas.agreement_forms import StepForm
from sigpret.apps.mesas.forms.strategies import ApproveForm, ReturnForm
from sigpret.apps.mesas.forms.written_products import (
    ChallengeForm,
    KeyForm,
    SectionForm,
    WhichChallengeForm,
)
from sigpret.apps.mesas.product_permissions import can_propose
from sigpret.apps.mesas.queries.goals import last_round
from sigpret.apps.mesas.queries.held_back import goal_choices
from sigpret.apps.mesas.queries.written_products import WrittenPage, written_page
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.apps.mesas.views.written_page import Forms, Place, render_written
from sigpret.methodology.periods import Period, PeriodError
from sigpret.web.http import role_required, whole_number

Kind = writing.Kind
WRITING = ("empezar", "guardar", "tomar", "evidencia", "desafio", "quitar")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks: the mesa, which product, which version is shown."""

    request: Any
    page: MesaPage
    place: Place
    shown: WrittenPage


@role_required()
@require_safe
def show_diagnosis(request: HttpRequest, slug: str) -> HttpResponse:
    page = mesa_page(request, slug)
    return render(asked(request, page, diagnosis_place(request, page)), {})


@role_required()
@require_POST
def take_diagnosis_step(request: HttpRequest, slug: str, deed: str) -> HttpResponse:
    page = mesa_page(request, slug)
    return take(asked(request, page, diagnosis_place(request, page), is_last=True), deed)


@role_required()
@require_safe
def show_progress_reports(request: HttpRequest, slug: str) -> HttpResponse:
    """The report of the last quarter that ended."""
    page = mesa_page(request, slug)
    found = last_round(page.on)
    period = found.period if found else Period.quarter_on(page.on).code
    return redirect("mesas:progress_report", page.slug, period)


@role_required()
@require_safe
def show_progress_report(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    page = mesa_page(request, slug)
    return render(asked(request, page, report_place(page, period)), {})


@role_required()
@require_POST
def take_report_step(request: HttpRequest, slug: str, period: str, deed: str) -> HttpResponse:
    page = mesa_page(request, slug)
    return take(asked(request, page, report_place(page, period), is_last=True), deed)


def diagnosis_place(request: HttpRequest, page: MesaPage) -> Place:
    typed = request.GET.get("anio", "")
    year = int(typed) if typed.isdecimal() and len(typed) == 4 else page.on.year
    base = reverse("mesas:diagnosis", args=[page.slug])
    return Place(Kind.DIAGNOSIS, year, "", base)


def report_place(page: MesaPage, period: str) -> Place:
    """Raises Http404 for a period that is not one, or that has not begun."""
    try:
        found = Period.parse(period)
    except PeriodError as wrong:
        raise Http404(_("Ese periodo no existe.")) from wrong
    if found.start > page.on or found.year < page.on.year - 10:
        raise Http404(_("Ese periodo no ha empezado o es demasiado antiguo."))
    base = reverse("mesas:progress_report", args=[page.slug, found.code])
    return Place(Kind.PROGRESS, found.year, found.code, base)


def asked(request: HttpRequest, page: MesaPage, place: Place, *, is_last: bool = False) -> Asked:
    """What writes always writes the last version. Raises Http404 for one that does not exist."""
    typed = "" if is_last else request.GET.get("version", "")
    number = whole_number(typed, digits=4)
    shown = written_page(
        page.mesa, place.kind, year=place.year, period=place.period, number=number, on=page.on
    )
    if shown is None:
        raise Http404(_("El producto no tiene esa versión."))
    return Asked(request, page, place, shown)


def take(it: Asked, deed: str) -> HttpResponse:
    """POST does one thing; what cannot be done comes back with its sentence and its text."""
    check_may(it.page, deed)
    if deed != "empezar" and it.shown.shown is None:
        raise Http404(_("Nadie ha empezado este producto."))
    form = form_for(it, deed, it.request.POST)
    if not form.is_valid():
        return render(it, {deed: form}, status=422)
    # What the political level approves binds the mesa: whoever does it proves who they are.
    if deed == "aprobar" and (proof := proof_of_identity(it.request)) is not None:
        return proof
    try:
        ACTS[deed](it, form)
    except ProposalError as refusal:
        form.add_error(None, str(refusal))
        status = 409 if isinstance(refusal, StaleProposalError) else 422
        return render(it, {deed: form}, status=status)
    messages.success(it.request, SAID[deed])
    return redirect(it.place.address)


def check_may(page: MesaPage, deed: str) -> None:
    """Raises Http404 for a step nobody knows, PermissionDenied for one of others."""
    if deed not in ACTS:
        raise Http404(_("Ese paso no existe."))
    if deed not in allowed(page):
        raise PermissionDenied(
            _("Lo escribe y propone el nivel técnico; lo aprueba o devuelve el nivel político.")
        )


def allowed(page: MesaPage) -> list[str]:
    standing = page.standing
    deeds = list(WRITING) if standing.writes else []
    deeds += ["proponer"] if can_propose(standing) else []
    return deeds + (["aprobar", "devolver"] if standing.decides else [])


def form_for(it: Asked, deed: str, data: Any = None) -> forms.Form:
    shown = it.shown.shown
    more: dict[str, Any] = {"auto_id": f"{deed}-%s"}
    more["initial"] = {"version": shown.version if shown else 0}
    if deed == "desafio":
        more["goals"] = goal_choices(it.page.mesa)
    return FORMS[deed](data, **more)


def proposing(it: Asked, form: Any) -> Proposing:
    shown = it.shown.shown
    return Proposing(
        actor=it.request.user,
        standing=it.page.standing,
        model=writing.MesaProduct,
        subject_id=shown.id if shown else 0,
        expected_version=form.cleaned_data["version"],
        at=it.request.now,
    )


def begin(it: Asked, _form: Any) -> None:
    writing.begin_product(
        actor=it.request.user,
        standing=it.page.standing,
        kind=it.place.kind,
        year=it.place.year,
        period=it.place.period,
        at=it.request.now,
    )


def keep(it: Asked, form: Any) -> None:
    data = form.cleaned_data
    writing.save_section(
        proposing=proposing(it, form), key=data["key"], text=data["text"], was=data["was"]
    )


def keep_challenge(it: Asked, form: Any) -> None:
    writing.save_challenge(
        proposing=proposing(it, form),
        typed=form.typed(),
        challenge_id=form.cleaned_data["challenge"],
    )


def decide(it: Asked, form: Any, *, is_approved: bool) -> None:
    decide_proposal(
        proposing=proposing(it, form), is_approved=is_approved, reason=form.cleaned_data["text"]
    )


ACTS: Mapping[str, Callable[[Asked, Any], object]] = {
    "empezar": begin,
    "guardar": keep,
    "tomar": lambda it, form: writing.refresh_section(
        proposing=proposing(it, form), key=form.cleaned_data["key"]
    ),
    "evidencia": lambda it, form: writing.refresh_evidence(proposing=proposing(it, form)),
    "desafio": keep_challenge,
    "quitar": lambda it, form: writing.remove_challenge(
        proposing=proposing(it, form), challenge_id=form.cleaned_data["challenge"]
    ),
    "proponer": lambda it, form: propose(proposing=proposing(it, form)),
    "aprobar": lambda it, form: decide(it, form, is_approved=True),
    "devolver": lambda it, form: decide(it, form, is_approved=False),
}
FORMS: Mapping[str, type[forms.Form]] = {
    "empezar": StepForm,
    "guardar": SectionForm,
    "tomar": KeyForm,
    "evidencia": StepForm,
    "desafio": ChallengeForm,
    "quitar": WhichChallengeForm,
    "proponer": StepForm,
    "aprobar": ApproveForm,
    "devolver": ReturnForm,
}
SAID = {
    "empezar": gettext_lazy("Empezado con los datos de la plataforma. Edite lo que haga falta."),
    "guardar": gettext_lazy("Sección guardada."),
    "tomar": gettext_lazy("Datos de hoy tomados."),
    "evidencia": gettext_lazy("Evidencia de hoy tomada."),
    "desafio": gettext_lazy("Desafío guardado."),
    "quitar": gettext_lazy("Desafío quitado."),
    "proponer": gettext_lazy("Propuesto. La coordinación política ya tiene el aviso."),
    "aprobar": gettext_lazy("Aprobado. La coordinación técnica ya lo sabe."),
    "devolver": gettext_lazy("Devuelto con sus razones."),
}


def offered(it: Asked, tried: Forms) -> dict[str, forms.Form]:
    """The steps that may be taken now, each with its form: the one tried, as it was typed."""
    shown = it.shown.shown
    if shown is None:
        open_deeds = {"empezar"}
    elif shown.number != it.shown.numbers[0][0]:
        open_deeds = set[str]()
    elif shown.decided.is_writable:
        open_deeds = {"guardar", "tomar", "desafio", "evidencia", "proponer"}
    else:
        own = shown.decided.proposed_by_id == it.page.standing.access.user_id
        is_waiting = shown.decided.state == "proposed"
        open_deeds = {"aprobar", "devolver"} if is_waiting and not own else set[str]()
        open_deeds |= {"empezar"} if it.shown.can_begin else set[str]()
    deeds = [one for one in allowed(it.page) if one in open_deeds]
    return {deed: tried.get(deed) or form_for(it, deed) for deed in (*tried, *deeds)}


def render(it: Asked, tried: Forms, *, status: int = 200) -> HttpResponse:
    found = offered(it, tried)
    shown = it.shown.shown
    typed = it.request.GET.get("desafio", "")
    chosen = (
        next((one for one in shown.challenges if str(one.id) == typed), None) if shown else None
    )
    if chosen and shown and "desafio" in found and "desafio" not in tried:
        found["desafio"] = ChallengeForm(
            auto_id="desafio-%s",
            goals=goal_choices(it.page.mesa),
            initial={
                "version": shown.version,
                "challenge": chosen.id,
                "title": chosen.title,
                "description": chosen.description,
                "evidence": chosen.evidence,
                "goal": chosen.goal_id,
            },
        )
    return render_written(
        it.request, it.page, it.place, it.shown, found, tried, editing=chosen, status=status
    )
