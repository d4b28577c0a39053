"""Beginning a plan as a copy of the last one: which products come along, and how much of each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sigpret.apps.institutions.queries import institution_by_code
from sigpret.apps.planning.actions.copying import (
    CopiedPlan,
    NothingToCopyError,
    PlanNotEmptyError,
    copy_plan,
)
from sigpret.apps.planning.actions.writing import InvalidRowError, PlanNotWritableError
from sigpret.apps.planning.copy_page import TypedCopy, groups_of, proposed_rows, typed_copy
from sigpret.apps.planning.permissions import check_can_begin_plan
from sigpret.apps.planning.plan_closed import closed_sentence
from sigpret.apps.planning.queries.copying import CopyOffer, copy_offer, is_begun
from sigpret.apps.planning.reported import closed_quarters
from sigpret.apps.planning.views.plan import first_crumb
from sigpret.web.components import Crumb
from sigpret.web.dates import day_of
from sigpret.web.http import role_required

TEMPLATE = "planning/copy.html"


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def copy_last_plan(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """GET offers the earlier plan; POST copies what was chosen of it."""
    institution = institution_by_code(code)
    if institution is None:
        raise Http404
    current_year = day_of(request.now).year
    check_can_begin_plan(request.access, institution.pk, year, current_year=current_year)
    offer = copy_offer(institution, year)
    if is_begun(institution, year):
        messages.info(request, str(PlanNotEmptyError()))
        return redirect("planning:plan", year, code)
    if offer is None:
        return page(request, institution, year, None, TypedCopy())
    if request.method != "POST":
        return page(request, institution, year, offer, TypedCopy(rows=proposed_rows(offer)))
    return copied(request, institution, year, offer)


def copied(request: HttpRequest, institution, year: int, offer: CopyOffer) -> HttpResponse:
    typed = typed_copy(request.POST, offer)
    if typed.errors:
        return page(request, institution, year, offer, typed, status=422)
    try:
        done = copy_plan(
            actor=request.user,
            access=request.access,
            institution=institution,
            source_year=offer.source.fiscal_year,
            fiscal_year=year,
            quantities=typed.quantities,
            keeps_links=typed.keeps_links,
            at=request.now,
        )
    except (NothingToCopyError, InvalidRowError) as refusal:
        return page(request, institution, year, offer, typed, problem=str(refusal), status=422)
    except (PlanNotEmptyError, PlanNotWritableError) as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, told(done, offer))
    return redirect("planning:plan", year, institution.code)


def told(done: CopiedPlan, offer: CopyOffer) -> str:
    """What was done, and that quantities are still a proposal."""
    return ngettext(
        "Se copió %(n)d producto del POA %(year)d. Su cantidad es una propuesta: revísela.",
        "Se copiaron %(n)d productos del POA %(year)d. Sus cantidades son una propuesta: "
        "revíselas.",
        done.products,
    ) % {"n": done.products, "year": offer.source.fiscal_year}


def page(
    request: HttpRequest,
    institution,
    year: int,
    offer: CopyOffer | None,
    typed: TypedCopy,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "institution": institution,
        "year": year,
        "offer": offer,
        "typed": typed,
        "groups": groups_of(typed.rows, offer) if offer else (),
        "problem": problem,
        "shut": closed_sentence(year, closed_quarters(year)),
        "crumbs": (first_crumb(request.access, year), Crumb(_("Copiar un plan"))),
    }
    return render(request, TEMPLATE, context, status=status)
