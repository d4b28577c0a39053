"""One accreditation: who comes in its place, why it ends, its letter."""

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.evidence import storage
from sigpret.apps.evidence.actions import RefusedEvidenceError
from sigpret.apps.evidence.views.files import CLOSED
from sigpret.apps.mesas.actions.accreditation import end_accreditation, substitute
from sigpret.apps.mesas.actions.contacts import correct_contact
from sigpret.apps.mesas.actions.member_checks import MemberError
from sigpret.apps.mesas.forms.members import ContactForm, EndForm, SubstituteForm
from sigpret.apps.mesas.permissions import check_can_accredit, check_can_see_contacts
from sigpret.apps.mesas.queries.members import Member, letter_of, member_by_id
from sigpret.apps.mesas.views.accredit import letter_file, members_url
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required


@role_required()
def substitute_member(request: HttpRequest, slug: str, member: int) -> HttpResponse:
    """GET asks who comes and why the other leaves; POST does it."""
    page = mesa_page(request, slug)
    leaving = in_force(page, member)
    form = SubstituteForm(
        request.POST or None,
        request.FILES or None,
        initial={
            "since": page.on,
            "position": leaving.position,
            "is_planning_director": leaving.is_planning_director,
            "version": leaving.version,
        },
    )
    if request.method == "POST" and form.is_valid() and put_in_place(request, page, leaving, form):
        return redirect(members_url(slug, leaving.level))
    return render_member(request, page, leaving, form, "mesas/substitute.html", _("Sustituir"))


@role_required()
def end_member(request: HttpRequest, slug: str, member: int) -> HttpResponse:
    """GET asks why; POST takes the person off."""
    page = mesa_page(request, slug)
    leaving = in_force(page, member)
    form = EndForm(request.POST or None, initial={"version": leaving.version})
    if request.method == "POST" and form.is_valid():
        try:
            end_accreditation(
                actor=request.user,
                standing=page.standing,
                member_id=leaving.id,
                reason=form.cleaned_data["reason"],
                expected_version=form.cleaned_data["version"],
                at=request.now,
            )
        except MemberError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("%(name)s ya no representa a su institución.") % name_of(leaving)
            )
            return redirect(members_url(slug, leaving.level))
    return render_member(request, page, leaving, form, "mesas/end_member.html", _("Dar de baja"))


@role_required()
def correct_member(request: HttpRequest, slug: str, member: int) -> HttpResponse:
    """GET shows how the person is reached; POST writes it again."""
    page = mesa_page(request, slug)
    reached = in_force(page, member)
    now = {"email": reached.email, "phone": reached.phone, "version": reached.version}
    form = ContactForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            correct_contact(
                actor=request.user,
                standing=page.standing,
                member_id=reached.id,
                email=data["email"],
                phone=data["phone"],
                expected_version=data["version"],
                at=request.now,
            )
        except MemberError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Contacto de %(name)s corregido.") % name_of(reached))
            return redirect(members_url(slug, reached.level))
    template = "mesas/correct_member.html"
    return render_member(request, page, reached, form, template, _("Corregir contacto"))


@role_required()
@require_safe
def letter(request: HttpRequest, slug: str, member: int) -> HttpResponse:
    """The scanned letter, to keep and never to run."""
    page = mesa_page(request, slug)
    check_can_see_contacts(page.standing, existing(page, member).institution_id)
    found = letter_of(page.mesa, member)
    if found is None or not storage.is_intact(found.sha256):
        raise Http404(_("Ese oficio no está para descargar."))
    return FileResponse(
        storage.opened(found.sha256),
        as_attachment=True,
        filename=found.name,
        content_type="application/octet-stream",
        headers=CLOSED,
    )


def existing(page: MesaPage, member_id: int) -> Member:
    found = member_by_id(page.mesa, member_id, standing=page.standing)
    if found is None:
        raise Http404(_("Esa acreditación no es de esta mesa."))
    return found


def in_force(page: MesaPage, member_id: int) -> Member:
    """A member the person may change. Raises Http404 and PermissionDenied."""
    found = existing(page, member_id)
    check_can_accredit(page.standing, found.institution_id, found.level)
    return found


def put_in_place(
    request: HttpRequest, page: MesaPage, leaving: Member, form: SubstituteForm
) -> bool:
    try:
        member = substitute(
            actor=request.user,
            standing=page.standing,
            member_id=leaving.id,
            representative=form.representative(letter_file(request, form)),
            reason=form.cleaned_data["reason"],
            expected_version=form.cleaned_data["version"],
            at=request.now,
        )
    except RefusedEvidenceError as refusal:
        form.add_error("letter_file", str(refusal))
        return False
    except MemberError as refusal:
        form.add_error(None, str(refusal))
        return False
    words = {"new": member.full_name, "old": leaving.full_name}
    messages.success(request, _("%(new)s sustituye a %(old)s desde hoy.") % words)
    return True


def render_member(
    request: HttpRequest, page: MesaPage, member: Member, form: Form, template: str, last: str
) -> HttpResponse:
    steps = (Crumb(_("Miembros"), reverse("mesas:members", args=[page.slug])), Crumb(last))
    context = page.context(*steps, member=member, form=form)
    return render_page(request, template, context, status=422 if form.errors else 200)


def name_of(member: Member) -> dict[str, str]:
    return {"name": member.full_name}
