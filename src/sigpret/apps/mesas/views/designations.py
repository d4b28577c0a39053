"""Who coordinates, accompanies and supports a mesa: DIGER writes down the acts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.accounts.reauthentication import proof_of_identity
from sigpret.apps.mesas.actions.designation import DesignationError, designate, end_designation
from sigpret.apps.mesas.forms.members import DesignationForm, EndDesignationForm
from sigpret.apps.mesas.permissions import check_can_accompany, duties_open_to
from sigpret.apps.mesas.queries import member_institutions
from sigpret.apps.mesas.queries.members import Designated, designations
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required


@role_required()
def designate_person(request: HttpRequest, slug: str) -> HttpResponse:
    """GET asks who, to what and by which act; POST keeps it."""
    page = mesa_page(request, slug)
    check_can_accompany(page.standing)
    form = designation_form(request, page)
    if request.method == "POST" and form.is_valid():
        if (proof := proof_of_identity(request)) is not None:
            return proof
        if keep(request, page, form):
            return redirect("mesas:members", slug)
    context = page.context(*crumbs(page, _("Designar")), form=form)
    status = 422 if form.errors else 200
    return render_page(request, "mesas/designate.html", context, status=status)


def designation_form(request: HttpRequest, page: MesaPage) -> DesignationForm:
    return DesignationForm(
        request.POST or None,
        initial={"duty": request.GET.get("funcion", ""), "since": page.on},
        duties=duties_open_to(page.standing),
        institutions=[
            (one.pk, f"{one.acronym or one.code} · {one.name}")
            for one in member_institutions(page.mesa)
        ],
    )


def keep(request: HttpRequest, page: MesaPage, form: DesignationForm) -> bool:
    """Designate whom the form says; its error when it cannot be."""
    try:
        made = designate(
            actor=request.user,
            standing=page.standing,
            act=form.designation(),
            relieves=form.cleaned_data["relieves"],
            at=request.now,
        )
    except DesignationError as refusal:
        form.add_error(None, str(refusal))
        return False
    words = {"name": made.person.full_name, "act": made.act}
    messages.success(request, _("%(name)s: designación registrada, %(act)s.") % words)
    return True


@role_required()
def end_duty(request: HttpRequest, slug: str, designation: int) -> HttpResponse:
    """GET asks the last day; POST ends the designation."""
    page = mesa_page(request, slug)
    check_can_accompany(page.standing)
    held = in_force(page, designation)
    form = EndDesignationForm(request.POST or None, initial={"until": page.on})
    if request.method == "POST" and form.is_valid():
        if (proof := proof_of_identity(request)) is not None:
            return proof
        try:
            end_designation(
                actor=request.user,
                standing=page.standing,
                designation_id=held.id,
                until=form.cleaned_data["until"],
                at=request.now,
            )
        except DesignationError as refusal:
            form.add_error("until", str(refusal))
        else:
            messages.success(request, _("La designación de %(name)s terminó.") % words_of(held))
            return redirect("mesas:members", slug)
    context = page.context(*crumbs(page, _("Terminar")), form=form, held=held)
    status = 422 if form.errors else 200
    return render_page(request, "mesas/end_duty.html", context, status=status)


def in_force(page: MesaPage, designation: int) -> Designated:
    found = (one for people in designations(page.mesa, on=page.on).values() for one in people)
    held = next((one for one in found if one.id == designation), None)
    if held is None:
        raise Http404(_("Esa designación ya no rige en esta mesa."))
    return held


def crumbs(page: MesaPage, last: str) -> tuple[Crumb, ...]:
    return Crumb(_("Miembros"), reverse("mesas:members", args=[page.slug])), Crumb(last)


def words_of(held: Designated) -> dict[str, str]:
    return {"name": held.full_name}
