"""`/mesas/<slug>/documentos` · The files of each meeting, and the products that were written."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sigpret.apps.mesas.product_places import address_of_product
from sigpret.apps.mesas.queries.documents import documents
from sigpret.apps.mesas.views.loading import mesa_page
from sigpret.web.http import read_only, render_page, role_required

TEMPLATE = "mesas/documents.html"


@role_required()
@read_only
def show_documents(request: HttpRequest, slug: str) -> HttpResponse:
    page = mesa_page(request, slug)
    found = documents(page.mesa, page.standing)
    context = page.context(
        _("Documentos"),
        meetings=found.meetings,
        products=[(one, address_of_product(page.slug, one)) for one in found.products],
    )
    return render_page(request, TEMPLATE, context)
