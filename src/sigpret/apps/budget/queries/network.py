"""The network of an institution and year: categories, what hangs from them and their money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Count, Sum

from sigpret.apps.budget.models import (
    BudgetLine,
    CategoryKind,
    CategoryProduct,
    LineExecution,
    ProgrammaticCategory,
)
from sigpret.apps.budget.workflow import MAY_STAND_UNDER, code_of_path
from sigpret.apps.planning.models import Product
from sigpret.methodology.apportioning import heaviest_path, taken
from sigpret.methodology.execution import Budget, added
from sigpret.methodology.values import HUNDRED, ZERO

PLAN = "operational_objective__objective__plan"


@dataclass(frozen=True, slots=True)
class PhysicalGoal:
    """A product as the physical goal of a category; `share` is its part (0-100) of the money."""

    product_id: int
    label: str
    name: str
    annual_output: Decimal | None
    unit: str
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category: `depth` from 0, its own money and that of all below it, its goals.

    `free_share` is what is left to apportion, 0-100, after the parts of the categories above it
    and of the heaviest way below it: they take its money too.
    """

    id: int
    parent_id: int | None
    depth: int
    kind: str
    kind_label: str
    code: str
    full_code: str
    name: str
    version: int
    lines: int
    lines_below: int
    budget: Budget
    goals: tuple[PhysicalGoal, ...]
    has_children: bool
    free_share: Decimal = HUNDRED

    @property
    def may_hold(self) -> tuple[tuple[str, str], ...]:
        """The kinds that may be added under it: (value, label)."""
        return tuple(
            (kind.value, str(kind.label))
            for kind in CategoryKind
            if self.kind in MAY_STAND_UNDER[kind]
        )

    @property
    def is_empty(self) -> bool:
        """May it be taken away? Nothing hangs from it."""
        return not (self.has_children or self.goals or self.lines)


@dataclass(frozen=True, slots=True)
class Network:
    """The rows in the order of their codes, and the products no category holds."""

    rows: tuple[CategoryRow, ...]
    unplaced: tuple[PhysicalGoal, ...]
    products: tuple[PhysicalGoal, ...]

    @property
    def total(self) -> Budget:
        return added(row.budget for row in self.rows if row.depth == 0)

    @property
    def lines(self) -> int:
        return sum(row.lines for row in self.rows)

    def row(self, category_id: int) -> CategoryRow | None:
        return next((row for row in self.rows if row.id == category_id), None)

    def may_hang(self, row: CategoryRow) -> tuple[CategoryRow, ...]:
        """Where a category may be moved to: of a kind that holds its own, and not below itself."""
        below = {row.id}
        for other in self.rows:
            if other.parent_id in below:
                below.add(other.id)
        allowed = MAY_STAND_UNDER[row.kind]
        return tuple(one for one in self.rows if one.kind in allowed and one.id not in below)


def network_of(institution_id: int, fiscal_year: int) -> Network:
    """The network with its money to date and its goals; five statements."""
    stored = list(
        ProgrammaticCategory.objects.filter(institution=institution_id, fiscal_year=fiscal_year)
    )
    money = _money(institution_id, fiscal_year)
    products = _products(institution_id, fiscal_year)
    goals = _goals(institution_id, fiscal_year, products)
    children: dict[int | None, list[ProgrammaticCategory]] = defaultdict(list)
    for one in stored:
        children[one.parent_id].append(one)
    rows = _with_free_share(tuple(_rows(children, money, goals, None, 0, {})))
    placed = {goal.product_id for held in goals.values() for goal in held}
    return Network(
        rows,
        tuple(goal for pk, goal in products.items() if pk not in placed),
        tuple(products.values()),
    )


def _with_free_share(rows: tuple[CategoryRow, ...]) -> tuple[CategoryRow, ...]:
    parents = {row.id: row.parent_id for row in rows}
    shares = {row.id: sum((goal.share or ZERO for goal in row.goals), ZERO) for row in rows}
    paths = {row.id: heaviest_path(parents, shares, row.id) for row in rows}
    return tuple(replace(row, free_share=HUNDRED - taken(shares, paths[row.id])) for row in rows)


Money = Mapping[int, tuple[int, Budget]]


def _rows(
    children: Mapping[int | None, list[ProgrammaticCategory]],
    money: Money,
    goals: Mapping[int, list[PhysicalGoal]],
    parent: int | None,
    depth: int,
    path: Mapping[str, str],
) -> Iterator[CategoryRow]:
    """The categories under one, each followed by what is under it."""
    for one in sorted(children[parent], key=lambda one: (one.code, one.pk)):
        here = {**path, one.kind: one.code}
        below = list(_rows(children, money, goals, one.pk, depth + 1, here))
        lines, own = money.get(one.pk, (0, Budget()))
        parts = [row for row in below if row.depth == depth + 1]
        yield CategoryRow(
            id=one.pk,
            parent_id=parent,
            depth=depth,
            kind=one.kind,
            kind_label=one.get_kind_display(),
            code=one.code,
            full_code=code_of_path(here),
            name=one.name,
            version=one.version,
            lines=lines,
            lines_below=lines + sum(row.lines_below for row in parts),
            budget=added([own, *(row.budget for row in parts)]),
            goals=tuple(goals.get(one.pk, ())),
            has_children=bool(parts),
        )
        yield from below


def _money(institution_id: int, fiscal_year: int) -> Money:
    lines = BudgetLine.objects.filter(institution=institution_id, fiscal_year=fiscal_year)
    executed = (
        LineExecution.objects.filter(line__in=lines)
        .order_by()
        .values_list("line__category")
        .annotate(Sum("committed"), Sum("accrued"), Sum("paid"))
    )
    spent = {category: amounts for category, *amounts in executed}
    return {
        category: (count, Budget(approved, modified, *spent.get(category, ())))
        for category, count, approved, modified in lines.order_by()
        .values_list("category")
        .annotate(Count("pk"), Sum("approved"), Sum("modifications"))
    }


def _products(institution_id: int, fiscal_year: int) -> dict[int, PhysicalGoal]:
    """The products of the plan of the year, in its order."""
    rows = (
        Product.objects.filter(
            **{f"{PLAN}__institution": institution_id, f"{PLAN}__fiscal_year": fiscal_year}
        )
        .order_by(
            "operational_objective__objective__number", "operational_objective__number", "number"
        )
        .values_list(
            "pk",
            "operational_objective__objective__number",
            "number",
            "name",
            "annual_output",
            "unit_of_measure__name",
        )
    )
    return {
        pk: PhysicalGoal(pk, f"{objective}.{number}", name, annual, unit)
        for pk, objective, number, name, annual, unit in rows
    }


def _goals(
    institution_id: int, fiscal_year: int, products: Mapping[int, PhysicalGoal]
) -> dict[int, list[PhysicalGoal]]:
    found: dict[int, list[PhysicalGoal]] = defaultdict(list)
    shares = CategoryProduct.objects.filter(
        category__institution=institution_id, category__fiscal_year=fiscal_year
    )
    for category, product, share in shares.values_list("category", "product", "share"):
        goal = products.get(product)
        if goal is not None:
            found[category].append(replace(goal, share=share))
    return found
