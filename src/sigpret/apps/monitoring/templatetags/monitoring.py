"""`{% load monitoring %}`: words of the report that official catalogues print in capitals."""

from django import template

register = template.Library()


@register.filter
def unit_words(unit: str) -> str:
    """`Documento` from `DOCUMENTO`; a unit written in another way is left as it is."""
    return unit.capitalize() if unit.isupper() and len(unit) > 3 else unit
