"""What one product takes, activity by activity and input by input."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sigpret.apps.budget.queries.product_money import MoneyOfProduct, money_of_plan
from sigpret.apps.planning.models import Activity, Input, Product
from sigpret.methodology.costs import (
    ActivityCost,
    CostLine,
    InputCost,
    cost_of_activity,
    cost_of_product,
)
from sigpret.web.dates import ROMAN

PLAN = "operational_objective__objective__plan"


@dataclass(frozen=True, slots=True)
class InputRow:
    """An input; `amount` is what it takes of the year in lempiras, None without an output."""

    id: int
    name: str
    expense_object: str
    expense_object_id: int | None
    funding_source: str
    funding_source_id: int | None
    unit: str
    unit_id: int | None
    quantity: Decimal
    is_per_unit: bool
    unit_price: Decimal
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity with its inputs and what it costs; `line` says by which way."""

    id: int
    number: int
    name: str
    responsible: str
    first_quarter: int
    last_quarter: int
    stated_cost: Decimal | None
    version: int
    inputs: tuple[InputRow, ...]
    line: CostLine
    cost: Decimal | None

    @property
    def span(self) -> str:
        """`I a IV`: the quarters it is done in."""
        first, last = ROMAN[self.first_quarter], ROMAN[self.last_quarter]
        return first if first == last else f"{first} a {last}"


@dataclass(frozen=True, slots=True)
class CostSheet:
    """A product with its activities; `money` says what its categories give it."""

    product_id: int
    label: str
    name: str
    unit: str
    annual_output: Decimal | None
    activities: tuple[ActivityRow, ...]
    line: CostLine
    money: MoneyOfProduct | None

    @property
    def cost(self) -> Decimal | None:
        """Lempiras of the year; None while nobody costed it."""
        return self.line.at(self.annual_output)

    @property
    def unit_cost(self) -> Decimal | None:
        """Lempiras of one unit: the whole cost over the output; None without either."""
        if self.cost is None or not self.annual_output:
            return None
        return self.cost / self.annual_output

    def activity(self, activity_id: int) -> ActivityRow | None:
        return next((one for one in self.activities if one.id == activity_id), None)


def cost_sheet(plan_id: int, product_id: int) -> CostSheet | None:
    """The costs of a product of the plan; None when it is not of it. Four statements."""
    product = (
        Product.objects.filter(**{PLAN: plan_id}, pk=product_id)
        .select_related("operational_objective__objective", "unit_of_measure")
        .first()
    )
    if product is None:
        return None
    stored = product.activities.order_by("number").prefetch_related(
        "inputs__expense_object", "inputs__funding_source", "inputs__unit_of_measure"
    )
    activities = tuple(_activity(one, product.annual_output) for one in stored)
    return CostSheet(
        product_id=product.pk,
        label=f"{product.operational_objective.objective.number}.{product.number}",
        name=product.name,
        unit=product.unit_of_measure.name,
        annual_output=product.annual_output,
        activities=activities,
        line=cost_of_product(_rule(one) for one in stored),
        money=money_of_plan(plan_id, (product_id,)).get(product_id),
    )


def _rule(activity: Activity) -> ActivityCost:
    return ActivityCost(
        tuple(
            InputCost(one.quantity, one.unit_price, one.is_per_unit)
            for one in activity.inputs.all()
        ),
        activity.stated_cost,
    )


def _activity(activity: Activity, output: Decimal | None) -> ActivityRow:
    line = cost_of_activity(_rule(activity))
    inputs = sorted(activity.inputs.all(), key=lambda one: one.number)
    return ActivityRow(
        id=activity.pk,
        number=activity.number,
        name=activity.name,
        responsible=activity.responsible,
        first_quarter=activity.first_quarter,
        last_quarter=activity.last_quarter,
        stated_cost=activity.stated_cost,
        version=activity.version,
        inputs=tuple(_input(one, output) for one in inputs),
        line=line,
        cost=line.at(output),
    )


def _input(row: Input, output: Decimal | None) -> InputRow:
    cost = InputCost(row.quantity, row.unit_price, row.is_per_unit)
    return InputRow(
        id=row.pk,
        name=row.name,
        expense_object=str(row.expense_object or ""),
        expense_object_id=row.expense_object_id,
        funding_source=str(row.funding_source or ""),
        funding_source_id=row.funding_source_id,
        unit=row.unit_of_measure.name if row.unit_of_measure else "",
        unit_id=row.unit_of_measure_id,
        quantity=row.quantity,
        is_per_unit=row.is_per_unit,
        unit_price=row.unit_price,
        amount=cost_of_activity(ActivityCost((cost,))).at(output),
    )
