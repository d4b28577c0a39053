"""The file a step of an agreement or a decision shows, for whoever reads the mesa."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sigpret.apps.evidence.permissions import can_see_reserved
from sigpret.apps.evidence.queries import EvidenceFacts, evidence_facts
from sigpret.apps.evidence.views.files import handed_over
from sigpret.apps.mesas.queries.agreement import evidence_of_step
from sigpret.apps.mesas.queries.matters import evidence_of_matter
from sigpret.apps.mesas.views.decision import readable
from sigpret.apps.mesas.views.loading import mesa_page
from sigpret.web.http import role_required


@role_required()
@require_safe
def step_file(request: HttpRequest, slug: str, step: int) -> HttpResponse:
    page = mesa_page(request, slug)
    return handed_over(shown_to(request, evidence_of_step(page.mesa, step)))


@role_required()
@require_safe
def decision_file(request: HttpRequest, number: int) -> HttpResponse:
    readable(request, number)
    return handed_over(shown_to(request, evidence_of_matter(number)))


def shown_to(request: HttpRequest, evidence_id: int | None) -> EvidenceFacts:
    """The evidence, unless it is reserved to others. Raises Http404 and PermissionDenied."""
    facts = evidence_facts(evidence_id) if evidence_id else None
    if facts is None:
        raise Http404(_("Ese archivo no existe."))
    if facts.is_reserved and not can_see_reserved(request.access, facts.institution_id):
        raise PermissionDenied(
            _(
                "Esta evidencia está reservada: la abren su institución, quienes validan en DIGER "
                "y la auditoría."
            )
        )
    return facts
