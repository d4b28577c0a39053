"""Which goals the products of a plan serve, for whoever shows the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.urls import reverse

from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.beside import GoalLink, GoalStep
from sigpret.web.statements import Row, Statement, send

LEVELS = ("institutional", "sectoral", "presidential")

#: Of several goals above one, the one it weighs most in.
SERVED = """
SELECT held.product_id,
    own.code, own.text, first.share, sector.code, sector.text, second.share, top.code, top.text
FROM results_goal_products held
JOIN planning_product product ON product.id = held.product_id
JOIN planning_operationalobjective operational ON operational.id = product.operational_objective_id
JOIN planning_objective objective ON objective.id = operational.objective_id
JOIN results_goal own ON own.id = held.goal_id
LEFT JOIN LATERAL (
    SELECT parent_id, CASE WHEN rollup_rule = 'weighted' THEN 100 * weight / (
        SELECT sum(weight) FROM results_alignment beside
        WHERE beside.parent_id = link.parent_id) END AS share
    FROM results_alignment link WHERE link.child_id = own.id
    ORDER BY share DESC NULLS LAST, parent_id LIMIT 1) first ON true
LEFT JOIN results_goal sector ON sector.id = first.parent_id
LEFT JOIN LATERAL (
    SELECT parent_id, CASE WHEN rollup_rule = 'weighted' THEN 100 * weight / (
        SELECT sum(weight) FROM results_alignment beside
        WHERE beside.parent_id = link.parent_id) END AS share
    FROM results_alignment link WHERE link.child_id = sector.id
    ORDER BY share DESC NULLS LAST, parent_id LIMIT 1) second ON true
LEFT JOIN results_goal top ON top.id = second.parent_id
WHERE objective.plan_id = %s
ORDER BY held.product_id, own.code
"""


def goals_of_products(
    plan_id: int, fiscal_year: int, institution_id: int, access: Access
) -> dict[int, tuple[GoalLink, ...]]:
    """The goals each product of the plan serves, with the chain above; one statement.

    Products that serve nothing are left out. Whoever reads the plan reads its goals.
    """
    (rows,) = send(Statement(SERVED, (plan_id,)))
    found: defaultdict[int, list[GoalLink]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(_link(row))
    return {product_id: tuple(links) for product_id, links in found.items()}


def _link(row: Row) -> GoalLink:
    steps = tuple(_steps(row))
    missing = LEVELS[len(steps)] if len(steps) < len(LEVELS) else ""
    return GoalLink(steps, missing)


def _steps(row: Row) -> Iterator[GoalStep]:
    """The goals of a row from the institutional one up, as far as they are linked."""
    _product, *cells = row
    # A presidential goal is served, it serves none: it has no share.
    for level, start in zip(LEVELS, range(0, len(cells), 3), strict=True):
        code, text, share = (*cells[start : start + 3], None)[:3]
        if code is None:
            return
        url = reverse("results:sheet", args=[code])
        yield GoalStep(level, code, text, url, None if share is None else Decimal(share))


def linking_address(product_id: int) -> str:
    """Where a product is linked to a goal."""
    return reverse("results:link_product", args=[product_id])
