"""A whole plan as a version keeps it: plain data, the same plan always the same text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from sigpret.apps.planning.models import (
    AnnualPlan,
    Objective,
    OperationalObjective,
    Product,
    Result,
)
from sigpret.methodology.values import plain

Content = dict[str, Any]


def plan_content(plan: AnnualPlan) -> Content:
    """What the plan says now, down to its quarters; five statements.

    Rows carry their `id`, by which two versions are compared; amounts are exact plain text and
    null is "not programmed".
    """
    return _content(plan, plan.objectives.prefetch_related(*rows_below()))


def plan_contents(plans: Iterable[AnnualPlan]) -> dict[int, Content]:
    """The same of many plans by id, in as many statements as one."""
    held = list(plans)
    by_plan: dict[int, list[Objective]] = {plan.pk: [] for plan in held}
    rows = Objective.objects.filter(plan__in=list(by_plan)).prefetch_related(*rows_below())
    for row in rows:
        by_plan[row.plan_id].append(row)
    return {plan.pk: _content(plan, by_plan[plan.pk]) for plan in held}


def rows_below() -> tuple[Any, ...]:
    products = Product.objects.select_related("unit_of_measure", "periodicity")
    return (
        "results__target_population",
        Prefetch("operational_objectives__products", products.prefetch_related("targets")),
    )


def digest_of(content: Content) -> str:
    """SHA-256 of the content as canonical JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _content(plan: AnnualPlan, objectives: Iterable[Objective]) -> Content:
    return {
        "mission": plan.mission,
        "vision": plan.vision,
        "source_report": plan.source_report,
        "objectives": [_objective(row) for row in objectives],
    }


def _objective(row: Objective) -> Content:
    return {
        "id": row.pk,
        "number": row.number,
        "text": row.text,
        "program_ref": row.program_ref,
        "results": [_result(found) for found in row.results.all()],
        "operational": [_operational(found) for found in row.operational_objectives.all()],
    }


def _result(row: Result) -> Content:
    return {
        "id": row.pk,
        "number": row.number,
        "text": row.text,
        "assumption": row.assumption,
        "population": str(row.target_population or ""),
    }


def _operational(row: OperationalObjective) -> Content:
    return {
        "id": row.pk,
        "number": row.number,
        "text": row.text,
        "products": [_product(found) for found in row.products.all()],
    }


def _product(row: Product) -> Content:
    return {
        "id": row.pk,
        "number": row.number,
        "name": row.name,
        "unit": str(row.unit_of_measure),
        "periodicity": row.periodicity.name,
        "annual_output": None if row.annual_output is None else plain(row.annual_output),
        "quarters": {one.period: plain(one.planned) for one in row.targets.all()},
        "kind": row.kind,
        "accumulation": row.accumulation,
        "responsible_unit": row.responsible_unit,
        "means_of_verification": row.means_of_verification,
    }
