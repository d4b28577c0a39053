"""`/mesas/<slug>` · A mesa at a glance."""

from django.http import HttpRequest, HttpResponse

from sigpret.apps.mesas.views.loading import mesa_page
from sigpret.web.http import read_only, render_page, role_required

TEMPLATE = "mesas/summary.html"


@role_required()
@read_only
def show_summary(request: HttpRequest, slug: str) -> HttpResponse:
    page = mesa_page(request, slug)
    return render_page(request, TEMPLATE, page.context())
