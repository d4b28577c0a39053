"""`/mesas/<slug>/productos/poa` · Are the annual plans coherent with the matrix?"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.apps.mesas.actions.plan_reviews import (
    ReviewError,
    Reviewing,
    StaleReviewError,
    review_plan,
)
from sigpret.apps.mesas.forms.product_reviews import ReviewForm
from sigpret.apps.mesas.permissions import check_can_write
from sigpret.apps.mesas.product_words import finding_words
from sigpret.apps.mesas.queries.plan_reviews import PlanReviewLine, plan_reviews
from sigpret.apps.mesas.views.bottlenecks import products_crumb
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.web.components import Crumb
from sigpret.web.http import read_only, render_page, role_required

LIST, TEMPLATE = "mesas/plan_reviews.html", "mesas/plan_review.html"


@role_required()
@read_only
def show_plan_reviews(request: HttpRequest, slug: str) -> HttpResponse:
    page = mesa_page(request, slug)
    lines = plan_reviews(page.mesa, year=page.on.year)
    unread = sum(line.verdict == "pending" for line in lines)
    context = page.context(
        products_crumb(page),
        _("Coherencia de los POA"),
        lines=[(line, told(line)) for line in lines],
        heading=heading_of(unread),
        year=page.on.year,
    )
    return render_page(request, LIST, context)


def heading_of(unread: int) -> str:
    if not unread:
        return _("La mesa revisó todos los POA")
    return ngettext("Falta revisar %(n)s POA", "Falta revisar %(n)s POA", unread) % {"n": unread}


def told(line: PlanReviewLine) -> list[tuple[str, tuple[str, ...]]]:
    """Each finding in words, with the products or goals it happens to."""
    return [(finding_words(one), one.labels) for one in line.findings]


@role_required()
def show_plan_review(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """GET shows what is found; POST concludes."""
    page = mesa_page(request, slug)
    line = loaded(page, code)
    if request.method != "POST":
        return render_review(request, page, line, None)
    check_can_write(page.standing)
    form = ReviewForm(request.POST, auto_id="poa-%s")
    if not form.is_valid():
        return render_review(request, page, line, form, status=422)
    try:
        review_plan(
            reviewing=reviewing(request, page, line, form.cleaned_data["version"]),
            verdict=form.cleaned_data["verdict"],
            text=form.cleaned_data["text"],
        )
    except ReviewError as refusal:
        form.add_error(None, str(refusal))
        status = 409 if isinstance(refusal, StaleReviewError) else 422
        return render_review(request, page, line, form, status=status)
    messages.success(request, _("Conclusión guardada. Si hay hallazgos, la agenda los propone."))
    return redirect("mesas:plan_reviews", page.slug)


def reviewing(request: Any, page: MesaPage, line: PlanReviewLine, version: int) -> Reviewing:
    return Reviewing(request.user, page.standing, line.code, page.on.year, version, request.now)


def loaded(page: MesaPage, code: str) -> PlanReviewLine:
    """Raises Http404 for an institution that is not of the mesa."""
    found = plan_reviews(page.mesa, year=page.on.year, institution_code=code)
    if not found:
        raise Http404(_("Esa institución no es de la mesa."))
    return found[0]


def render_review(
    request: HttpRequest,
    page: MesaPage,
    line: PlanReviewLine,
    form: ReviewForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    if form is None and page.standing.writes:
        initial = {
            "version": line.version,
            "verdict": "with_findings" if line.findings else "coherent",
            "text": line.note,
        }
        form = ReviewForm(auto_id="poa-%s", initial=initial)
    context = page.context(
        products_crumb(page),
        Crumb(_("Coherencia de los POA"), reverse("mesas:plan_reviews", args=[page.slug])),
        line.place,
        line=line,
        told=told(line),
        year=page.on.year,
        form=form,
    )
    return render_page(request, TEMPLATE, context, status=status)
