"""Agreements of a meeting: taken under their topic, corrected, taken back."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sigpret.apps.audit.actions import DifferentRequestError
from sigpret.apps.mesas.actions.agreeing import (
    StaleAgreementError,
    add_agreement,
    change_agreement,
    drop_agreement,
)
from sigpret.apps.mesas.actions.session import MinutesError
from sigpret.apps.mesas.forms.agreement_form import SEPARATOR, AgreementForm
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.queries.agreement_choices import choices_of
from sigpret.apps.mesas.queries.meeting_parts import AgreementRow
from sigpret.apps.mesas.views.meeting import Loaded, answer_live, context_of, load_meeting
from sigpret.web.http import idempotency_key, render_page, role_required, whole_number

TEMPLATE = "mesas/meeting_agreement.html"


@role_required()
@require_POST
def add(request: HttpRequest, slug: str, number: int, item: int) -> HttpResponse:
    """One more agreement under a topic."""
    loaded = load_meeting(request, slug, number)
    check_can_write(loaded.mesa.standing)
    check_topic(loaded, item)
    form = form_of(request, loaded)
    if not form.is_valid():
        return refused(request, loaded, item, form)
    observation = request.POST.get("observation", "")
    is_number = observation.isdecimal() and len(observation) < 19
    try:
        add_agreement(
            actor=request.user,
            **loaded.who,
            item_id=item,
            agreed=form.agreed(),
            observation_id=int(observation) if is_number else None,
            at=request.now,
            key=idempotency_key(request),
        )
    except DifferentRequestError as refusal:
        raise BadRequest(str(refusal)) from None
    except MinutesError as refusal:
        form.add_error(None, str(refusal))
        return refused(request, loaded, item, form)
    return answer_live(request, loaded, f"punto-{item}")


def check_topic(loaded: Loaded, item: int) -> None:
    if item not in {topic.id for topic in loaded.page.topics}:
        raise Http404(_("Ese tema ya no está en la agenda."))


def form_of(request: HttpRequest, loaded: Loaded, **more: object) -> AgreementForm:
    data = request.POST if request.method == "POST" else None
    choices = choices_of(loaded.mesa.mesa)
    return AgreementForm(data, choices=choices, people=loaded.page.people, **more)


def refused(request: HttpRequest, loaded: Loaded, item: int, form: AgreementForm) -> HttpResponse:
    """What was typed stays in its place, with the sentence of what is wrong."""
    used = f"punto-{item}"
    return answer_live(request, loaded, used, status=422, refused_item=item, refused_form=form)


@role_required()
def change(request: HttpRequest, slug: str, number: int, agreement: int) -> HttpResponse:
    """GET shows what it says; POST keeps the correction."""
    loaded = load_meeting(request, slug, number)
    check_can_write(loaded.mesa.standing)
    row = row_of(loaded, agreement)
    form = form_of(request, loaded, initial=known(row, loaded))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                keep(request, loaded, row, form)
            except StaleAgreementError as stale:
                form.add_error(None, str(stale))
                status = 409
            except MinutesError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Acuerdo %(n)s corregido.") % {"n": row.number})
                return redirect(loaded.url(f"punto-{row.item_id}"))
    context = context_of(loaded, row=row, form=form)
    return render_page(request, TEMPLATE, context, status=status)


def row_of(loaded: Loaded, agreement: int) -> AgreementRow:
    for row in loaded.page.agreements:
        if row.id == agreement:
            return row
    raise Http404(_("Ese acuerdo ya no está en la ayuda memoria."))


def keep(request: HttpRequest, loaded: Loaded, row: AgreementRow, form: AgreementForm) -> None:
    version = request.POST.get("version", "")
    change_agreement(
        actor=request.user,
        **loaded.who,
        agreement_id=row.id,
        agreed=form.agreed(),
        expected_version=whole_number(version, digits=8) or 0,
    )


def known(row: AgreementRow, loaded: Loaded) -> dict[str, object]:
    """What is stored, as the form shows it."""
    choices = choices_of(loaded.mesa.mesa)
    goal = next((one.id for one in choices.goals if one.code == row.goal_code), None)
    theme = next((one.id for one in choices.themes if one.name == row.theme), None)
    return {
        "text": row.text,
        "expected_result": row.expected_result,
        "responsible": f"{row.responsible}{SEPARATOR}{row.acronym}",
        "institution": row.institution_id,
        "due_on": row.due_on,
        "goal": goal,
        "theme": theme,
        "supersedes": next((one.id for one in choices.open if one.code == row.supersedes), None),
    }


@role_required()
@require_POST
def drop(request: HttpRequest, slug: str, number: int, agreement: int) -> HttpResponse:
    """Take it back; the ones after it move up."""
    loaded = load_meeting(request, slug, number)
    row = next((one for one in loaded.page.agreements if one.id == agreement), None)
    try:
        drop_agreement(actor=request.user, **loaded.who, agreement_id=agreement)
    except MinutesError as refusal:
        messages.error(request, str(refusal))
    else:
        if row is not None:
            text = _("Se retiró el acuerdo «%(text)s».") % {"text": row.text[:80]}
            messages.success(request, text)
    return redirect(loaded.url(f"punto-{row.item_id}" if row else ""))
