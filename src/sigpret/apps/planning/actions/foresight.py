"""Writing what stands around a year's output: later years, who answers for it and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.cells import check_quantity
from sigpret.apps.planning.actions.structure import check_responsible
from sigpret.apps.planning.actions.writing import (
    InvalidRowError,
    MissingRowError,
    plan_to_write,
    product_to_write,
    record_row,
)
from sigpret.apps.planning.models import AnnualPlan, Product, ProductTerritory, ProductYear
from sigpret.web.formats import format_number

FORESIGHT_CHANGED = "planning.foresight_changed"
TERRITORIES_CHANGED = "planning.territories_changed"
MOST_YEARS_AHEAD = 9


@dataclass(frozen=True, slots=True)
class ForesightEdit:
    """A row as it is left. `version` is that of the product the person read.

    `years` are quantities in the product's unit by year; None: nothing is foreseen, never zero.
    """

    product_id: int
    version: int
    responsible_unit: str
    years: Mapping[int, Decimal | None]


@dataclass(frozen=True, slots=True)
class SavedForesight:
    """How many products changed, and the ids of those somebody else changed meanwhile."""

    changed: int
    conflicts: tuple[int, ...]


@transaction.atomic
def save_foresight(
    *, actor: User, access: Access, plan_id: int, edits: Sequence[ForesightEdit], at: datetime
) -> SavedForesight:
    """Write the later years and the responsible unit of many products.

    A row somebody else wrote meanwhile waits; the others are kept. Raises PermissionDenied,
    PlanNotWritableError, MissingRowError and InvalidRowError (a year that is not after the plan, a
    quantity or a text the plan cannot hold).
    """
    plan = plan_to_write(plan_id, access)
    products = products_of(plan, edits)
    changes, conflicts = [], []
    for edit in edits:
        check_years(plan, edit)
        product = products[edit.product_id]
        if foreseen(product, edit) == (edit.responsible_unit, dict(edit.years)):
            continue
        if product.version != edit.version:
            conflicts.append(product.pk)
            continue
        changes.append({"product": product.pk, "years": {str(y): v for y, v in edit.years.items()},
                        "responsible": edit.responsible_unit})  # fmt: skip
        write_foresight(product, edit)
    if changes:
        record_row(actor, plan, FORESIGHT_CHANGED, {"changes": changes}, at)
    return SavedForesight(len(changes), tuple(conflicts))


@transaction.atomic
def save_territories(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    product_id: int,
    parts: Mapping[int, Decimal | None],
    expected_version: int,
    at: datetime,
) -> None:
    """Say what of the year's output is foreseen in each territory; None takes the territory out.

    The parts add up to the year's output at most. Raises PermissionDenied, PlanNotWritableError,
    MissingRowError and InvalidRowError.
    """
    plan = plan_to_write(plan_id, access)
    product = product_to_write(plan, product_id)
    stored = {row.territory_id: row.planned for row in product.territories.all()}
    kept = {pk: part for pk, part in parts.items() if part is not None}
    if kept == stored:
        return
    if product.version != expected_version:
        raise InvalidRowError(_("Otra persona cambió este producto. Vuelva a leerlo."))
    check_parts(product, kept)
    product.territories.exclude(territory__in=kept).delete()
    ProductTerritory.objects.bulk_create(
        [ProductTerritory(product=product, territory_id=pk, planned=kept[pk]) for pk in kept],
        update_conflicts=True,
        update_fields=["planned"],
        unique_fields=["product", "territory"],
    )
    product.version += 1
    product.save(update_fields=["version"])
    facts = {str(pk): part for pk, part in kept.items()}
    record_row(actor, plan, TERRITORIES_CHANGED, {"product": product.pk, "parts": facts}, at)


def products_of(plan: AnnualPlan, edits: Sequence[ForesightEdit]) -> dict[int, Product]:
    """The products by id with their later years. Raises MissingRowError when one is gone."""
    ids = {edit.product_id for edit in edits}
    mine = Product.objects.filter(operational_objective__objective__plan=plan, pk__in=ids)
    products = mine.prefetch_related("later_years").in_bulk()
    if len(products) != len(ids):
        raise MissingRowError
    return products


def foreseen(product: Product, edit: ForesightEdit) -> tuple[str, dict[int, Decimal | None]]:
    """What is stored of what an edit speaks of."""
    years = {row.fiscal_year: row.planned for row in product.later_years.all()}
    return product.responsible_unit, {year: years.get(year) for year in edit.years}


def write_foresight(product: Product, edit: ForesightEdit) -> None:
    kept = {year: value for year, value in edit.years.items() if value is not None}
    emptied = [year for year in edit.years if year not in kept]
    ProductYear.objects.filter(product=product, fiscal_year__in=emptied).delete()
    ProductYear.objects.bulk_create(
        [ProductYear(product=product, fiscal_year=year, planned=kept[year]) for year in kept],
        update_conflicts=True,
        update_fields=["planned"],
        unique_fields=["product", "fiscal_year"],
    )
    product.responsible_unit = edit.responsible_unit
    product.version += 1
    product.save(update_fields=["responsible_unit", "version"])


def check_years(plan: AnnualPlan, edit: ForesightEdit) -> None:
    """Raise InvalidRowError for a year that is not one of those after the plan's own."""
    last = plan.fiscal_year + MOST_YEARS_AHEAD
    if any(not plan.fiscal_year < year <= last for year in edit.years):
        raise InvalidRowError(_("La programación plurianual es de los años que siguen al plan."))
    for value in edit.years.values():
        check_quantity(value)
    check_responsible(edit.responsible_unit)


def check_parts(product: Product, parts: Mapping[int, Decimal]) -> None:
    """Raise InvalidRowError when the parts are more than the whole."""
    for part in parts.values():
        check_quantity(part)
    whole, total = product.annual_output, sum(parts.values(), Decimal(0))
    if parts and (whole is None or total > whole):
        raise InvalidRowError(
            _("Los territorios suman %(total)s y la producción anual dice %(whole)s.")
            % {"total": format_number(total), "whole": format_number(whole)}
        )
