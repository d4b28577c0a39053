"""Annual plans down to their products."""

from collections.abc import Mapping

from sigpret.apps.planning.models import (
    AnnualPlan,
    Objective,
    OperationalObjective,
    Product,
    ProductTarget,
    Result,
)
from sigpret.apps.reference.models import Periodicity, TargetPopulation, UnitOfMeasure
from sigpret.apps.results.actions.copying import copy_rows
from sigpret.demonstration.rows import Country, ProductRow
from sigpret.web.search import stems


def store_plans(country: Country, institutions: Mapping[str, int]) -> dict[str, int]:
    """The plans; the ids of the products by code."""
    plans = AnnualPlan.objects.bulk_create(
        AnnualPlan(
            institution_id=institutions[row.institution],
            fiscal_year=row.fiscal_year,
            mission=row.mission,
            vision=row.vision,
        )
        for row in country.plans
    )
    rows = [
        (plan, objective)
        for plan, row in zip(plans, country.plans, strict=True)
        for objective in row.objectives
    ]
    objectives = Objective.objects.bulk_create(
        Objective(plan=plan, number=row.number, text=row.text) for plan, row in rows
    )
    populations = dict(TargetPopulation.objects.values_list("code", "id"))
    Result.objects.bulk_create(
        Result(
            objective=objective,
            number=1,
            text=row.result,
            assumption=row.assumption,
            target_population_id=populations[row.target_population],
        )
        for objective, (_plan, row) in zip(objectives, rows, strict=True)
    )
    operational = OperationalObjective.objects.bulk_create(
        OperationalObjective(objective=objective, number=1, text=row.operational_objective)
        for objective, (_plan, row) in zip(objectives, rows, strict=True)
    )
    return store_products(
        [
            (one, product)
            for one, (_plan, row) in zip(operational, rows, strict=True)
            for product in row.products
        ]
    )


def store_products(rows: list[tuple[OperationalObjective, ProductRow]]) -> dict[str, int]:
    units = dict(UnitOfMeasure.objects.values_list("code", "id"))
    periodicities = dict(Periodicity.objects.values_list("code", "id"))
    products = Product.objects.bulk_create(
        (
            Product(
                operational_objective=operational,
                number=row.number,
                name=row.name,
                unit_of_measure_id=units[row.unit_code],
                periodicity_id=periodicities[row.periodicity_code],
                annual_output=row.annual_output,
                stems=stems(row.name),
            )
            for operational, row in rows
        ),
        batch_size=5_000,
    )
    ids = {row.code: product.pk for product, (_one, row) in zip(products, rows, strict=True)}
    copy_rows(
        ProductTarget,
        ("product", "period", "planned"),
        (
            (ids[row.code], period, planned)
            for _one, row in rows
            for period, planned in row.planned.items()
        ),
    )
    return ids
