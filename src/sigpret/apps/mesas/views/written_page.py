"""What the page of a written product shows: sections as text or as forms, versions, decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sigpret.apps.mesas.forms.written_products import SectionForm
from sigpret.apps.mesas.product_places import GUIDELINES
from sigpret.apps.mesas.product_words import told_deeds
from sigpret.apps.mesas.queries.written_products import (
    ChallengeLine,
    WrittenPage,
    WrittenProduct,
)
from sigpret.apps.mesas.views.bottlenecks import products_crumb
from sigpret.apps.mesas.views.loading import MesaPage
from sigpret.apps.mesas.written_words import GENERATORS, SECTIONS
from sigpret.web.components import Choice, Text
from sigpret.web.http import render_page

TEMPLATE = "mesas/written.html"
Forms = Mapping[str, forms.Form]


@dataclass(frozen=True, slots=True)
class Place:
    """Which product of a mesa, of which year and quarter, and where it lives."""

    kind: str
    year: int
    period: str
    base: str

    @property
    def address(self) -> str:
        """The last version of it."""
        return self.base if self.period else f"{self.base}?anio={self.year}"


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its form when it may be written; `is_generated` from the data."""

    key: str
    label: Text
    text: str
    is_generated: bool
    form: forms.Form | None


def sections_of(
    place: Place, product: WrittenProduct, tried: Forms, *, can_write: bool
) -> list[ShownSection]:
    """The sections in order; the one that was just tried keeps what was typed."""
    wrong = tried.get("guardar")
    found = []
    for key, label in SECTIONS[place.kind].items():
        text = product.sections.get(key, "")
        is_tried = wrong is not None and wrong.data.get("key") == key
        form = wrong if is_tried else section_form(product, key, label, text)
        found.append(ShownSection(key, label, text, key in GENERATORS, form if can_write else None))
    return found


def section_form(product: WrittenProduct, key: str, label: Text, text: str) -> SectionForm:
    initial = {"version": product.version, "key": key, "was": text, "text": text}
    return SectionForm(auto_id=f"{key}-%s", initial=initial, label=label)


def render_written(
    request: HttpRequest,
    page: MesaPage,
    place: Place,
    shown: WrittenPage,
    found: Forms,
    tried: Forms,
    *,
    editing: ChallengeLine | None,
    status: int,
) -> HttpResponse:
    product = shown.shown
    can_write = "guardar" in found
    context = page.context(
        products_crumb(page),
        _("Diagnóstico") if not place.period else _("Informe de avance"),
        place=place,
        product=product,
        decided=product.decided if product else None,
        guideline=GUIDELINES[place.kind],
        sections=sections_of(place, product, tried, can_write=can_write) if product else [],
        can_write=can_write,
        forms=found,
        tried="".join(tried),
        editing=editing,
        versions=versions_of(place, shown),
        files=files_of(place, product),
        history=told_deeds(shown.history),
    )
    return render_page(request, TEMPLATE, context, status=status)


def files_of(place: Place, product: WrittenProduct | None) -> dict[str, str]:
    """The addresses of the version that is shown, by kind of file."""
    if product is None:
        return {}
    asked = f"version={product.number}" + ("" if place.period else f"&anio={place.year}")
    return {kind: f"{place.base}/documento.{kind}?{asked}" for kind in ("pdf", "docx")}


def versions_of(place: Place, shown: WrittenPage) -> list[Choice]:
    current = shown.shown.number if shown.shown else 0
    join = "?" if place.period else "&"
    return [
        Choice(
            _("Versión %(n)s") % {"n": number},
            f"{place.address}{join}version={number}",
            is_on=number == current,
        )
        for number, _state in shown.numbers
    ]
