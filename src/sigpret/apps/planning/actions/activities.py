"""Writing what it takes to produce: the activities of a product and their inputs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.actions.cells import check_quantity
from sigpret.apps.planning.actions.writing import (
    InvalidRowError,
    MissingRowError,
    plan_to_write,
    product_to_write,
    record_row,
)
from sigpret.apps.planning.models import Activity, AnnualPlan, Input, Product
from sigpret.methodology.values import rounded

ACTIVITY_CHANGED = "planning.activity_changed"
LONGEST_NAME, LONGEST_UNIT = 300, 200
#: What an amount holds: numeric(20, 2).
MOST_MONEY = Decimal(10) ** 18


class ActivityConflictError(Exception):
    """Somebody else changed the activity since the person read it."""

    def __init__(self, activity: Activity) -> None:
        super().__init__(
            _("Otra persona cambió «%(name)s» mientras usted la editaba. Lea cómo quedó.")
            % {"name": activity.name}
        )


@dataclass(frozen=True, slots=True)
class Costing:
    """Who writes the costs of which product of which plan, and when."""

    actor: User
    access: Access
    plan_id: int
    product_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TypedActivity:
    """An activity as it is typed. `stated_cost` in lempiras, used while it has no inputs."""

    name: str
    responsible: str = ""
    first_quarter: int = 1
    last_quarter: int = 4
    stated_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TypedInput:
    """An input as it is typed; `unit_price` in lempiras."""

    name: str
    quantity: Decimal
    unit_price: Decimal
    is_per_unit: bool = False
    unit_of_measure_id: int | None = None
    expense_object_id: int | None = None
    funding_source_id: int | None = None


@transaction.atomic
def save_activity(
    *,
    costing: Costing,
    typed: TypedActivity,
    activity_id: int | None = None,
    expected_version: int = 0,
) -> Activity:
    """Add an activity to a product, or write one again; the same one added twice is one.

    Raises PermissionDenied, PlanNotWritableError, InvalidRowError, MissingRowError and
    ActivityConflictError.
    """
    plan, product = to_write(costing)
    check_activity(typed)
    wanted = asdict(typed)
    if activity_id is None:
        found: Activity | None = product.activities.filter(**wanted).first()
        if found is not None:
            return found
        added = product.activities.create(number=next_number(product.activities), **wanted)
        note(costing, plan, product, {"added": typed.name})
        return added
    activity = activity_to_write(product, activity_id)
    if same(activity, wanted):
        return activity
    check_version(activity, expected_version)
    put(activity, wanted)
    touch(activity, *wanted)
    note(costing, plan, product, {"changed": typed.name})
    return activity


@transaction.atomic
def remove_activity(*, costing: Costing, activity_id: int) -> None:
    """Take an activity away with its inputs; one that is gone is gone.

    Raises as `save_activity`.
    """
    plan, product = to_write(costing)
    found = product.activities.filter(pk=activity_id).first()
    if found is None:
        return
    found.delete()
    note(costing, plan, product, {"removed": found.name})


@transaction.atomic
def save_input(
    *,
    costing: Costing,
    activity_id: int,
    typed: TypedInput,
    input_id: int | None = None,
    expected_version: int = 0,
) -> Input:
    """Add an input to an activity, or write one again; the same one added twice is one.

    `expected_version` is that of its activity. Raises as `save_activity`.
    """
    plan, product = to_write(costing)
    check_input(typed)
    activity = activity_to_write(product, activity_id)
    wanted = asdict(typed)
    if input_id is None:
        found: Input | None = activity.inputs.filter(**wanted).first()
        if found is not None:
            return found
        row = activity.inputs.create(number=next_number(activity.inputs), **wanted)
    else:
        row = input_to_write(activity, input_id)
        if same(row, wanted):
            return row
        check_version(activity, expected_version)
        put(row, wanted)
        row.save(update_fields=list(wanted))
    touch(activity)
    note(costing, plan, product, {"activity": activity.name, "input": typed.name})
    return row


@transaction.atomic
def remove_input(*, costing: Costing, activity_id: int, input_id: int) -> None:
    """Take an input away; one that is gone is gone. Raises as `save_activity`."""
    plan, product = to_write(costing)
    activity = product.activities.filter(pk=activity_id).first()
    found = activity.inputs.filter(pk=input_id).first() if activity else None
    if activity is None or found is None:
        return
    found.delete()
    touch(activity)
    note(costing, plan, product, {"activity": activity.name, "removed": found.name})


def to_write(costing: Costing) -> tuple[AnnualPlan, Product]:
    plan = plan_to_write(costing.plan_id, costing.access)
    return plan, product_to_write(plan, costing.product_id)


def activity_to_write(product: Product, activity_id: int) -> Activity:
    found: Activity | None = product.activities.filter(pk=activity_id).first()
    if found is None:
        raise MissingRowError
    return found


def input_to_write(activity: Activity, input_id: int) -> Input:
    found: Input | None = activity.inputs.filter(pk=input_id).first()
    if found is None:
        raise MissingRowError
    return found


def check_activity(typed: TypedActivity) -> None:
    """Raise InvalidRowError for what the plan cannot hold."""
    if not typed.name.strip():
        raise InvalidRowError(_("Escriba la actividad."), "name")
    check_length(typed.name, LONGEST_NAME, "name")
    check_length(typed.responsible, LONGEST_UNIT, "responsible")
    if not 1 <= typed.first_quarter <= typed.last_quarter <= 4:
        raise InvalidRowError(
            _("La actividad termina en el trimestre en que empieza o después."), "last_quarter"
        )
    check_money(typed.stated_cost, "stated_cost")
    if typed.stated_cost is not None and typed.stated_cost < 0:
        raise InvalidRowError(_("El costo no puede ser negativo."), "stated_cost")


def check_input(typed: TypedInput) -> None:
    """Raise InvalidRowError for what the plan cannot hold."""
    if not typed.name.strip():
        raise InvalidRowError(_("Escriba el insumo."), "name")
    check_length(typed.name, LONGEST_NAME, "name")
    check_money(typed.unit_price, "unit_price")
    if typed.quantity.is_finite() and min(typed.quantity, typed.unit_price) < 0:
        raise InvalidRowError(_("La cantidad y el precio no pueden ser negativos."), "quantity")
    check_quantity(typed.quantity)


def check_length(text: str, longest: int, field: str) -> None:
    if len(text) > longest:
        raise InvalidRowError(_("Escriba a lo sumo %(n)d letras.") % {"n": longest}, field)


def check_money(amount: Decimal | None, field: str) -> None:
    """Raise InvalidRowError for lempiras with more than cents, or more than the plan holds."""
    if amount is None:
        return
    if not amount.is_finite() or amount >= MOST_MONEY or amount != rounded(amount):
        raise InvalidRowError(
            _("Escriba lempiras con a lo sumo dos decimales y 18 cifras enteras."), field
        )


def check_version(activity: Activity, expected_version: int) -> None:
    if activity.version != expected_version:
        raise ActivityConflictError(activity)


def next_number(rows: Any) -> int:
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def same(row: Any, wanted: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in wanted.items())


def put(row: Any, wanted: dict[str, Any]) -> None:
    for name, value in wanted.items():
        setattr(row, name, value)


def touch(activity: Activity, *fields: str) -> None:
    """One version further: what two people who edit it are compared by."""
    activity.version += 1
    activity.save(update_fields=["version", *fields])


def note(costing: Costing, plan: AnnualPlan, product: Product, facts: dict[str, Any]) -> None:
    record_row(costing.actor, plan, ACTIVITY_CHANGED, facts | {"product": product.pk}, costing.at)
