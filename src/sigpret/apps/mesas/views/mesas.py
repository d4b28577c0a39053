"""`/mesas` · The 22 mesas a person may open, and where each one stands."""

from django.http import HttpRequest, HttpResponse

from sigpret.apps.mesas.queries.mesas import readable_mesas
from sigpret.web.http import read_only, render_page, role_required

TEMPLATE = "mesas/mesas.html"


@role_required()
@read_only
def show_mesas(request: HttpRequest) -> HttpResponse:
    mesas = readable_mesas(request.access, on=request.as_of)
    return render_page(request, TEMPLATE, {"mesas": mesas})
