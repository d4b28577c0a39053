"""Scenarios of a plan: what each would produce, cost and keep of the goals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F

from sigpret.apps.budget.models import Scenario, ScenarioProduct
from sigpret.apps.budget.queries.ceilings import ceilings_of
from sigpret.apps.budget.queries.product_money import money_of_plan
from sigpret.apps.planning.models import Product
from sigpret.apps.results.models import Goal
from sigpret.methodology.policy import Policy
from sigpret.methodology.scenarios import ScenarioLine, Verdict, goal_reach, verdict
from sigpret.methodology.status import Status, status_of

PLAN = "operational_objective__objective__plan"
Outputs = Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """A product in a scenario; its money and quantities are in `line`."""

    product_id: int
    label: str
    name: str
    unit: str
    line: ScenarioLine

    @property
    def is_changed(self) -> bool:
        return self.line.chosen is not None and self.line.chosen != self.line.planned


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal its products serve: what part of them the scenario keeps (0-100) and what that is."""

    code: str
    text: str
    reach: Decimal | None
    status: Status


@dataclass(frozen=True, slots=True)
class ScenarioSheet:
    """A scenario beside the plan. `own_ceiling` is its own, None: the institution's."""

    id: int
    name: str
    kind: str
    kind_label: str
    note: str
    own_ceiling: Decimal | None
    version: int
    rows: tuple[ScenarioRow, ...]
    goals: tuple[GoalRow, ...]
    verdict: Verdict
    planned_cost: Decimal

    @property
    def difference(self) -> Decimal:
        """Lempiras more (or, below zero, less) than the plan."""
        return self.verdict.cost - self.planned_cost

    @property
    def kept(self) -> int:
        """How many goals the scenario still reaches."""
        return sum(goal.status is Status.ON_TRACK for goal in self.goals)

    @property
    def measured(self) -> int:
        """How many goals can be told."""
        return sum(goal.reach is not None for goal in self.goals)


def scenario_lines(plan_id: int, outputs: Outputs) -> list[ScenarioLine]:
    """The products of a plan with their costs and the outputs chosen for them; one statement."""
    return [
        ScenarioLine(pk, found.annual_output, found.cost_line, outputs.get(pk))
        for pk, found in money_of_plan(plan_id).items()
    ]


def scenario_sheets(
    plan_id: int, institution_id: int, fiscal_year: int, policy: Policy
) -> tuple[ScenarioSheet, ...]:
    """Every scenario of a plan, in the order of its kinds; six statements."""
    order = {kind: place for place, kind in enumerate(Scenario.Kind.values)}
    stored = sorted(
        Scenario.objects.filter(plan=plan_id), key=lambda one: (order[one.kind], one.name)
    )
    chosen: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = ScenarioProduct.objects.filter(scenario__plan=plan_id)
    for scenario, product, output in rows.values_list("scenario", "product", "annual_output"):
        chosen[scenario][product] = output
    lines = {line.id: line for line in scenario_lines(plan_id, {})}
    whole = ceilings_of(institution_id, fiscal_year).total
    names, served = _names(plan_id), _goals(plan_id)
    return tuple(_sheet(one, lines, chosen[one.pk], names, served, whole, policy) for one in stored)


Names = Mapping[int, tuple[str, str, str]]
Served = Mapping[tuple[str, str], list[int]]


def _sheet(
    one: Scenario,
    plan: Mapping[int, ScenarioLine],
    chosen: Outputs,
    names: Names,
    served: Served,
    ceiling: Decimal | None,
    policy: Policy,
) -> ScenarioSheet:
    lines = {
        pk: ScenarioLine(pk, line.planned, line.cost, chosen.get(pk)) for pk, line in plan.items()
    }
    limit = ceiling if one.ceiling is None else one.ceiling
    goals = []
    for (code, text), products in served.items():
        reach = goal_reach(lines, products)
        goals.append(GoalRow(code, text, reach, _status(reach, policy)))
    return ScenarioSheet(
        id=one.pk,
        name=one.name,
        kind=one.kind,
        kind_label=one.get_kind_display(),
        note=one.note,
        own_ceiling=one.ceiling,
        version=one.version,
        rows=tuple(ScenarioRow(pk, *said, lines[pk]) for pk, said in names.items() if pk in lines),
        goals=tuple(goals),
        verdict=verdict(lines.values(), limit),
        planned_cost=verdict(plan.values(), limit).cost,
    )


def _status(reach: Decimal | None, policy: Policy) -> Status:
    return status_of(reach, is_due=reach is not None, is_reported=True, policy=policy)


def _names(plan_id: int) -> Names:
    rows = (
        Product.objects.filter(**{PLAN: plan_id})
        .order_by(
            "operational_objective__objective__number", "operational_objective__number", "number"
        )
        .values_list(
            "pk",
            "operational_objective__objective__number",
            "number",
            "name",
            "unit_of_measure__name",
        )
    )
    return {pk: (f"{goal}.{number}", name, unit) for pk, goal, number, name, unit in rows}


def _goals(plan_id: int) -> Served:
    """The goals the products of the plan serve, with those products."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    rows = (
        Goal.objects.filter(**{f"products__{PLAN}": plan_id})
        .order_by("code")
        .annotate(product=F("products"))
        .values_list("code", "text", "product")
    )
    for code, text, product in rows:
        found[code, text].append(product)
    return found
