"""The money a chain begins with: what the programmes assign to its products, and what of it was
accrued. One statement, however many products."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from sigpret.apps.monitoring.queries.measures import rows_of
from sigpret.methodology.execution import Budget, added
from sigpret.methodology.periods import Period

#: A share of a category takes its part of the lines of all that stands under it.
MONEY = """
WITH RECURSIVE tree AS (
    SELECT share.product_id, share.share, share.category_id AS top_id, share.category_id AS id
    FROM budget_categoryproduct share WHERE share.product_id = ANY(%(products)s)
    UNION ALL
    SELECT tree.product_id, tree.share, tree.top_id, child.id
    FROM tree JOIN budget_programmaticcategory child ON child.parent_id = tree.id
), climbed AS (
    SELECT DISTINCT top_id, top_id AS id FROM tree
    UNION ALL
    SELECT climbed.top_id, category.parent_id
    FROM climbed JOIN budget_programmaticcategory category ON category.id = climbed.id
    WHERE category.parent_id IS NOT NULL
), money AS (
    SELECT tree.product_id, tree.top_id, tree.share, sum(line.approved) AS approved,
        sum(line.modifications) AS modifications, coalesce(sum(done.accrued), 0) AS accrued
    FROM tree JOIN budget_budgetline line ON line.category_id = tree.id
    LEFT JOIN LATERAL (
        SELECT sum(accrued) AS accrued FROM budget_lineexecution executed
        WHERE executed.line_id = line.id
        AND (executed.period BETWEEN %(first_quarter)s AND %(quarter)s
            OR executed.period BETWEEN %(first_month)s AND %(month)s)) done ON true
    GROUP BY tree.product_id, tree.top_id, tree.share
)
SELECT program.id, program.code || ' ' || program.name, institution.code, money.product_id,
    money.share, money.approved, money.modifications, money.accrued
FROM money JOIN climbed ON climbed.top_id = money.top_id
JOIN budget_programmaticcategory program ON program.id = climbed.id AND program.parent_id IS NULL
JOIN institutions_institution institution ON institution.id = program.institution_id
ORDER BY institution.code, program.code, program.id, money.product_id
"""


@dataclass(frozen=True, slots=True)
class ChainProgram:
    """A programme and what it assigns to products of a chain, up to a moment. `paid_for` has the
    current budget (lempiras) that each product, by its id, takes of it."""

    id: int
    name: str
    institution_code: str
    budget: Budget
    paid_for: dict[int, Decimal]


def programs_paying(products: Collection[int], period: Period) -> tuple[ChainProgram, ...]:
    """The programmes with money in some products, the largest first; one statement.

    `period` is a quarter: execution counts up to its end.
    """
    rows = (ProgramRow(*row) for row in rows_of(MONEY, asked(products, period)))
    found = (program_of(list(held)) for _key, held in groupby(rows, key=lambda row: row.id))
    return tuple(sorted(found, key=lambda one: -one.budget.current))


class ProgramRow(NamedTuple):
    """What a category of a programme assigns to a product; `share` is 0-100."""

    id: int
    name: str
    institution_code: str
    product_id: int
    share: Decimal
    approved: Decimal
    modifications: Decimal
    accrued: Decimal

    @property
    def budget(self) -> Budget:
        whole = Budget(
            approved=self.approved, modifications=self.modifications, accrued=self.accrued
        )
        return whole.share(self.share)


def program_of(rows: list[ProgramRow]) -> ChainProgram:
    by_product = {
        product_id: together(held)
        for product_id, held in groupby(rows, key=lambda row: row.product_id)
    }
    return ChainProgram(
        id=rows[0].id,
        name=rows[0].name,
        institution_code=rows[0].institution_code,
        budget=added(by_product.values()),
        paid_for={pk: budget.current for pk, budget in by_product.items()},
    )


def together(rows: Iterable[ProgramRow]) -> Budget:
    return added(row.budget for row in rows)


def asked(products: Collection[int], period: Period) -> dict[str, object]:
    """The quarters and the months of the year up to the end of the period."""
    year = period.year
    return {
        "products": list(products),
        "first_quarter": f"{year}-Q1",
        "quarter": period.code,
        "first_month": f"{year}-M01",
        "month": f"{year}-M{period.end.month:02}",
    }
