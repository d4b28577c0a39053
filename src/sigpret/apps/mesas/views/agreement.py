"""One agreement: what was agreed, what was done, whether its goal moved; and each step of it."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.evidence.actions import RefusedEvidenceError
from sigpret.apps.mesas.actions import agreements as follow
from sigpret.apps.mesas.actions.agreement_evidence import store_agreement_evidence
from sigpret.apps.mesas.actions.escalations import escalate
from sigpret.apps.mesas.actions.superseding import supersede
from sigpret.apps.mesas.agreement_forms import (
    EscalateForm,
    FulfilForm,
    ProgressForm,
    ReopenForm,
    ReprogramForm,
    SupersedeForm,
    VoidForm,
)
from sigpret.apps.mesas.agreement_permissions import Owner, check_can_follow, check_can_govern
from sigpret.apps.mesas.agreement_words import answer_of, drawing_of, line_words
from sigpret.apps.mesas.queries.agreement import AgreementPage, agreement_page
from sigpret.apps.mesas.queries.known_files import known_files
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.apps.monitoring.views.upload_size import takes_files
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required

TEMPLATE = "mesas/agreement.html"
Forms = Mapping[str, forms.Form]
Data = Mapping[str, Any]

FORMS: dict[str, type[forms.Form]] = {
    "avance": ProgressForm,
    "cumplir": FulfilForm,
    "reprogramar": ReprogramForm,
    "sin-efecto": VoidForm,
    "reabrir": ReopenForm,
    "sustituir": SupersedeForm,
    "elevar": EscalateForm,
}
#: Whoever answers for it does these two; the coordination does the rest.
OF_THE_OWNER = frozenset({"avance", "cumplir"})


@role_required()
@require_safe
def show_agreement(request: HttpRequest, slug: str, meeting: int, number: int) -> HttpResponse:
    page = mesa_page(request, slug)
    return render_agreement(request, page, loaded(page, meeting, number), {})


@role_required()
@takes_files
def take_step(
    request: HttpRequest, slug: str, meeting: int, number: int, deed: str
) -> HttpResponse:
    """POST adds a step; what cannot be done comes back with its sentence and what was typed."""
    page = mesa_page(request, slug)
    shown = loaded(page, meeting, number)
    if request.method != "POST":
        return redirect(address_of(page, shown))
    check_may(page, shown, deed)
    form = form_of(request, deed, shown, request.POST, request.FILES)
    if not form.is_valid():
        return render_agreement(request, page, shown, {deed: form}, status=422)
    try:
        said = ACTS[deed](request, page, shown, form.cleaned_data)
    except (follow.AgreementError, RefusedEvidenceError) as refusal:
        form.add_error(None, str(refusal))
        status = 409 if isinstance(refusal, follow.StaleFollowUpError) else 422
        return render_agreement(request, page, shown, {deed: form}, status=status)
    messages.success(request, said)
    return redirect(address_of(page, shown))


def loaded(page: MesaPage, meeting: int, number: int) -> AgreementPage:
    """The agreement of an address. Raises Http404."""
    found = agreement_page(page.mesa, meeting, number, standing=page.standing, on=page.on)
    if found is None:
        raise Http404(_("La mesa no tiene ese acuerdo, o su sesión no ha terminado."))
    return found


def check_may(page: MesaPage, shown: AgreementPage, deed: str) -> None:
    """Raises Http404 for a step nobody knows, PermissionDenied for one of others."""
    if deed not in FORMS:
        raise Http404(_("Ese paso no existe."))
    line = shown.line
    if deed in OF_THE_OWNER:
        check_can_follow(page.standing, Owner(line.institution_id, line.responsible_person_id))
    else:
        check_can_govern(page.standing)


def address_of(page: MesaPage, shown: AgreementPage) -> str:
    line = shown.line
    return reverse("mesas:agreement", args=[page.slug, line.meeting_number, line.number])


def form_of(
    request: HttpRequest, deed: str, shown: AgreementPage, data: Any = None, files: Any = None
) -> forms.Form:
    more: dict[str, Any] = {}
    if deed in OF_THE_OWNER:
        more["known"] = known_files(shown.line.institution_id, request.access)
    if deed == "sustituir":
        more["later"] = [(one.id, f"{one.label} · {one.text[:90]}") for one in shown.later]
    initial = {"version": shown.line.version}
    return FORMS[deed](data, files, auto_id=f"{deed}-%s", initial=initial, **more)


def following(request: HttpRequest, page: MesaPage, shown: AgreementPage, data: Data) -> Any:
    return follow.Following(
        request.user, page.standing, shown.line.id, data["version"], request.now
    )


def brought(request: HttpRequest, page: MesaPage, shown: AgreementPage, data: Data) -> int | None:
    """The file that came with the step, kept, or the one that was chosen; None without either.

    Raises RefusedEvidenceError.
    """
    file = data.get("evidence")
    if file is None:
        return data.get("known")
    return store_agreement_evidence(
        actor=request.user,
        standing=page.standing,
        agreement_id=shown.line.id,
        name=file.name or "",
        file=file,
        at=request.now,
    )


def tell(request: HttpRequest, page: MesaPage, shown: AgreementPage, data: Data) -> str:
    follow.tell_progress(
        following=following(request, page, shown, data),
        text=data["text"],
        evidence_id=brought(request, page, shown, data),
    )
    return _("Avance guardado.")


def fulfil(request: HttpRequest, page: MesaPage, shown: AgreementPage, data: Data) -> str:
    follow.fulfil(
        following=following(request, page, shown, data),
        text=data["text"],
        fulfilled_on=data["fulfilled_on"],
        evidence_id=brought(request, page, shown, data),
    )
    return _("Acuerdo cumplido. La coordinación técnica ya lo sabe.")


def reprogram(request: HttpRequest, page: MesaPage, shown: AgreementPage, data: Data) -> str:
    follow.reprogram(
        following=following(request, page, shown, data),
        new_due_on=data["new_due_on"],
        text=data["text"],
    )
    return _("Reprogramado. La fecha acordada queda en el historial.")


def void(request: HttpRequest, page: MesaPage, shown: AgreementPage, data: Data) -> str:
    follow.void(following=following(request, page, shown, data), text=data["text"])
    return _("El acuerdo queda sin efecto.")


def reopen(request: HttpRequest, page: MesaPage, shown: AgreementPage, data: Data) -> str:
    follow.reopen(following=following(request, page, shown, data), text=data["text"])
    return _("El acuerdo vuelve a estar en proceso.")


def replace(request: HttpRequest, page: MesaPage, shown: AgreementPage, data: Data) -> str:
    supersede(following=following(request, page, shown, data), by_agreement_id=data["later"])
    return _("Sustituido: éste queda sin efecto y rige el posterior.")


def raise_it(request: HttpRequest, page: MesaPage, shown: AgreementPage, data: Data) -> str:
    escalate(
        following=following(request, page, shown, data),
        to=data["to"],
        ask=data["ask"],
        reason=data["text"],
    )
    return _("Elevado. Quien decide ya tiene el aviso.")


ACTS: dict[str, Callable[[HttpRequest, MesaPage, AgreementPage, Data], str]] = {
    "avance": tell,
    "cumplir": fulfil,
    "reprogramar": reprogram,
    "sin-efecto": void,
    "reabrir": reopen,
    "sustituir": replace,
    "elevar": raise_it,
}


def offered(request: HttpRequest, shown: AgreementPage, tried: Forms) -> dict[str, forms.Form]:
    """The steps this person may take now, each with its form: the one tried, as it was typed."""
    is_open, deeds = shown.line.is_open, list[str]()
    if shown.can_follow and is_open:
        deeds += ["avance", "cumplir"]
    if shown.can_govern and is_open:
        deeds.append("elevar")
        if shown.line.is_final:
            deeds += ["reprogramar", "sin-efecto"]
            deeds += ["sustituir"] if shown.later else []
    if shown.can_govern and not is_open and shown.superseded_by is None:
        deeds.append("reabrir")
    found = {deed: tried.get(deed) or form_of(request, deed, shown) for deed in deeds}
    return {**{deed: form for deed, form in tried.items() if deed not in found}, **found}


def render_agreement(
    request: HttpRequest, page: MesaPage, shown: AgreementPage, tried: Forms, *, status: int = 200
) -> HttpResponse:
    line, goal = shown.line, shown.goal
    list_url = reverse("mesas:agreements", args=[page.slug])
    context = page.context(
        Crumb(_("Acuerdos"), list_url),
        line.label,
        shown=shown,
        line=line,
        heading=line_words(line),
        forms={
            deed.replace("-", "_"): form for deed, form in offered(request, shown, tried).items()
        },
        tried="".join(tried) or request.GET.get("paso", ""),
        answer=answer_of(goal, line.fulfilled_on) if goal and line.fulfilled_on else None,
        drawing=drawing_of(goal, line.fulfilled_on) if goal else None,
    )
    return render_page(request, TEMPLATE, context, status=status)
