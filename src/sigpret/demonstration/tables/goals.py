"""Goals, indicators, their targets, and what serves what."""

from collections.abc import Mapping

from django.db import connection

from sigpret.apps.institutions.models import CrossCuttingTheme, Sector
from sigpret.apps.reference.models import (
    Disaggregation,
    FrameworkObjective,
    Periodicity,
    TargetPopulation,
)
from sigpret.apps.results.actions.copying import copy_rows
from sigpret.apps.results.models import (
    Alignment,
    Goal,
    Indicator,
    IndicatorTarget,
    IndicatorVariable,
)
from sigpret.demonstration.rows import Country, GoalRow, SheetRow
from sigpret.web.search.words import stems

BASELINE_YEAR = 2023
UNIT = "Unidad de planificación"
NO_SHEET = SheetRow("", "", (), (), (), "", "", "", "", "", 0, None)
BATCH = 5_000


# A goal answers to the objectives of the plan under which its products stand.
ANSWER = """
INSERT INTO results_goal_objectives (goal_id, objective_id)
SELECT DISTINCT linked.goal_id, operational.objective_id
FROM results_goal_products linked
JOIN planning_product product ON product.id = linked.product_id
JOIN planning_operationalobjective operational ON operational.id = product.operational_objective_id
"""


def store_goals(
    country: Country, institutions: Mapping[str, int], products: Mapping[str, int]
) -> dict[str, int]:
    """The goals with everything that hangs on them; the ids of their indicators by code."""
    sectors = dict(Sector.objects.values_list("code", "id"))
    populations = dict(TargetPopulation.objects.values_list("code", "id"))
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
                assumption=sheet(row).assumption,
                target_population_id=populations.get(sheet(row).target_population),
                stems=stems(row.text),
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
    relate_goals(country, goals)


def relate_goals(country: Country, goals: Mapping[str, int]) -> None:
    """What the goals answer to: objectives of the plan, lines of the frameworks, themes."""
    with connection.cursor() as cursor:
        cursor.execute(ANSWER)
    lines = {
        (framework, code): pk
        for framework, code, pk in FrameworkObjective.objects.values_list(
            "framework__code", "code", "id"
        )
    }
    copy_rows(
        Goal.framework_objectives.through,
        ("goal", "frameworkobjective"),
        [(goals[row.code], lines[line]) for row in country.goals for line in sheet(row).objectives],
    )
    themes = dict(CrossCuttingTheme.objects.values_list("code", "id"))
    copy_rows(
        Goal.themes.through,
        ("goal", "crosscuttingtheme"),
        [(goals[row.code], themes[code]) for row in country.goals for code in sheet(row).themes],
    )


def sheet(row: GoalRow) -> SheetRow:
    return row.sheet or NO_SHEET


def store_indicators(
    country: Country, goals: Mapping[str, int], institutions: Mapping[str, int]
) -> dict[str, int]:
    periodicities = dict(Periodicity.objects.values_list("code", "id"))
    stored = Indicator.objects.bulk_create(
        (
            indicator_of(row, goals[row.code], institutions[row.responsible], periodicities)
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
    store_sheets(country, ids)
    return ids


def store_sheets(country: Country, indicators: Mapping[str, int]) -> None:
    """The variables of the computed indicators, and how each one is told apart."""
    copy_rows(
        IndicatorVariable,
        ("indicator", "name", "label", "unit", "accumulation", "position"),
        [
            (indicators[row.code], *variable, position)
            for row in country.goals
            for position, variable in enumerate(sheet(row).variables, 1)
        ],
    )
    parts = dict(Disaggregation.objects.values_list("code", "id"))
    copy_rows(
        Indicator.disaggregations.through,
        ("indicator", "disaggregation"),
        [
            (indicators[row.code], parts[code])
            for row in country.goals
            for code in sheet(row).disaggregations
        ],
    )


def indicator_of(
    row: GoalRow, goal_id: int, responsible_id: int, periodicities: Mapping[str, int]
) -> Indicator:
    written = sheet(row)
    on_track, at_risk = written.thresholds or (None, None)
    return Indicator(
        goal_id=goal_id,
        responsible_id=responsible_id,
        name=row.text,
        definition=written.definition,
        formula=written.formula,
        unit=row.unit,
        sense=row.sense,
        accumulation=row.accumulation,
        across_years=row.across_years,
        baseline=written.baseline,
        baseline_year=None if written.baseline is None else BASELINE_YEAR,
        tolerance=row.tolerance,
        source=written.source,
        means_of_verification=written.means_of_verification,
        responsible_unit=UNIT,
        periodicity_id=periodicities.get(written.periodicity),
        publication_lag_days=written.publication_lag_days,
        value_source="formula" if written.variables else "reported",
        on_track_from=on_track,
        at_risk_from=at_risk,
    )
