"""Goals, indicators, their targets, and what serves what."""

from collections.abc import Mapping

from sigpret.apps.institutions.models import Sector
from sigpret.apps.results.models import Alignment, Goal, Indicator, IndicatorTarget
from sigpret.demonstration.rows import Country, GoalRow
from sigpret.demonstration.tables.copying import copy_rows

BASELINE_YEAR = 2023
SOURCE = "Registro administrativo de la institución (ficticio)"
VERIFICATION = "Informe trimestral firmado por la unidad responsable (ficticio)"
UNIT = "Unidad de planificación"
FORMULAS = {
    "sum": "Suma de lo ejecutado en los trimestres del año",
    "last": "Último valor medido en el año",
    "average": "Promedio de los valores de los trimestres del año",
    "maximum": "Mayor valor medido en el año",
}
BATCH = 5_000


def store_goals(
    country: Country, institutions: Mapping[str, int], products: Mapping[str, int]
) -> dict[str, int]:
    """The goals with everything that hangs on them; the ids of their indicators by code."""
    sectors = dict(Sector.objects.values_list("code", "id"))
    stored = Goal.objects.bulk_create(
        (
            Goal(
                code=row.code,
                slug=row.slug[:150],
                level=row.level,
                text=row.text,
                sector_id=sectors[row.sector],
                institution_id=institutions.get(row.institution or ""),
                chain_position=row.chain_position,
                is_prioritised=row.is_prioritised,
            )
            for row in country.goals
        ),
        batch_size=BATCH,
    )
    goals = {goal.code: goal.pk for goal in stored}
    link_goals(country, goals, products)
    return store_indicators(country, goals, institutions)


def link_goals(country: Country, goals: Mapping[str, int], products: Mapping[str, int]) -> None:
    copy_rows(
        Alignment,
        ("child", "parent", "weight", "rollup_rule"),
        ((goals[li.child], goals[li.parent], li.weight, li.rule) for li in country.links),
    )
    copy_rows(
        Goal.products.through,
        ("goal", "product"),
        ((goals[row.code], products[code]) for row in country.goals for code in row.products),
    )


def store_indicators(
    country: Country, goals: Mapping[str, int], institutions: Mapping[str, int]
) -> dict[str, int]:
    stored = Indicator.objects.bulk_create(
        (
            indicator_of(row, goals[row.code], institutions[row.responsible])
            for row in country.goals
        ),
        batch_size=BATCH,
    )
    ids = {row.code: one.pk for row, one in zip(country.goals, stored, strict=True)}
    copy_rows(
        IndicatorTarget,
        ("indicator", "period", "planned"),
        (
            (ids[row.code], period, planned)
            for row in country.goals
            for period, planned in row.planned.items()
        ),
    )
    return ids


def indicator_of(row: GoalRow, goal_id: int, responsible_id: int) -> Indicator:
    return Indicator(
        goal_id=goal_id,
        responsible_id=responsible_id,
        name=row.text,
        definition=f"Mide {row.text[0].lower()}{row.text[1:]}, en {row.unit}.",
        formula=FORMULAS[row.accumulation],
        unit=row.unit,
        sense=row.sense,
        accumulation=row.accumulation,
        across_years=row.across_years,
        baseline=row.baseline,
        baseline_year=None if row.baseline is None else BASELINE_YEAR,
        tolerance=row.tolerance,
        source=SOURCE,
        means_of_verification=VERIFICATION,
        responsible_unit=UNIT,
    )
