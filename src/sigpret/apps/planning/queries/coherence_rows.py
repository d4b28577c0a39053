"""The rows the rules of coherence look at, of one plan or of a hundred, in one message.

Written out because a plan of two hundred products is checked each time its page is drawn.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sigpret.apps.planning.programming import ProductKey
from sigpret.web.statements import Row, Statement, send

#: How many earlier years a product is compared with.
HISTORY_YEARS = 5

PLANS = """
SELECT plan.id, plan.fiscal_year, institution.code, plan.source_report
FROM planning_annualplan plan
JOIN institutions_institution institution ON institution.id = plan.institution_id
WHERE plan.id = ANY(%s)
"""
OUTLINE = """
SELECT objective.plan_id, objective.id, objective.number, result.number, EXISTS (
    SELECT FROM planning_strategicresult pursued
    WHERE pursued.objective_id = objective.strategic_objective_id AND pursued.indicator <> '')
FROM planning_objective objective
LEFT JOIN planning_result result ON result.objective_id = objective.id
WHERE objective.plan_id = ANY(%s) ORDER BY objective.plan_id, objective.number, result.number
"""
PRODUCTS = """
SELECT objective.plan_id, objective.number, operational.number, product.number, product.id,
    product.name, product.unit_of_measure_id, unit.name, unit.source, often.name, often.per_year,
    often.source, product.accumulation, product.annual_output, (
        SELECT sum(part.planned) FROM planning_productterritory part
        WHERE part.product_id = product.id), (
        SELECT jsonb_object_agg(target.period, target.planned::text)
        FROM planning_producttarget target WHERE target.product_id = product.id)
FROM planning_product product
JOIN planning_operationalobjective operational ON operational.id = product.operational_objective_id
JOIN planning_objective objective ON objective.id = operational.objective_id
LEFT JOIN reference_unitofmeasure unit ON unit.id = product.unit_of_measure_id
LEFT JOIN reference_periodicity often ON often.id = product.periodicity_id
WHERE objective.plan_id = ANY(%s)
ORDER BY objective.plan_id, objective.number, operational.number, product.number
"""
HISTORY = """
SELECT plan.id, objective.number, operational.number, product.number, product.unit_of_measure_id,
    earlier.fiscal_year, product.annual_output
FROM planning_annualplan plan
JOIN planning_annualplan earlier ON earlier.institution_id = plan.institution_id
    AND earlier.fiscal_year BETWEEN plan.fiscal_year - %s AND plan.fiscal_year - 1
JOIN planning_objective objective ON objective.plan_id = earlier.id
JOIN planning_operationalobjective operational ON operational.objective_id = objective.id
JOIN planning_product product ON product.operational_objective_id = operational.id
WHERE plan.id = ANY(%s) AND product.annual_output IS NOT NULL
"""
REPORTS = """
SELECT DISTINCT ON (plan_id) plan_id, content->'objectives'
FROM planning_planversion WHERE plan_id = ANY(%s) AND occasion = 'recorded'
ORDER BY plan_id, number DESC
"""


class PlanRow(NamedTuple):
    """A plan; `institution` is the code of whose it is."""

    id: int
    fiscal_year: int
    institution: str
    source_report: str


class OutlineRow(NamedTuple):
    """A result of an objective; `result` None: the objective has none."""

    plan_id: int
    objective_id: int
    objective: int
    result: int | None
    is_measured: bool


class ProductRow(NamedTuple):
    """A product; names of what it lacks are None. `planned` is plain text by period code."""

    plan_id: int
    objective: int
    operational: int
    number: int
    id: int
    name: str
    unit_id: int | None
    unit: str | None
    unit_source: str | None
    periodicity: str | None
    per_year: int | None
    periodicity_source: str | None
    accumulation: str
    annual_output: Decimal | None
    placed: Decimal | None
    planned: Mapping[str, str]

    @property
    def key(self) -> ProductKey:
        return ProductKey(self.objective, self.operational, self.number)


#: A product of a plan in earlier years, by its place and its unit of measure.
Place = tuple[int, ProductKey, int | None]


@dataclass(frozen=True, slots=True)
class CoherenceRows:
    """`history` is annual output by year; `reports` the objectives as each report printed them."""

    plans: tuple[PlanRow, ...]
    outline: tuple[OutlineRow, ...]
    products: tuple[ProductRow, ...]
    history: Mapping[Place, Mapping[int, Decimal]]
    reports: Mapping[int, list[dict[str, Any]]]


def coherence_rows(plan_ids: Collection[int]) -> CoherenceRows:
    """Everything the plans themselves know; one message, however many plans."""
    ids = list(plan_ids)
    plans, outline, products, earlier, reports = send(
        Statement(PLANS, (ids,)),
        Statement(OUTLINE, (ids,)),
        Statement(PRODUCTS, (ids,)),
        Statement(HISTORY, (HISTORY_YEARS, ids)),
        Statement(REPORTS, (ids,)),
    )
    history: dict[Place, dict[int, Decimal]] = {}
    for plan_id, objective, operational, number, unit, year, output in earlier:
        key = ProductKey(objective, operational, number)
        history.setdefault((plan_id, key, unit), {})[year] = output
    return CoherenceRows(
        plans=tuple(PlanRow(*row) for row in plans),
        outline=tuple(OutlineRow(*row) for row in outline),
        products=tuple(map(_product_row, products)),
        history=history,
        reports={plan_id: json.loads(objectives) for plan_id, objectives in reports},
    )


def _product_row(row: Row) -> ProductRow:
    """The database answers its objects of quarters as text."""
    return ProductRow(*row)._replace(planned=json.loads(row[-1] or "{}"))
