"""Which file and which page of the evidence a request asks to look at."""

from django.http import HttpRequest

from sigpret.apps.monitoring.queries.evidence_viewer import EvidenceViewer, evidence_viewer
from sigpret.web.http import whole_number


def viewer_of(request: HttpRequest, value_id: int | None) -> EvidenceViewer | None:
    """The viewer of a value for the page that includes `monitoring/evidence_viewer.html`.

    `?archivo=` names the file and `?pagina=` the page; anything else opens the first of each.
    """
    if value_id is None:
        return None
    return evidence_viewer(
        value_id,
        request.access,
        evidence_id=number_in(request, "archivo"),
        page=number_in(request, "pagina") or 1,
    )


def number_in(request: HttpRequest, name: str) -> int | None:
    return whole_number(request.GET.get(name, ""))
