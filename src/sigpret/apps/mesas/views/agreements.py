"""`/mesas/<slug>/acuerdos` · The register of agreements: what is late, what was done."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.mesas.agreement_words import register_words
from sigpret.apps.mesas.queries.agreements import (
    AgreementCounts,
    AgreementFilters,
    agreement_counts,
    register,
)
from sigpret.apps.mesas.views.loading import mesa_page
from sigpret.methodology.mesas.agreements import Situation
from sigpret.web.components import Chip
from sigpret.web.http import read_only, render_page, role_required

TEMPLATE = "mesas/agreements.html"
OPEN = frozenset({Situation.PENDING, Situation.IN_PROGRESS, Situation.OVERDUE})
VIEWS = {
    "abiertos": OPEN,
    "vencidos": frozenset({Situation.OVERDUE}),
    "cumplidos": frozenset({Situation.FULFILLED}),
    "sin-efecto": frozenset({Situation.WITHOUT_EFFECT}),
    "todos": frozenset(Situation),
}


@role_required()
@read_only
def show_agreements(request: HttpRequest, slug: str) -> HttpResponse:
    page = mesa_page(request, slug)
    counts = agreement_counts(page.mesa, page.on)
    shown = shown_in(request, counts)
    filters = AgreementFilters(
        VIEWS[shown], request.GET.get("institucion", ""), request.GET.get("meta", "")
    )
    context = page.context(
        _("Acuerdos"),
        lines=register(page.mesa, filters, on=page.on),
        counts=counts,
        heading=register_words(counts),
        chips=chips_of(request, slug, counts, shown),
        filters=filters,
        is_filtered=bool(filters.institution or filters.goal),
    )
    return render_page(request, TEMPLATE, context)


def shown_in(request: HttpRequest, counts: AgreementCounts) -> str:
    """What is asked, else the open ones, else everything."""
    asked = request.GET.get("ver", "")
    if asked in VIEWS:
        return asked
    return "abiertos" if counts.open and not request.GET.get("meta") else "todos"


def chips_of(request: HttpRequest, slug: str, counts: AgreementCounts, shown: str) -> list[Chip]:
    """Each view with how many it has; the other filters are kept."""
    base = reverse("mesas:agreements", args=[slug])
    labels = {
        "abiertos": (_("Abiertos"), counts.open),
        "vencidos": (_("Vencidos"), counts.overdue),
        "cumplidos": (_("Cumplidos"), counts.fulfilled),
        "sin-efecto": (_("Sin efecto"), counts.without_effect),
        "todos": (_("Todos"), counts.total),
    }
    kept = request.GET.copy()
    chips = []
    for key, (label, count) in labels.items():
        kept["ver"] = key
        chips.append(Chip(label, f"{base}?{kept.urlencode()}", count, is_on=key == shown))
    return chips
