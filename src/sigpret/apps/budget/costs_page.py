"""How the cost of a product is said: which way it was worked out, and what it leaves out."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.methodology.costs import CostLine, Way


def way_sentence(line: CostLine) -> str:
    """Where the cost comes from, in a sentence or two."""
    said = {
        Way.INPUTS: _("Sale de sus insumos: cantidad por precio."),
        Way.APPORTIONED: _("Sale del costo repartido a sus actividades."),
        Way.BOTH: _(
            "Unas actividades suman sus insumos y las que no tienen usan su costo repartido."
        ),
        Way.NONE: _("Aún no tiene costo: agregue una actividad con insumos o con su costo."),
    }[line.way]
    if not line.without_cost or line.way is Way.NONE:
        return said
    missing = ngettext(
        "Falta el costo de %(n)s actividad: no se cuenta como cero.",
        "Falta el costo de %(n)s actividades: no se cuenta como cero.",
        line.without_cost,
    ) % {"n": line.without_cost}
    return f"{said} {missing}"
