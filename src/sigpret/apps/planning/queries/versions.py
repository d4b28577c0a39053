"""The versions of a plan, and what changed between any two of them or since one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sigpret.apps.planning.models import Accumulation, AnnualPlan, PlanVersion, ProductKind
from sigpret.apps.planning.queries.content import Content, plan_content
from sigpret.web.dates import period_name
from sigpret.web.formats import format_number

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
Text = str | Promise
#: None is the plan itself; a number, a product; a kind and a number, what is above products.
RowKey = int | tuple[str, int] | None
#: The data of each kind of row, in the order they are read.
PLAN_WORDS: Mapping[str, Text] = {
    "mission": gettext_lazy("Misión"),
    "vision": gettext_lazy("Visión"),
    "source_report": gettext_lazy("Reporte de origen"),
}
OUTLINE_WORDS: Mapping[str, Text] = {
    "place": gettext_lazy("Lugar en el plan"),
    "text": gettext_lazy("Texto"),
    "program_ref": gettext_lazy("Referencia programática"),
    "assumption": gettext_lazy("Supuesto"),
    "population": gettext_lazy("Población objetivo"),
}
PRODUCT_WORDS: Mapping[str, Text] = {
    "place": gettext_lazy("Lugar en el plan"),
    "name": gettext_lazy("Producto"),
    "unit": gettext_lazy("Unidad de medida"),
    "periodicity": gettext_lazy("Periodicidad"),
    "annual_output": gettext_lazy("Producción anual"),
    "kind": gettext_lazy("Clase"),
    "accumulation": gettext_lazy("Acumulación"),
    "responsible_unit": gettext_lazy("Unidad responsable"),
    "means_of_verification": gettext_lazy("Medio de verificación"),
}
CHOICES = {"kind": dict(ProductKind.choices), "accumulation": dict(Accumulation.choices)}


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A version as people name it: who made it, when, on what occasion and why."""

    number: int
    occasion: str
    reason: str
    who: str
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A datum that says something else; both texts as printed, "" when there was nothing."""

    label: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row that is new ("added"), gone ("removed") or says something else ("changed").

    `key` is what the row is matched by from one version to another.
    """

    kind: str
    what: str
    name: str
    product_id: int | None = None
    cells: tuple[CellDifference, ...] = ()
    key: RowKey = None


def plan_versions(plan: AnnualPlan) -> tuple[VersionFacts, ...]:
    """Every version of the plan, the newest first; one statement."""
    rows = plan.versions.order_by("-number").values_list(
        "number", "occasion", "reason", "made_by__full_name", "made_at", "digest"
    )
    return tuple(
        VersionFacts(number, str(PlanVersion.Occasion(occasion).label), reason, who, at, digest)
        for number, occasion, reason, who, at, digest in rows
    )


def version_differences(
    plan: AnnualPlan, before: int, after: int | None
) -> tuple[RowDifference, ...]:
    """What changed from one version to another, in the order of the plan.

    `after` None is the plan as it is now. Rows are matched by their id, so that one that moved
    is the same row in another place.
    """
    old = version_content(plan.pk, before)
    new = plan_content(plan) if after is None else version_content(plan.pk, after)
    return differences(old, new)


def differences(old: Content, new: Content) -> tuple[RowDifference, ...]:
    """What one content says that the other does not."""
    words = {**PRODUCT_WORDS, **quarter_words(old, new)}
    return (
        *plan_rows(old, new),
        *matched(outline_of(old), outline_of(new), OUTLINE_WORDS, ""),
        *matched(products_of(old), products_of(new), words, "product"),
    )


def version_content(plan_id: int, number: int) -> Content:
    """What a version said; nothing when there is no such version."""
    rows = PlanVersion.objects.filter(plan=plan_id, number=number)
    return dict(rows.values_list("content", flat=True).first() or {})


def plan_rows(old: Content, new: Content) -> Iterator[RowDifference]:
    cells = changed_cells(old, new, PLAN_WORDS)
    if cells:
        yield RowDifference(CHANGED, _("Plan"), "", cells=cells)


def matched(
    old: Mapping[Any, Content], new: Mapping[Any, Content], words: Mapping[str, Text], kind: str
) -> Iterator[RowDifference]:
    for key, row in {**old, **new}.items():
        before, after = old.get(key), new.get(key)
        product_id = row["id"] if kind else None
        name = row.get("name") or row.get("text", "")
        if before is None or after is None:
            found = ADDED if before is None else REMOVED
            yield RowDifference(found, row["what"], name, product_id, key=key)
        elif cells := changed_cells(before, after, words):
            yield RowDifference(CHANGED, after["what"], name, product_id, cells, key)


def changed_cells(
    old: Content, new: Content, words: Mapping[str, Text]
) -> tuple[CellDifference, ...]:
    found = ((label, said(old, name), said(new, name)) for name, label in words.items())
    return tuple(CellDifference(*cell) for cell in found if cell[1] != cell[2])


def said(row: Content, name: str) -> str:
    """A datum as printed: a quantity with its separators, a choice by its words."""
    value = row.get(name)
    if name in CHOICES:
        return str(CHOICES[name].get(value or "", ""))
    if name == "annual_output" or "-Q" in name:
        return "" if value is None else format_number(Decimal(value))
    return str(value or "")


def quarter_words(old: Content, new: Content) -> dict[str, Text]:
    """The quarters either of them programmes, as people name them."""
    periods = {
        period
        for content in (old, new)
        for product, _place in products_in(content)
        for period in product["quarters"]
    }
    return {period: period_name(period) for period in sorted(periods)}


def outline_of(content: Content) -> dict[Any, Content]:
    """Objectives, results and operational objectives by kind and id, with how they are named."""
    found: dict[Any, Content] = {}
    for objective in content.get("objectives", ()):
        number = objective["number"]
        found["objective", objective["id"]] = named(objective, _("Objetivo %s") % number, number)
        for result in objective["results"]:
            place = f"{number}.{result['number']}"
            found["result", result["id"]] = named(result, _("Resultado %s") % place, place)
        for group in objective["operational"]:
            place = f"{number}.{group['number']}"
            what = _("Objetivo operativo %s") % place
            found["operational", group["id"]] = named(group, what, place)
    return found


def products_of(content: Content) -> dict[Any, Content]:
    return {
        product["id"]: named(product, _("Producto %s") % place, place) | product["quarters"]
        for product, place in products_in(content)
    }


def named(row: Content, what: str, place: object) -> Content:
    return row | {"what": what, "place": str(place)}


def products_in(content: Content) -> Iterator[tuple[Content, str]]:
    """Each product with its code in the plan: `2.6`."""
    for objective in content.get("objectives", ()):
        for group in objective["operational"]:
            for product in group["products"]:
                yield product, f"{objective['number']}.{product['number']}"
