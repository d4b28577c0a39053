"""The matrix of institutional production: products × periods × territory × who answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from sigpret.apps.budget.queries.product_money import MoneyOfProduct, money_of_plan
from sigpret.apps.planning.models import Objective, Product, ProductTerritory
from sigpret.apps.planning.programming import QUARTER_NUMBERS, period_code
from sigpret.apps.reference.models import DisaggregationCategory
from sigpret.methodology.costs import CostLine

#: With the plan's own, the four years every multi-year programming has.
YEARS_AHEAD = 3
TERRITORY = "territorio"


@dataclass(frozen=True, slots=True)
class TerritoryPart:
    territory_id: int
    name: str
    planned: Decimal


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A product. `quarters` and `later` follow the columns; None: nothing is programmed."""

    product_id: int
    version: int
    label: str
    name: str
    unit: str
    responsible_unit: str
    annual_output: Decimal | None
    quarters: tuple[Decimal | None, ...]
    later: tuple[tuple[int, Decimal | None], ...]
    territories: tuple[TerritoryPart, ...]
    cost: CostLine

    @property
    def unplaced(self) -> Decimal | None:
        """What of the year is in no territory; None when it is not split."""
        if not self.territories or self.annual_output is None:
            return None
        return self.annual_output - sum((one.planned for one in self.territories), Decimal(0))


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    number: int
    text: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class ProductionMatrix:
    """The whole matrix of a plan; `later_years` are the columns after its own."""

    fiscal_year: int
    later_years: tuple[int, ...]
    groups: tuple[MatrixGroup, ...]

    @property
    def rows(self) -> tuple[MatrixRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def costs(self) -> tuple[tuple[int, Decimal, int], ...]:
        """(year, lempiras of the products whose cost is known, products without) by year."""
        found = []
        for place, year in enumerate((self.fiscal_year, *self.later_years)):
            outputs = [
                (row.cost, row.annual_output if place == 0 else row.later[place - 1][1])
                for row in self.rows
            ]
            known = [line.at(out) for line, out in outputs if out is not None]
            said = [amount for amount in known if amount is not None]
            found.append((year, sum(said, Decimal(0)), len(known) - len(said)))
        return tuple(found)

    def row(self, product_id: int) -> MatrixRow | None:
        return next((row for row in self.rows if row.product_id == product_id), None)


def production_matrix(plan_id: int, fiscal_year: int) -> ProductionMatrix:
    """The matrix of a plan; seven statements, whatever its size."""
    years = tuple(fiscal_year + ahead for ahead in range(1, YEARS_AHEAD + 1))
    money = money_of_plan(plan_id)
    products = (
        Product.objects.select_related("unit_of_measure")
        .order_by("number")
        .prefetch_related(
            "targets",
            "later_years",
            Prefetch("territories", ProductTerritory.objects.select_related("territory")),
        )
    )
    objectives = (
        Objective.objects.filter(plan=plan_id)
        .order_by("number")
        .prefetch_related(Prefetch("operational_objectives__products", products))
    )
    return ProductionMatrix(
        fiscal_year,
        years,
        tuple(
            MatrixGroup(
                one.number,
                one.text,
                tuple(
                    _row(product, one.number, fiscal_year, years, money)
                    for operational in sorted(
                        one.operational_objectives.all(), key=lambda row: row.number
                    )
                    for product in operational.products.all()
                ),
            )
            for one in objectives
        ),
    )


def _row(
    product: Product,
    objective: int,
    year: int,
    years: tuple[int, ...],
    money: Mapping[int, MoneyOfProduct],
) -> MatrixRow:
    planned = {target.period: target.planned for target in product.targets.all()}
    later = {row.fiscal_year: row.planned for row in product.later_years.all()}
    return MatrixRow(
        product_id=product.pk,
        version=product.version,
        label=f"{objective}.{product.number}",
        name=product.name,
        unit=product.unit_of_measure.name,
        responsible_unit=product.responsible_unit,
        annual_output=product.annual_output,
        quarters=tuple(planned.get(period_code(year, number)) for number in QUARTER_NUMBERS),
        later=tuple((one, later.get(one)) for one in years),
        territories=tuple(
            TerritoryPart(row.territory_id, row.territory.name, row.planned)
            for row in product.territories.all()
        ),
        cost=money[product.pk].cost_line if product.pk in money else CostLine(),
    )


def territories() -> tuple[tuple[int, str], ...]:
    """The places an output may be split into: (id, name), in their order."""
    rows = DisaggregationCategory.objects.filter(disaggregation__code=TERRITORY)
    return tuple(rows.order_by("position").values_list("pk", "name"))
