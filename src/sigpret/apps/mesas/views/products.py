"""`/mesas/<slug>/productos` · The eight products the guidelines ask, and how far each went."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sigpret.apps.mesas.product_places import GUIDELINES, ICONS, Kind, address_of_product
from sigpret.apps.mesas.product_words import CONDITIONS, Look, pending_words
from sigpret.apps.mesas.queries.products import ProductLine, ProductVersion, product_lines
from sigpret.apps.mesas.views.loading import MesaPage, mesa_page
from sigpret.methodology.mesas.products import Condition
from sigpret.web.components import Text
from sigpret.web.http import read_only, render_page, role_required

TEMPLATE = "mesas/products.html"
PLACES = {
    Kind.DIAGNOSIS: "mesas:diagnosis",
    Kind.BOTTLENECKS: "mesas:bottlenecks",
    Kind.STRATEGIES: "mesas:strategies",
    Kind.INFORMATION: "mesas:mechanisms",
    Kind.PLANS: "mesas:plan_reviews",
}


@dataclass(frozen=True, slots=True)
class ShownProduct:
    """A product with its words and its addresses."""

    line: ProductLine
    guideline: Text
    icon: str
    look: Look
    url: str
    lacks: tuple[str, ...]
    versions: tuple[tuple[ProductVersion, str], ...]


@role_required()
@read_only
def show_products(request: HttpRequest, slug: str) -> HttpResponse:
    page = mesa_page(request, slug)
    lines = product_lines(page.mesa, on=page.on)
    ready = sum(line.condition is Condition.READY for line in lines)
    context = page.context(
        _("Productos"),
        shown=[shown_of(page, line) for line in lines],
        ready=ready,
        total=len(lines),
    )
    return render_page(request, TEMPLATE, context)


def shown_of(page: MesaPage, line: ProductLine) -> ShownProduct:
    return ShownProduct(
        line=line,
        guideline=GUIDELINES[line.kind],
        icon=ICONS[Kind(line.kind)],
        look=CONDITIONS[line.condition],
        url=url_of(page, line),
        lacks=tuple(pending_words(code, count) for code, count in line.pending),
        versions=tuple((one, address_of_product(page.slug, one)) for one in line.versions[:4]),
    )


def url_of(page: MesaPage, line: ProductLine) -> str:
    if line.kind == Kind.FRAMEWORK:
        return f"{reverse('results:table')}?sector={page.mesa.sector.code}"
    if line.kind == Kind.PROGRAMMING:
        return f"{reverse('mesas:goals', args=[page.slug])}#programacion"
    if line.kind == Kind.PROGRESS:
        return reverse("mesas:progress_reports", args=[page.slug])
    return reverse(PLACES[Kind(line.kind)], args=[page.slug])
