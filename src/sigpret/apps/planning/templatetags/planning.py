"""`{% load planning %}`: quantities as they are typed, and what is said of a whole plan."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from sigpret.apps.planning.plan_page import typed

register = template.Library()
register.filter("typed", typed)
THOUSAND = 1000


@register.filter
def none_key(found: Mapping[Any, Any]) -> Any:
    """What a mapping by product says of the whole plan, under None."""
    return found.get(None, ())


@register.filter
def quantity(value: Decimal | None) -> str:
    """`1,200.5` with every decimal; a dash for what is not programmed."""
    return typed(value) or "—"


@register.filter
def thousands(value: Decimal | None) -> Decimal | None:
    """Lempiras in thousands of lempiras, for a column that says so."""
    return None if value is None else value / THOUSAND


@register.filter
def cell_name(field: str) -> str:
    """`anual`, `III trimestre`: how a sentence names a cell."""
    names = {
        "annual_output": _("anual"),
        "1": _("I trimestre"),
        "2": _("II trimestre"),
        "3": _("III trimestre"),
        "4": _("IV trimestre"),
        "name": _("nombre"),
        "unit_of_measure_id": _("unidad de medida"),
        "periodicity_id": _("periodicidad"),
        "kind": _("clase"),
        "accumulation": _("acumulación"),
        "responsible_unit": _("responsable"),
        "means_of_verification": _("medio de verificación"),
    }
    return names.get(field, field)


@register.filter
def act_words(action: str) -> str:
    """What somebody did to a product without changing a datum."""
    words = {
        "planning.product_added": _("Lo agregó al plan"),
        "planning.product_moved": _("Lo movió a otro objetivo"),
        "planning.product_removed": _("Lo quitó del plan"),
    }
    return words.get(action, "")
