"""The whole chain of one goal: the products and goals below it, the goals above it, their figures.

One statement finds the links, whatever the depth; the rest is a fixed number of reads.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F

from sigpret.apps.evaluation.queries.chain import is_open_to
from sigpret.apps.evaluation.queries.chain_money import ChainProgram, programs_paying
from sigpret.apps.evaluation.queries.goal import standings_at
from sigpret.apps.evaluation.queries.quarter import Quarter, quarter_shown
from sigpret.apps.evaluation.queries.standing import Standing, number
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.models import Snapshot
from sigpret.apps.monitoring.queries.editions import kept_snapshots
from sigpret.apps.monitoring.queries.measures import product_measures
from sigpret.apps.planning.models import Product
from sigpret.apps.reference.queries import policy_for
from sigpret.apps.results.models import Goal
from sigpret.methodology.achievement import achieve
from sigpret.methodology.periods import Period
from sigpret.methodology.status import Status

LINKS = """
WITH RECURSIVE below (goal_id) AS (
    VALUES (%(goal)s::bigint)
    UNION SELECT child_id FROM results_alignment JOIN below ON parent_id = below.goal_id
), above (goal_id) AS (
    VALUES (%(goal)s::bigint)
    UNION SELECT parent_id FROM results_alignment JOIN above ON child_id = above.goal_id
)
SELECT child_id, parent_id, CASE WHEN rollup_rule = 'weighted' THEN 100 * weight / (
    SELECT sum(weight) FROM results_alignment beside WHERE beside.parent_id = link.parent_id) END
FROM results_alignment link
WHERE parent_id IN (SELECT goal_id FROM below) OR child_id IN (SELECT goal_id FROM above)
ORDER BY parent_id, child_id
"""


class GoalLink(NamedTuple):
    """A goal serves another. `share` is its part (0-100) among all that serve it, also those
    outside this chain; None where the rule takes no weights."""

    child_id: int
    parent_id: int
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class ChainGoal:
    """A goal of the chain; without a standing, or with one its reader may not see."""

    id: int
    code: str
    text: str
    level: str
    chain_position: str
    institution: str
    sector: str
    standing: Standing | None
    is_reserved: bool


@dataclass(frozen=True, slots=True)
class ChainProduct:
    """A product of a plan with its year to date, in its own unit; only validated figures.
    `is_open`: the reader may open its plan."""

    id: int
    code: str
    name: str
    unit: str
    institution: str
    institution_code: str
    year: int
    goal_ids: tuple[int, ...]
    is_open: bool
    planned: Decimal | None
    executed: Decimal | None
    achievement: Decimal | None
    status: Status


@dataclass(frozen=True, slots=True)
class GoalChain:
    """Everything around a goal at a quarter; `quarter` is None before the first round. `money`
    counts the products whose institution the reader may look into."""

    quarter: Quarter | None
    goals: tuple[ChainGoal, ...]
    links: tuple[GoalLink, ...]
    products: tuple[ChainProduct, ...]
    money: tuple[ChainProgram, ...] = ()


def goal_chain(
    goal_id: int, *, access: Access, as_of: date, asked: Period | None = None
) -> GoalChain:
    """The chain of a goal at a quarter. Raises UnknownQuarterError for one nobody opened.

    A goal this reader may not open is named without its figures.
    """
    quarter = quarter_shown(as_of=as_of, asked=asked)
    links = links_around(goal_id)
    ids = {goal_id} | {link.child_id for link in links} | {link.parent_id for link in links}
    now, _before = standings_at(quarter, ids)
    rows = Goal.objects.filter(pk__in=ids).select_related("institution", "sector").order_by("code")
    goals = tuple(chain_goal(goal, now.get(goal.pk), access) for goal in rows)
    products = products_of(below(goal_id, links), quarter, access)
    seen = [product.id for product in products if product.is_open]
    money = programs_paying(seen, quarter.period) if quarter else ()
    return GoalChain(quarter, goals, links, products, money)


def links_around(goal_id: int) -> tuple[GoalLink, ...]:
    """Every link below a goal and every link above it; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(LINKS, {"goal": goal_id})
        return tuple(GoalLink(*row) for row in cursor.fetchall())


def below(goal_id: int, links: Iterable[GoalLink]) -> frozenset[int]:
    """The goal and everything that serves it, so that goals above bring no products of theirs."""
    children: dict[int, list[int]] = {}
    for link in links:
        children.setdefault(link.parent_id, []).append(link.child_id)
    found, waiting = {goal_id}, [goal_id]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return frozenset(found)


def chain_goal(goal: Goal, standing: Standing | None, access: Access) -> ChainGoal:
    is_open = is_open_to(access, goal)
    return ChainGoal(
        id=goal.pk,
        code=goal.code,
        text=goal.text,
        level=goal.level,
        chain_position=goal.chain_position,
        institution=goal.institution.name if goal.institution else "",
        sector=goal.sector.name,
        standing=standing if is_open else None,
        is_reserved=not is_open,
    )


def products_of(
    goal_ids: Collection[int], quarter: Quarter | None, access: Access
) -> tuple[ChainProduct, ...]:
    """The products linked to some goals, with what the closing kept, or today's figures."""
    if quarter is None:
        return ()
    linked: dict[int, list[int]] = {}
    pairs = Goal.products.through.objects.filter(goal_id__in=goal_ids)
    for product_id, goal_id in pairs.order_by("goal_id").values_list("product_id", "goal_id"):
        linked.setdefault(product_id, []).append(goal_id)
    figures = (
        kept_figures(linked, quarter) if quarter.is_official else current_figures(linked, quarter)
    )
    return tuple(
        chain_product(row, linked[row["pk"]], figures.get(row["pk"], NOTHING), access)
        for row in plan_rows(linked, quarter.period.year)
    )


def plan_rows(ids: Collection[int], year: int) -> Iterable[dict[str, Any]]:
    """The products of a year's plans with where they stand in them; one statement."""
    plan = "operational_objective__objective__plan"
    rows: Any = Product.objects.filter(pk__in=ids, **{f"{plan}__fiscal_year": year}).order_by("pk")
    found: Iterable[dict[str, Any]] = rows.values(
        "pk",
        "name",
        "number",
        unit=F("unit_of_measure__name"),
        objective=F("operational_objective__objective__number"),
        institution=F(f"{plan}__institution__name"),
        owner=F(f"{plan}__institution_id"),
        institution_code=F(f"{plan}__institution__code"),
        year=F(f"{plan}__fiscal_year"),
    )
    return found


def chain_product(
    row: dict[str, Any], goal_ids: Iterable[int], figures: "ProductFigures", access: Access
) -> ChainProduct:
    return ChainProduct(
        id=row["pk"],
        code=f"{row['objective']}.{row['number']}",
        name=row["name"],
        unit=row["unit"],
        institution=row["institution"],
        institution_code=row["institution_code"],
        year=row["year"],
        goal_ids=tuple(goal_ids),
        is_open=access.reads_institution(row["owner"]),
        **figures._asdict(),
    )


class ProductFigures(NamedTuple):
    """A product's year to date."""

    planned: Decimal | None
    executed: Decimal | None
    achievement: Decimal | None
    status: Status


NOTHING = ProductFigures(None, None, None, Status.NOT_DUE)


def kept_figures(ids: Iterable[int], quarter: Quarter) -> dict[int, ProductFigures]:
    """As the closing kept them; one statement."""
    rows = kept_snapshots().filter(
        round_id=quarter.round.id, kind=Snapshot.Kind.PRODUCT, subject_id__in=list(ids)
    )
    return {
        product_id: ProductFigures(
            number(payload.get("planned_to_date")),
            number(payload.get("executed_to_date")),
            number(payload["own"]["value"]),
            Status(payload["own"]["status"]),
        )
        for product_id, payload in rows.values_list("subject_id", "payload")
    }


def current_figures(ids: Collection[int], quarter: Quarter) -> dict[int, ProductFigures]:
    """As they are now; one statement."""
    period, policy = quarter.period, policy_for(quarter.period)
    measures = product_measures(until=period, product_ids=ids)
    found = {}
    for product_id, measure in measures.items():
        to_date = achieve(measure, as_of=period, policy=policy).to_date
        is_silent = to_date.status is Status.NOT_REPORTED
        executed = None if is_silent else to_date.executed
        found[product_id] = ProductFigures(to_date.planned, executed, to_date.value, to_date.status)
    return found
