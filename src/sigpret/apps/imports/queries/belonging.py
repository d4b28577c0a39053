"""Whose plan a report is, and whether this person may import it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access, institution_of
from sigpret.apps.planning.permissions import can_record_plan, years_open_to
from sigpret.apps.planning.programming import plain_code
from sigpret.intake.rows import Finding, PlanDocument, error


def institution_printed(document: PlanDocument) -> Institution | None:
    """The institution with the printed code, told without zero padding and never by its name."""
    wanted = plain_code(document.institution.code)
    for institution in Institution.objects.order_by("code"):
        if plain_code(institution.code) == wanted:
            return institution
    return None


def why_not_importable(
    access: Access, document: PlanDocument, institution: Institution | None, *, current_year: int
) -> Finding | None:
    """The reason this person may not import this report, with the right one to offer; or None."""
    if institution is None:
        message = _(
            "El reporte es de la institución %(printed)s, que no está en el catálogo. La "
            "administración de DIGER puede agregarla."
        ) % {"printed": document.institution}
        return error("unknown_institution", None, message)
    if not can_record_plan(access, institution.pk):
        return error("other_institution", None, _other_institution(access, document))
    years = years_open_to(access, current_year)
    if years is not None and document.fiscal_year not in years:
        message = _(
            "El reporte es del ejercicio %(year)d. Puede importar el de %(first)d o el de "
            "%(last)d: pídalo en el SIAFI con ese ejercicio y súbalo aquí."
        ) % {"year": document.fiscal_year, "first": years[0], "last": years[-1]}
        return error("other_year", None, message)
    return None


def _other_institution(access: Access, document: PlanDocument) -> str:
    message = _("El reporte es de %(printed)s y usted no trabaja en esa institución.") % {
        "printed": document.institution
    }
    own = institution_of(access)
    if own is None:
        return message
    offer = _(
        "El que puede importar es el de %(own)s: pídalo en el SIAFI con el código %(code)s y "
        "súbalo aquí."
    ) % {"own": own.name, "code": own.code}
    return f"{message} {offer}"
