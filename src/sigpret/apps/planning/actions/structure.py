"""The products of a plan: added, described, moved to another objective and taken away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.record import ProductHasReportsError
from sigpret.apps.planning.actions.writing import (
    ClosedQuarterError,
    InvalidRowError,
    MissingRowError,
    plan_to_program,
    plan_to_write,
    product_to_write,
    record_row,
)
from sigpret.apps.planning.models import (
    Accumulation,
    AnnualPlan,
    OperationalObjective,
    Product,
    ProductKind,
)
from sigpret.apps.planning.product_text import ProductText, text_of
from sigpret.apps.reference.models import Periodicity, UnitOfMeasure
from sigpret.web.dates import period_name
from sigpret.web.search import stems

PRODUCT_ADDED = "planning.product_added"
PRODUCT_CHANGED = "planning.product_changed"
PRODUCT_MOVED = "planning.product_moved"
PRODUCT_REMOVED = "planning.product_removed"
LONGEST_UNIT = 200


class StaleProductError(Exception):
    """Somebody described the product meanwhile; `theirs` is what it says now."""

    def __init__(self, version: int, theirs: ProductText) -> None:
        super().__init__(
            _(
                "Otra persona guardó cambios en este producto mientras usted escribía. Abajo están "
                "los dos textos: elija cuál queda."
            )
        )
        self.version = version
        self.theirs = theirs


@transaction.atomic
def add_product(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    operational_objective_id: int,
    text: ProductText,
    at: datetime,
) -> Product:
    """Add a product under an operational objective, with the objective's next number and no
    quantities.

    The same name twice under one operational objective is the same request: it answers with the
    product that is there. Raises PermissionDenied, PlanNotWritableError, InvalidRowError and
    MissingRowError (the objective left the plan).
    """
    plan = plan_to_write(plan_id, access)
    checked = checked_text(text)
    parent = objective_of(plan, operational_objective_id)
    known = parent.products.filter(name=checked.name).first()
    if known is not None:
        return known
    product = Product.objects.create(
        operational_objective=parent,
        number=next_number(parent),
        stems=stems(checked.name),
        **asdict(checked),
    )
    record_row(actor, plan, PRODUCT_ADDED, facts_of(product), at)
    return product


@transaction.atomic
def change_product(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    product_id: int,
    text: ProductText,
    expected_version: int,
    at: datetime,
) -> Product:
    """Describe a product. Nothing is written when nothing changed.

    Raises StaleProductError when `expected_version` is not the product's and what it says is not
    this either, InvalidRowError, MissingRowError, PermissionDenied and PlanNotWritableError.
    """
    plan = plan_to_write(plan_id, access)
    product = product_to_write(plan, product_id)
    checked, before = checked_text(text), text_of(product)
    if checked == before:
        return product
    if product.version != expected_version:
        raise StaleProductError(product.version, before)
    for name, value in asdict(checked).items():
        setattr(product, name, value)
    product.stems = stems(checked.name)
    product.version += 1
    product.save()
    changed = {
        name: [old, asdict(checked)[name]]
        for name, old in asdict(before).items()
        if asdict(checked)[name] != old
    }
    record_row(actor, plan, PRODUCT_CHANGED, {"changed": changed, "product": product.pk}, at)
    return product


@transaction.atomic
def move_product(
    *,
    actor: User,
    access: Access,
    plan_id: int,
    product_id: int,
    operational_objective_id: int,
    at: datetime,
) -> Product:
    """Put a product under another operational objective of its plan, keeping its number when it
    is free there. Moving it to where it is changes nothing.

    Raises MissingRowError, PermissionDenied and PlanNotWritableError.
    """
    plan = plan_to_write(plan_id, access)
    product = product_to_write(plan, product_id)
    target = objective_of(plan, operational_objective_id)
    if product.operational_objective_id == target.pk:
        return product
    before = facts_of(product)
    is_other = product.operational_objective.objective_id != target.objective_id
    if is_other and is_taken(target, product.number):
        product.number = next_number(target)
    product.operational_objective = target
    product.version += 1
    product.save()
    moved = {"from": before["label"], "to": facts_of(product)["label"], "product": product.pk}
    record_row(actor, plan, PRODUCT_MOVED, moved, at)
    return product


@transaction.atomic
def remove_product(
    *, actor: User, access: Access, plan_id: int, product_id: int, at: datetime
) -> None:
    """Take a product out of the plan; one that is not there is already out.

    Raises ProductHasReportsError, PermissionDenied, PlanNotWritableError, and ClosedQuarterError
    for one that is programmed in a quarter that closed.
    """
    plan, closed = plan_to_program(plan_id, access)
    try:
        product = product_to_write(plan, product_id)
        check_fell_due_in_none(product, closed)
        gone = facts_of(product)
        product.delete()
    except MissingRowError:
        return
    except ProtectedError:
        raise ProductHasReportsError from None
    record_row(actor, plan, PRODUCT_REMOVED, gone, at)


def check_fell_due_in_none(product: Product, closed: Collection[str]) -> None:
    """Raise ClosedQuarterError for a product that a closed quarter counts."""
    past = product.targets.filter(period__in=closed).order_by("period").first()
    if past is not None:
        sentence = _(
            "Este producto está programado en el %(quarter)s, que ya cerró: no se quita. Si ya no "
            "se producirá, programe 0 en los trimestres abiertos."
        )
        raise ClosedQuarterError(past.period, sentence % {"quarter": period_name(past.period)})


def checked_text(text: ProductText) -> ProductText:
    """The text without stray spaces. Raises InvalidRowError naming the datum."""
    checked = ProductText(
        name=" ".join(text.name.split()),
        unit_of_measure_id=text.unit_of_measure_id,
        periodicity_id=text.periodicity_id,
        kind=text.kind,
        accumulation=text.accumulation,
        responsible_unit=text.responsible_unit.strip(),
        means_of_verification=text.means_of_verification.strip(),
    )
    if not checked.name:
        raise InvalidRowError(_("Escriba el nombre del producto."), "name")
    check_responsible(checked.responsible_unit)
    if checked.kind not in {"", *ProductKind.values}:
        raise InvalidRowError(_("Elija una clase de la lista."), "kind")
    if checked.accumulation not in Accumulation.values:
        raise InvalidRowError(_("Elija una forma de la lista."), "accumulation")
    if not UnitOfMeasure.objects.filter(pk=checked.unit_of_measure_id).exists():
        raise InvalidRowError(_("Elija una unidad de la lista."), "unit_of_measure_id")
    if not Periodicity.objects.filter(pk=checked.periodicity_id).exists():
        raise InvalidRowError(_("Elija una periodicidad de la lista."), "periodicity_id")
    return checked


def check_responsible(unit: str) -> None:
    """Raise InvalidRowError for a unit the plan cannot hold."""
    if len(unit) > LONGEST_UNIT:
        raise InvalidRowError(_("Escriba a lo sumo 200 letras."), "responsible_unit")


def objective_of(plan: AnnualPlan, operational_objective_id: int) -> OperationalObjective:
    """An operational objective of a plan that is held. Raises MissingRowError."""
    found = (
        OperationalObjective.objects.select_related("objective")
        .filter(objective__plan=plan, pk=operational_objective_id)
        .first()
    )
    if found is None:
        raise MissingRowError
    return found


def next_number(parent: OperationalObjective) -> int:
    """The number after the last of the whole objective: people say `2.5`, without the middle."""
    under = Product.objects.filter(operational_objective__objective=parent.objective_id)
    return int(under.aggregate(last=Max("number"))["last"] or 0) + 1


def is_taken(parent: OperationalObjective, number: int) -> bool:
    under = Product.objects.filter(operational_objective__objective=parent.objective_id)
    return under.filter(number=number).exists()


def facts_of(product: Product) -> dict[str, object]:
    """What the chain keeps of a product: how people name it, and its id last."""
    objective = product.operational_objective.objective
    return {
        "label": f"{objective.number}.{product.number}",
        "name": product.name,
        "operational": product.operational_objective.number,
        "product": product.pk,
    }
