"""One visit: what was asked, what was seen, who signed; and the form to fill it on the spot."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.evaluation.actions import Seen, VisitError, record_visit, sign_visit
from sigpret.apps.evaluation.queries.visits import VisitSheet, visit_sheet
from sigpret.apps.evaluation.views.visit_plan import crumbs_of
from sigpret.apps.evaluation.visit_forms import ANSWERS, RecordForm, SignForm
from sigpret.apps.evaluation.visit_permissions import check_can_read_visit, check_can_visit
from sigpret.apps.monitoring.queries import round_facts
from sigpret.web.http import render_page, role_required

TEMPLATE = "evaluation/visit.html"
FORM = "evaluation/visit_form.html"


@role_required()
@require_safe
def show_visit(request: HttpRequest, number: int) -> HttpResponse:
    return render_sheet(request, sheet_for(request, number), SignForm())


@role_required()
def record(request: HttpRequest, number: int) -> HttpResponse:
    """GET shows what is known; POST keeps what was seen."""
    sheet = to_write(request, number)
    numbers = [check.number for check in sheet.checks]
    form = RecordForm(request.POST or None, initial=known(sheet, request.as_of), numbers=numbers)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                keep(request, number, form)
            except VisitError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, _("Guardado. Agregue fotos o pase a firmar."))
                return redirect("evaluation:visit", number)
    context = {
        "sheet": sheet,
        "form": form,
        "typed": typed_checks(sheet, form),
        "answers": ANSWERS,
        "crumbs": crumbs_of(_("Visita n.º %(n)s") % {"n": number}),
    }
    return render_page(request, FORM, context, status=status)


@role_required()
@require_POST
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """The signature of who went, with the name of who received them."""
    sheet = sheet_for(request, number)
    check_can_visit(request.access, sheet.line.datum.institution_id)
    form = SignForm(request.POST)
    if not form.is_valid():
        return render_sheet(request, sheet, form, status=422)
    if (proof := proof_of_identity(request)) is not None:
        return proof
    try:
        sign_visit(
            actor=request.user,
            access=request.access,
            visit_id=number,
            counterpart=form.cleaned_data["counterpart"],
            counterpart_position=form.cleaned_data["counterpart_position"],
            expected_version=form.cleaned_data["version"],
            at=request.now,
        )
    except VisitError as refusal:
        form.add_error(None, str(refusal))
        return render_sheet(request, sheet_for(request, number), form, status=409)
    messages.success(request, _("Visita firmada. Ya no se cambia."))
    return redirect("evaluation:visit", number)


def sheet_for(request: HttpRequest, number: int) -> VisitSheet:
    """The visit for somebody who may read it. Raises Http404 and PermissionDenied."""
    sheet = visit_sheet(number, access=request.access, today=request.as_of)
    if sheet is None:
        check_can_read_visit(request.access, 0)
        raise Http404(_("Esa visita no existe."))
    check_can_read_visit(request.access, sheet.line.datum.institution_id)
    return sheet


def to_write(request: HttpRequest, number: int) -> VisitSheet:
    """The visit for somebody who may still write in it."""
    sheet = sheet_for(request, number)
    check_can_visit(request.access, sheet.line.datum.institution_id)
    if not sheet.can_write and sheet.line.state != "signed":
        raise PermissionDenied(_("Solo quien hizo la visita escribe en ella y la firma."))
    if not sheet.can_write:
        raise PermissionDenied(_("La visita está firmada: ya no se cambia."))
    return sheet


def keep(request: HttpRequest, number: int, form: RecordForm) -> None:
    data = form.cleaned_data
    record_visit(
        actor=request.user,
        access=request.access,
        visit_id=number,
        seen=Seen(
            done_on=data["done_on"],
            participants=data["participants"],
            result=data["result"],
            findings=data["findings"],
            found=data["found"],
            answers=form.answers(),
            notes=form.notes(),
        ),
        expected_version=data["version"],
        at=request.now,
    )


def known(sheet: VisitSheet, today: date) -> dict[str, object]:
    """What is stored; a visit is filled where it happens, so its day is today."""
    return {
        "done_on": sheet.line.done_on or today,
        "found": None if sheet.found is None else f"{sheet.found.normalize():f}",
        "result": sheet.line.result,
        "findings": sheet.findings,
        "participants": sheet.participants,
        "version": sheet.version,
    }


def typed_checks(sheet: VisitSheet, form: RecordForm) -> list[dict[str, object]]:
    """Each point with what was typed, or with what is stored."""
    answers = form.answers() if form.is_bound else {c.number: c.answer for c in sheet.checks}
    notes = form.notes() if form.is_bound else {c.number: c.note for c in sheet.checks}
    return [
        {
            "number": check.number,
            "question": check.question,
            "answer": answers.get(check.number, ""),
            "note": notes.get(check.number, ""),
        }
        for check in sheet.checks
    ]


def render_sheet(
    request: HttpRequest, sheet: VisitSheet, form: SignForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "sheet": sheet,
        "form": form,
        "change_url": change_url(request, sheet),
        "crumbs": crumbs_of(_("Visita n.º %(n)s") % {"n": sheet.line.number}),
    }
    return render_page(request, TEMPLATE, context, status=status)


def change_url(request: HttpRequest, sheet: VisitSheet) -> str:
    """Where the institution asks for another number once its quarter is closed."""
    datum = sheet.line.datum
    round_ = round_facts(datum.period)
    if round_ is None or not round_.is_closed or not request.access.works_for(datum.institution_id):
        return ""
    place = [datum.institution_code, datum.period.year, datum.period.number, datum.key]
    return reverse("monitoring:change_asked", args=place)
