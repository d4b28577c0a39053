"""Lists that grow for years: one year of them, and so many on a page."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 100


def asked_year(request: HttpRequest, years: Sequence[int]) -> int | None:
    """The year of the address (`?anio=2026`) when there is something of it; else the first."""
    known = {str(year): year for year in years}
    return known.get(request.GET.get("anio", ""), next(iter(years), None))


def page_asked(request: HttpRequest, rows: Sequence[Any]) -> Page[Any]:
    """The page of the address (`?pagina=2`); what is not a page is the first or the last."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
