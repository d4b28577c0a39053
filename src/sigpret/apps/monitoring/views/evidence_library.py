"""T4 · Evidences: every file of an institution, by quarter and product, to use again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.evidence.permissions import can_add_evidence, check_can_list_evidence
from sigpret.apps.institutions.queries import institution_by_code, institution_of
from sigpret.apps.monitoring.permissions import can_choose_institution, check_can_list_library
from sigpret.apps.monitoring.queries import current_round, report_sheet
from sigpret.apps.monitoring.queries.evidence_library import (
    STANDINGS,
    EvidenceFilter,
    LibraryRow,
    evidence_owners,
    filtered,
    grouped,
    in_order,
    library_rows,
)
from sigpret.apps.monitoring.views.evidence_lines import drop_context
from sigpret.apps.reference.queries import policy_for
from sigpret.intake.files.kinds import KINDS
from sigpret.methodology.periods import Period
from sigpret.web.components import Chip, Crumb
from sigpret.web.dates import period_words
from sigpret.web.http import render_page, role_required
from sigpret.web.lists import page_asked

TEMPLATE = "monitoring/evidence_library.html"


@require_safe
@role_required()
def library(request: HttpRequest) -> HttpResponse:
    """The files of one's own institution; who reads the country chooses one."""
    check_can_list_library(request.access)
    institution = chosen_institution(request)
    if institution is None:
        return render_page(request, TEMPLATE, {"institution": None, **place(request)})
    check_can_list_evidence(request.access, institution.pk)
    rows = library_rows(institution.pk, request.access)
    wanted = filter_of(request)
    shown = filtered(rows, wanted)
    page = page_asked(request, in_order(shown))
    context = {
        "institution": institution,
        "page_obj": page,
        "groups": grouped(page),
        "count": len(shown),
        "total": len(rows),
        "wanted": wanted,
        "chips": chips_of(request, rows, wanted),
        "choices": choices_of(rows),
        **place(request),
        **drop_place(request, institution),
    }
    return render_page(request, TEMPLATE, context)


def chosen_institution(request: HttpRequest) -> Any:
    """The one asked for by its code, or one's own. Raises Http404."""
    code = request.GET.get("institucion", "")
    if not code:
        return institution_of(request.access)
    institution = institution_by_code(code) if code.isprintable() else None
    if institution is None:
        raise Http404(_("No hay una institución con ese código."))
    return institution


def filter_of(request: HttpRequest) -> EvidenceFilter:
    asked = request.GET
    return EvidenceFilter(
        period=asked.get("trimestre", ""),
        code=asked.get("producto", ""),
        media=asked.get("tipo", ""),
        standing=asked.get("ver", "") if asked.get("ver") in STANDINGS else "",
    )


def place(request: HttpRequest) -> dict[str, Any]:
    may_choose = can_choose_institution(request.access)
    return {
        "may_choose": may_choose,
        "owners": evidence_owners(request.access) if may_choose else (),
        "crumbs": [Crumb(_("Mi trabajo")), Crumb(_("Evidencias"))],
    }


def chips_of(
    request: HttpRequest, rows: tuple[LibraryRow, ...], wanted: EvidenceFilter
) -> list[Chip]:
    """What stands how, with its count; the rest of the filter stays."""
    words = (
        ("", _("En uso y disponibles")),
        ("sin-uso", _("Sin usar")),
        ("reservadas", _("Reservadas")),
        ("reemplazadas", _("Reemplazadas")),
    )
    chips = []
    for key, label in words:
        query = request.GET.copy()
        query["ver"] = key
        query.pop("pagina", None)
        count = len(filtered(rows, EvidenceFilter(standing=key)))
        if count or not key or key == wanted.standing:
            url = f"{request.path}?{query.urlencode()}"
            chips.append(Chip(label, url, count, is_on=key == wanted.standing))
    return chips


def choices_of(rows: tuple[LibraryRow, ...]) -> dict[str, Any]:
    """The values that the filters offer: only those that would find something."""
    periods = {row.period for row in rows} | {use.period for row in rows for use in row.uses}
    codes = {use.code: use.name for row in rows for use in row.uses}
    media = {row.facts.media_type for row in rows}
    return {
        "periods": [(code, period_words(code)) for code in sorted(periods - {""}, reverse=True)],
        "codes": sorted(codes.items()),
        "media": [(code, kind.label) for code, kind in KINDS.items() if code in media],
    }


def drop_place(request: HttpRequest, institution: Any) -> dict[str, Any]:
    """Where new files are dropped: matched with the report of the quarter people work on."""
    if not can_add_evidence(request.access, institution.pk):
        return {"sheet": None}
    round_ = current_round(request.now)
    period = round_.period if round_ else Period.quarter_on(request.as_of).previous()
    sheet = report_sheet(institution=institution, period=period, policy=policy_for(period))
    url = reverse("monitoring:report", args=[institution.code, period.year, period.number])
    return {"sheet": sheet, "report_url": url, **drop_context(sheet, request.now)}
