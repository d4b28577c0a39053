"""The eight products the guidelines ask of a mesa: their words, and where each one lives."""

from typing import Protocol

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sigpret.apps.mesas.models import MesaProduct
from sigpret.web.components import Text

Kind = MesaProduct.Kind
#: «Productos de las mesas», word by word; the last one is of «Actividades de las mesas».
GUIDELINES: dict[str, Text] = {
    Kind.DIAGNOSIS: _("Diagnóstico Sectorial de los principales desafíos del sector."),
    Kind.FRAMEWORK: _(
        "Marco de resultados e indicadores sectoriales y la respectiva articulación a nivel "
        "institucional plasmados en la MCR."
    ),
    Kind.PROGRAMMING: _(
        "Para cada resultado sectorial, su programación plurianual, y una programación al menos "
        "semestral para su respectivo monitoreo y evaluación"
    ),
    Kind.BOTTLENECKS: _(
        "Identificación de limitantes y cuellos de botella que podrían afectar el logro de los "
        "resultados sectoriales e institucionales"
    ),
    Kind.STRATEGIES: _(
        "Propuestas de estrategias y cursos de acción para avanzar y alcanzar los resultados "
        "sectoriales"
    ),
    Kind.INFORMATION: _(
        "Mecanismos que permitan la efectiva gestión de información para ser alimentada en el "
        "SIGPRET"
    ),
    Kind.PROGRESS: _(
        "Informes de los resultados de avance en el cumplimiento de las metas sectoriales que les "
        "sean solicitados."
    ),
    Kind.PLANS: _(
        "Revisar los Planes Operativos Anuales, a efecto de considerar su coherencia con los "
        "resultados de la MCR."
    ),
}
ICONS = {
    Kind.DIAGNOSIS: "search",
    Kind.FRAMEWORK: "chain",
    Kind.PROGRAMMING: "calendar",
    Kind.BOTTLENECKS: "alert",
    Kind.STRATEGIES: "map",
    Kind.INFORMATION: "database",
    Kind.PROGRESS: "trend",
    Kind.PLANS: "document",
}


class Written(Protocol):
    """What an address needs of a written product."""

    @property
    def kind(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def period(self) -> str: ...
    @property
    def number(self) -> int: ...


def address_of_product(slug: str, product: Written) -> str:
    """The page of one version of a product that is written here."""
    if product.kind == Kind.PROGRESS:
        base = reverse("mesas:progress_report", args=[slug, product.period])
        return f"{base}?version={product.number}"
    base = reverse("mesas:diagnosis", args=[slug])
    return f"{base}?anio={product.year}&version={product.number}"
