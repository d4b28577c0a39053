"""Products the new report no longer has and that stay in the plan all the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sigpret.apps.imports.drafts import key_of
from sigpret.apps.imports.queries.closed import is_planned_in
from sigpret.apps.monitoring.models import ReportedValue
from sigpret.apps.planning.programming import ProductKey, annual_outputs
from sigpret.apps.planning.queries import StoredPlan
from sigpret.apps.results.models import Goal
from sigpret.intake.rows import PlanDocument


@dataclass(frozen=True)
class KeptProduct:
    """A product that stays, and the sentence that says why."""

    product_id: int
    key: ProductKey
    name: str
    reason: str


def kept_products(
    stored: StoredPlan, document: PlanDocument, closed: frozenset[int]
) -> tuple[KeptProduct, ...]:
    """Products the document lacks that were reported, fell due in what closed or serve a goal."""
    if stored.document is None:
        return ()
    leaving = stored.ids.keys() - annual_outputs(document).keys()
    ids = [stored.ids[key] for key in leaving]
    if not ids:
        return ()
    reported = set(
        ReportedValue.objects.filter(product__in=ids).values_list("product_id", flat=True)
    )
    linked: dict[int, str] = dict(
        Goal.objects.filter(products__in=ids).order_by("-code").values_list("products", "code")
    )
    past = {stored.ids[key] for key in leaving if is_planned_in(stored.quarters[key], closed)}
    names = {key_of(placed): placed.product.name for placed in stored.document.placed_products()}
    return tuple(
        KeptProduct(
            stored.ids[key], key, names[key], _reason(stored.ids[key], reported, past, linked)
        )
        for key in sorted(leaving)
        if stored.ids[key] in reported | past | linked.keys()
    )


def _reason(product_id: int, reported: set[int], past: set[int], linked: dict[int, str]) -> str:
    if product_id in reported:
        return _("Ya tiene valores reportados. Sólo se quita con una solicitud de cambio.")
    if product_id in past:
        return _("Venció en un trimestre ya cerrado. Sólo se quita con una solicitud de cambio.")
    return _("Aporta a la meta %(goal)s. Quite primero el vínculo.") % {"goal": linked[product_id]}
