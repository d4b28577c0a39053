"""What was paid for each product beside what was delivered of it, up to a quarter.

The money of a product is its share of the lines of its categories and of all that stands under
them; the physical side counts what was validated. The statements are written out: a tree of
categories is climbed once for the whole country.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from sigpret.apps.evaluation.queries.physical import physical_sides
from sigpret.apps.evaluation.queries.quarter import Quarter, quarter_shown
from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.queries.measures import rows_of
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.execution import Budget, added
from sigpret.methodology.periods import Period
from sigpret.methodology.physical_financial import (
    Balance,
    Comparison,
    Physical,
    compare,
    compare_many,
    is_silent_spending,
)
from sigpret.methodology.policy import Policy
from sigpret.methodology.values import ZERO

MONEY = """
WITH RECURSIVE tree AS (
    SELECT share.product_id, share.share, share.category_id AS top_id, category.id
    FROM budget_categoryproduct share
    JOIN budget_programmaticcategory category ON category.id = share.category_id
    WHERE category.fiscal_year = %(year)s
    AND (%(all)s OR category.institution_id = %(institution)s)
    UNION ALL
    SELECT tree.product_id, tree.share, tree.top_id, child.id
    FROM tree JOIN budget_programmaticcategory child ON child.parent_id = tree.id
), climbed AS (
    SELECT id AS category_id, id AS program_id, code, name FROM budget_programmaticcategory
    WHERE fiscal_year = %(year)s AND parent_id IS NULL
    AND (%(all)s OR institution_id = %(institution)s)
    UNION ALL
    SELECT child.id, climbed.program_id, climbed.code, climbed.name
    FROM climbed JOIN budget_programmaticcategory child ON child.parent_id = climbed.category_id
), line AS (
    SELECT one.category_id, one.approved, one.modifications, done.*
    FROM budget_budgetline one
    LEFT JOIN LATERAL (
        SELECT coalesce(sum(committed), 0) AS committed, coalesce(sum(accrued), 0) AS accrued,
            coalesce(sum(paid), 0) AS paid,
            CASE WHEN count(*) = count(planned) THEN sum(planned) END AS quota
        FROM budget_lineexecution executed WHERE executed.line_id = one.id
        AND (executed.period BETWEEN %(first_quarter)s AND %(quarter)s
            OR executed.period BETWEEN %(first_month)s AND %(month)s)) done ON true
    WHERE one.fiscal_year = %(year)s AND (%(all)s OR one.institution_id = %(institution)s)
), money AS (
    SELECT tree.product_id, tree.top_id, tree.share, min(climbed.program_id) AS program_id,
        sum(line.approved) AS approved, sum(line.modifications) AS modifications,
        sum(line.committed) AS committed, sum(line.accrued) AS accrued, sum(line.paid) AS paid,
        CASE WHEN count(*) = count(line.quota) THEN sum(line.quota) END AS quota
    FROM tree JOIN line ON line.category_id = tree.id
    JOIN climbed ON climbed.category_id = tree.top_id
    GROUP BY tree.product_id, tree.top_id, tree.share
)
SELECT product.id, objective.number, product.number, product.name, plan.institution_id,
    money.program_id, program.code, program.name, money.share, money.approved,
    money.modifications, money.committed, money.accrued, money.paid, money.quota
FROM money JOIN planning_product product ON product.id = money.product_id
JOIN planning_operationalobjective operational
    ON operational.id = product.operational_objective_id
JOIN planning_objective objective ON objective.id = operational.objective_id
JOIN planning_annualplan plan ON plan.id = objective.plan_id
JOIN budget_programmaticcategory program ON program.id = money.program_id
ORDER BY plan.institution_id, objective.number, product.number, product.id, money.program_id
"""
#: Where a row has the share (0-100) and, after it, the amounts of the category.
SHARE, AMOUNTS = 8, 9


@dataclass(frozen=True, slots=True)
class ProductMoney:
    """A product with both sides. `code` is its place in the plan, `2.9`."""

    product_id: int
    code: str
    name: str
    institution_id: int
    program_id: int
    program: str
    physical: Physical
    comparison: Comparison

    @property
    def current(self) -> Decimal:
        return self.comparison.budget.current


@dataclass(frozen=True, slots=True)
class Program:
    """A programme of an institution and how its products go together."""

    id: int
    label: str
    products: int
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class InstitutionMoney:
    """The page of an institution: every product of the year with money, and the whole of them."""

    quarter: Quarter
    policy: Policy
    rows: tuple[ProductMoney, ...]
    programs: tuple[Program, ...]
    whole: Comparison

    def only(self, *balances: Balance) -> tuple[ProductMoney, ...]:
        """The products on these sides, the widest gap first, then as in the plan."""
        found = [row for row in self.rows if row.comparison.balance in balances]
        return tuple(sorted(found, key=lambda row: -abs(row.comparison.gap or ZERO)))


@dataclass(frozen=True, slots=True)
class PlaceMoney:
    """An institution or a sector. `code` leads to its page; `silent` are its products with money
    that were due and nobody reported, and `silent_paid` what was paid for them."""

    code: str
    name: str
    products: int
    comparison: Comparison
    silent: int = 0
    silent_paid: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class CountryMoney:
    """Every institution and every sector with money in its products, by name."""

    quarter: Quarter
    policy: Policy
    institutions: tuple[PlaceMoney, ...]
    sectors: tuple[PlaceMoney, ...]
    whole: Comparison


def money_quarter(*, as_of: date, asked: Period | None = None) -> Quarter | None:
    """The quarter asked for; without asking, the last one that closed: before that, what is not
    reported yet would look like money without progress. Raises UnknownQuarterError."""
    quarter = quarter_shown(as_of=as_of, asked=asked)
    if asked or quarter is None or quarter.is_official or quarter.previous is None:
        return quarter
    return quarter_shown(as_of=as_of, asked=quarter.previous.period)


def institution_money(
    institution_id: int, *, period: Period | None, as_of: date, program: int | None = None
) -> InstitutionMoney | None:
    """Both sides of an institution's products; `program` leaves those of one programme.

    Seven statements at most. None while no round was opened. Raises UnknownQuarterError.
    """
    quarter = money_quarter(as_of=as_of, asked=period)
    if quarter is None:
        return None
    policy = policy_for(quarter.period)
    rows = products_with_money(quarter.period, policy, institution_id)
    shown = tuple(row for row in rows if program is None or row.program_id == program)
    return InstitutionMoney(
        quarter, policy, shown, programs_of(rows, policy), together(shown, policy)
    )


def programs_of(rows: tuple[ProductMoney, ...], policy: Policy) -> tuple[Program, ...]:
    by_program: dict[int, list[ProductMoney]] = {}
    for row in rows:
        by_program.setdefault(row.program_id, []).append(row)
    return tuple(
        Program(pk, held[0].program, len(held), together(held, policy))
        for pk, held in sorted(by_program.items(), key=lambda pair: pair[1][0].program)
    )


def country_money(*, period: Period | None, as_of: date) -> CountryMoney | None:
    """Every institution and sector. Eight statements at most. None while no round was opened."""
    quarter = money_quarter(as_of=as_of, asked=period)
    if quarter is None:
        return None
    policy = policy_for(quarter.period)
    rows = products_with_money(quarter.period, policy, None)
    by_place: dict[int, list[ProductMoney]] = {}
    for row in rows:
        by_place.setdefault(row.institution_id, []).append(row)
    places = (
        Institution.objects.filter(pk__in=by_place).order_by("name").prefetch_related("sectors")
    )
    institutions: list[PlaceMoney] = []
    sectors: dict[tuple[str, str], list[ProductMoney]] = {}
    for place in places:
        held = by_place[place.pk]
        institutions.append(place_money(place.code, place.name, held, policy))
        for sector in place.sectors.all():
            sectors.setdefault((sector.name, sector.slug), []).extend(held)
    return CountryMoney(
        quarter,
        policy,
        tuple(institutions),
        tuple(
            place_money(slug, name, held, policy) for (name, slug), held in sorted(sectors.items())
        ),
        together(rows, policy),
    )


def place_money(code: str, name: str, rows: list[ProductMoney], policy: Policy) -> PlaceMoney:
    silent = [row.comparison.budget.paid for row in rows if is_silent_spending(row.comparison)]
    whole = together(rows, policy)
    return PlaceMoney(code, name, len(rows), whole, len(silent), sum(silent, ZERO))


def together(rows: tuple[ProductMoney, ...] | list[ProductMoney], policy: Policy) -> Comparison:
    return compare_many(((row.comparison.budget, row.physical) for row in rows), policy)


def products_with_money(
    period: Period, policy: Policy, institution_id: int | None
) -> tuple[ProductMoney, ...]:
    """The products of the year that have a share of some budget, of one institution or of all.

    Five statements at most.
    """
    found = rows_of(MONEY, asked_for(period, institution_id))
    physical = physical_sides(period, policy, institution_id) if found else {}
    silent = Physical(None, None)
    return tuple(
        product_money(list(parts), physical.get(product_id, silent), policy)
        for product_id, parts in groupby(found, key=itemgetter(0))
    )


def asked_for(period: Period, institution_id: int | None) -> dict[str, object]:
    """The quarters and the months of the year up to the end of the period."""
    year = period.year
    return {
        "year": year,
        "all": institution_id is None,
        "institution": institution_id,
        "first_quarter": f"{year}-Q1",
        "quarter": period.code,
        "first_month": f"{year}-M01",
        "month": f"{year}-M{period.end.month:02}",
    }


def product_money(
    parts: Sequence[tuple[Any, ...]], physical: Physical, policy: Policy
) -> ProductMoney:
    """A product out of its part of each category that has lines; its programme is the first."""
    product_id, objective, number, name, owner, program, code, program_name, *_money = parts[0]
    budget = added(Budget(*part[AMOUNTS:]).share(part[SHARE]) for part in parts)
    return ProductMoney(
        product_id=product_id,
        code=f"{objective}.{number}",
        name=name,
        institution_id=owner,
        program_id=program,
        program=f"{code} {program_name}",
        physical=physical,
        comparison=compare(budget, physical, policy),
    )
