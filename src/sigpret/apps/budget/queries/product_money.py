"""What each product of a plan takes: its part of the budget and the cost of its activities."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Cast, JSONObject

from sigpret.apps.budget.models import BudgetLine, CategoryProduct
from sigpret.apps.budget.workflow import LEVELS, code_of_path
from sigpret.apps.planning.models import Activity, Input, Product
from sigpret.methodology.costs import ActivityCost, CostLine, InputCost, cost_of_product
from sigpret.methodology.execution import Budget, added

PLAN = "operational_objective__objective__plan"


@dataclass(frozen=True, slots=True)
class CostedActivity:
    """An activity of a product and what it costs, as text for people and as a rule for sums."""

    name: str
    cost: ActivityCost


@dataclass(frozen=True, slots=True)
class ShareOfCategory:
    """The part (0-100) of a category a product takes; `budget` None: it has no lines yet."""

    category_id: int
    code: str
    name: str
    share: Decimal
    budget: Budget | None


@dataclass(frozen=True, slots=True)
class MoneyOfProduct:
    """A product of a plan with its output (None: not stated), its activities and its categories."""

    product_id: int
    institution_code: str
    fiscal_year: int
    annual_output: Decimal | None
    activities: tuple[CostedActivity, ...]
    shares: tuple[ShareOfCategory, ...]

    @property
    def cost_line(self) -> CostLine:
        return cost_of_product(activity.cost for activity in self.activities)

    @property
    def cost(self) -> Decimal | None:
        """Lempiras; None while nobody costed it."""
        return self.cost_line.at(self.annual_output)

    @property
    def budget(self) -> Budget | None:
        """Its part of the lines of its categories; None while they have none."""
        parts = [one.budget.share(one.share) for one in self.shares if one.budget is not None]
        return added(parts) if parts else None


def money_of_plan(
    plan_id: int, product_ids: Collection[int] | None = None
) -> dict[int, MoneyOfProduct]:
    """Every product of the plan, or those asked for, by its id; one statement."""
    asked = {} if product_ids is None else {"pk__in": product_ids}
    rows = Product.objects.filter(**{PLAN: plan_id}, **asked).values_list(
        "pk",
        f"{PLAN}__institution__code",
        f"{PLAN}__fiscal_year",
        "annual_output",
        ArraySubquery(_activities()),
        ArraySubquery(_shares()),
    )
    return {
        pk: MoneyOfProduct(
            pk, code, year, annual, tuple(map(_activity, held)), tuple(map(_share, shares))
        )
        for pk, code, year, annual, held, shares in rows
    }


def _text(field: str) -> Cast:
    """Amounts travel inside JSON as text: a float would not be the same amount."""
    return Cast(field, CharField())


def _activities() -> Any:
    inputs = Input.objects.filter(activity=OuterRef("pk")).order_by("number")
    bought = inputs.values(
        said=JSONObject(
            quantity=_text("quantity"), unit_price=_text("unit_price"), is_per_unit="is_per_unit"
        )
    )
    held = Activity.objects.filter(product=OuterRef("pk")).order_by("number")
    return held.values(
        said=JSONObject(name="name", stated=_text("stated_cost"), inputs=ArraySubquery(bought))
    )


def _shares() -> Any:
    path = {
        f"{what}{level}": F(f"{'category__' + 'parent__' * level}{what}")
        for level in range(LEVELS)
        for what in ("code", "kind")
    }
    return (
        CategoryProduct.objects.filter(product=OuterRef("pk"))
        .order_by("category__code")
        .values(
            said=JSONObject(
                category="category_id",
                name="category__name",
                share=_text("share"),
                approved=Cast(_of_lines("approved"), CharField()),
                modifications=Cast(_of_lines("modifications"), CharField()),
                **path,
            )
        )
    )


def _of_lines(amount: str) -> Subquery:
    """The sum of an amount over the lines of a category and of all that stands under it."""
    under = Q()
    for level in range(LEVELS):
        under |= Q(**{"__".join(["category", *["parent"] * level]): OuterRef("category")})
    same = {"institution": OuterRef("category__institution")}
    year = {"fiscal_year": OuterRef("category__fiscal_year")}
    lines = BudgetLine.objects.filter(under, **same, **year).order_by().values("fiscal_year")
    return Subquery(lines.annotate(total=Sum(amount)).values("total"))


def _activity(said: Mapping[str, Any]) -> CostedActivity:
    inputs = tuple(
        InputCost(Decimal(one["quantity"]), Decimal(one["unit_price"]), one["is_per_unit"])
        for one in said["inputs"]
    )
    stated = None if said["stated"] is None else Decimal(said["stated"])
    return CostedActivity(said["name"], ActivityCost(inputs, stated))


def _share(said: Mapping[str, Any]) -> ShareOfCategory:
    path = {
        said[f"kind{level}"]: said[f"code{level}"]
        for level in range(LEVELS)
        if said[f"kind{level}"] is not None
    }
    has_lines = said["approved"] is not None
    return ShareOfCategory(
        said["category"],
        code_of_path(path),
        said["name"],
        Decimal(said["share"]),
        Budget(Decimal(said["approved"]), Decimal(said["modifications"])) if has_lines else None,
    )
