"""A plan as its page draws it: every row of it, of one institution and year, in one message."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sigpret.apps.planning.models import AnnualPlan
from sigpret.apps.planning.programming import QUARTER_NUMBERS, Quarters, period_code
from sigpret.web.statements import Row, Statement, send

OBJECTIVES = """
SELECT id, number, text, program_ref, strategic_objective_id IS NOT NULL
FROM planning_objective WHERE plan_id = %s ORDER BY number
"""
RESULTS = """
SELECT result.objective_id, result.id, result.number, result.text, result.assumption,
    people.code || ' ' || initcap(left(people.name, 1)) || lower(substr(people.name, 2))
FROM planning_result result
JOIN planning_objective objective ON objective.id = result.objective_id
LEFT JOIN reference_targetpopulation people ON people.id = result.target_population_id
WHERE objective.plan_id = %s ORDER BY result.number
"""
GROUPS = """
SELECT operational.objective_id, operational.id, operational.number, operational.text
FROM planning_operationalobjective operational
JOIN planning_objective objective ON objective.id = operational.objective_id
WHERE objective.plan_id = %s ORDER BY operational.number
"""
PRODUCTS = """
SELECT product.operational_objective_id, product.id, product.version, product.number, product.name,
    unit.code, unit.name, often.name, often.per_year, product.annual_output,
    product.accumulation, product.kind
FROM planning_product product
JOIN planning_operationalobjective operational ON operational.id = product.operational_objective_id
JOIN planning_objective objective ON objective.id = operational.objective_id
JOIN reference_unitofmeasure unit ON unit.id = product.unit_of_measure_id
JOIN reference_periodicity often ON often.id = product.periodicity_id
WHERE objective.plan_id = %s ORDER BY product.number
"""
TARGETS = """
SELECT target.product_id, target.period, target.planned
FROM planning_producttarget target
JOIN planning_product product ON product.id = target.product_id
JOIN planning_operationalobjective operational ON operational.id = product.operational_objective_id
JOIN planning_objective objective ON objective.id = operational.objective_id
WHERE objective.plan_id = %s
"""
#: The last version that was kept, with which the plan is compared.
VERSIONS = """
SELECT kept.number, kept.made_at, kept.content
FROM planning_planversion kept WHERE kept.plan_id = %s ORDER BY kept.number DESC LIMIT 1
"""
OBSERVATIONS = """
SELECT observed.product_id, observed.text, who.full_name, observed.made_at
FROM planning_planobservation observed JOIN accounts_user who ON who.id = observed.made_by_id
WHERE observed.plan_id = %s AND observed.is_sent AND observed.resolved_at IS NULL
ORDER BY observed.id
"""
#: Who wrote what last, to sign what changed; the newest acts of the plan are enough.
ACTS = """
SELECT actor_name, at, payload FROM audit_auditevent
WHERE subject_type = 'annual_plan' AND subject_id = %s AND action IN (
    'planning.cells_changed', 'planning.product_changed', 'planning.product_added')
ORDER BY id DESC LIMIT 200
"""
RECORDED = """
SELECT actor_name, coalesce((payload::jsonb->>'at')::timestamptz, at) FROM audit_auditevent
WHERE subject_type = 'annual_plan' AND subject_id = %s AND action = 'planning.plan_recorded'
ORDER BY id DESC LIMIT 1
"""


class ProductRow(NamedTuple):
    """A product as stored. `annual_output` None: not programmed, which is not zero."""

    group_id: int
    id: int
    version: int
    number: int
    name: str
    unit_code: str
    unit: str
    periodicity: str
    per_year: int
    annual_output: Decimal | None
    accumulation: str
    kind: str


@dataclass(frozen=True, slots=True)
class PlannedProduct:
    """A product in its place: people name it by `label`, `2.6`."""

    row: ProductRow
    label: str
    quarters: Quarters


@dataclass(frozen=True, slots=True)
class OutlineResult:
    id: int
    number: int
    text: str
    assumption: str
    population: str


@dataclass(frozen=True, slots=True)
class OutlineGroup:
    """An operational objective and its products."""

    id: int
    number: int
    text: str
    products: tuple[PlannedProduct, ...]


@dataclass(frozen=True, slots=True)
class OutlineObjective:
    id: int
    number: int
    text: str
    program_ref: str
    is_strategic: bool
    results: tuple[OutlineResult, ...]
    groups: tuple[OutlineGroup, ...]


@dataclass(frozen=True, slots=True)
class KeptProduct:
    """What the last kept version said of a product; `quarters` as `PlannedProduct`."""

    annual_output: Decimal | None
    quarters: Quarters
    name: str


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """The last kept version: its number and its products by id."""

    number: int
    made_at: datetime
    products: Mapping[int, KeptProduct]


@dataclass(frozen=True, slots=True)
class Observation:
    """What whoever returned the plan asks to mend."""

    text: str
    who: str
    at: datetime


class Act(NamedTuple):
    """Something written in the plan, newest first; `payload` is the text of the chain."""

    who: str
    at: datetime
    payload: str


@dataclass(frozen=True, slots=True)
class PlanOutline:
    """The plan with its rows. Observations are by product id, None the whole plan's."""

    plan: AnnualPlan
    objectives: tuple[OutlineObjective, ...]
    kept: KeptPlan | None
    observations: Mapping[int | None, tuple[Observation, ...]]
    acts: tuple[Act, ...]
    recorded_by: str = ""
    recorded_at: datetime | None = None

    @property
    def products(self) -> tuple[PlannedProduct, ...]:
        return tuple(
            product
            for objective in self.objectives
            for group in objective.groups
            for product in group.products
        )


def plan_called(code: str, fiscal_year: int) -> AnnualPlan | None:
    """The plan of the institution with this code, with its institution; None while it has none.
    One statement."""
    return (
        AnnualPlan.objects.select_related("institution")
        .filter(institution__code=code, fiscal_year=fiscal_year)
        .first()
    )


def outline_of(plan: AnnualPlan) -> PlanOutline:
    """The rows of a plan; one message, whatever their number."""
    one = (plan.pk,)
    objectives, results, groups, products, targets, versions, observed, acts, recorded = send(
        *(Statement(sql, one) for sql in (OBJECTIVES, RESULTS, GROUPS, PRODUCTS, TARGETS)),
        *(Statement(sql, one) for sql in (VERSIONS, OBSERVATIONS)),
        Statement(ACTS, (str(plan.pk),)),
        Statement(RECORDED, (str(plan.pk),)),
    )
    planned = _by_product(targets)
    below = _Below(
        results=_grouped(results),
        groups=_grouped(groups),
        products=_grouped((row[0], ProductRow(*row)) for row in products),
        planned={key: quarters_in(periods, plan.fiscal_year) for key, periods in planned.items()},
    )
    return PlanOutline(
        plan,
        tuple(_objective(row, below) for row in objectives),
        _kept(versions[0], plan.fiscal_year) if versions else None,
        {key: tuple(Observation(*row) for row in rows) for key, rows in _grouped(observed).items()},
        tuple(Act(*row) for row in acts),
        *(recorded[0] if recorded else ()),
    )


@dataclass(frozen=True, slots=True)
class _Below:
    """What hangs from each row, by its id."""

    results: Mapping[int, list[Row]]
    groups: Mapping[int, list[Row]]
    products: Mapping[int, list[Row]]
    planned: Mapping[int, Quarters]


def _grouped(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """The rows by their first column, without it."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for key, *rest in rows:
        found[key].append(tuple(rest))
    return dict(found)


def _by_product(rows: Iterable[Row]) -> dict[int, dict[str, Decimal]]:
    found: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
    for product_id, period, planned in rows:
        found[product_id][period] = planned
    return found


NOTHING: Quarters = (None, None, None, None)


def quarters_in(periods: Mapping[str, Decimal], year: int) -> Quarters:
    """The four quarters of a year out of amounts by period."""
    first, second, third, fourth = (
        periods.get(period_code(year, quarter)) for quarter in QUARTER_NUMBERS
    )
    return first, second, third, fourth


def _objective(row: Row, below: _Below) -> OutlineObjective:
    key, number, text, program_ref, is_strategic = row
    return OutlineObjective(
        key,
        number,
        text,
        program_ref,
        is_strategic,
        tuple(
            OutlineResult(pk, own, words, assumption, population or "")
            for pk, own, words, assumption, population in below.results.get(key, ())
        ),
        tuple(
            OutlineGroup(pk, own, words, tuple(_products(pk, number, below)))
            for pk, own, words in below.groups.get(key, ())
        ),
    )


def _products(group_id: int, objective: int, below: _Below) -> Iterable[PlannedProduct]:
    for (row,) in below.products.get(group_id, ()):
        label = f"{objective}.{row.number}"
        yield PlannedProduct(row, label, below.planned.get(row.id, NOTHING))


def _kept(row: Row, year: int) -> KeptPlan:
    number, made_at, said = row
    content = json.loads(said)
    products = {
        product["id"]: KeptProduct(
            _amount(product["annual_output"]),
            quarters_in(
                {code: Decimal(value) for code, value in product["quarters"].items()}, year
            ),
            product["name"],
        )
        for objective in content["objectives"]
        for group in objective["operational"]
        for product in group["products"]
    }
    return KeptPlan(number, made_at, products)


def _amount(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)
