"""Reads the matrix row by row: a fixed number of statements, however many goals."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from sigpret.apps.institutions.models import SectorBlock
from sigpret.apps.institutions.queries import Access
from sigpret.apps.results.models import Alignment, Goal, Indicator, IndicatorTarget
from sigpret.apps.results.models.indicator import IndicatorVariable
from sigpret.apps.results.queries.columns import GoalName, MatrixRow
from sigpret.apps.results.queries.filters import MatrixFilters

Names = Mapping[int, tuple[str, ...]]
#: The codes of the frameworks that have a column of their own.
ODS, ENTAH, VISION = "ODS", "ENTAH", "VISION"


class Upward(NamedTuple):
    """Every link of the country by its child, and the name of every goal that is served."""

    by_child: Mapping[int, tuple[tuple[int, Decimal, str, int], ...]]
    names: Mapping[int, tuple[str, str, str]]

    def direct(self, goal_id: int) -> tuple[GoalName, ...]:
        return tuple(
            GoalName(*self.names[parent], weight=weight, rule=rule, version=version)
            for parent, weight, rule, version in self.by_child.get(goal_id, ())
        )

    def above(self, goal_id: int) -> tuple[GoalName, ...]:
        """The goals two levels up, each once, by code."""
        found = {
            top
            for parent, *_link in self.by_child.get(goal_id, ())
            for top, *_top_link in self.by_child.get(parent, ())
        }
        return tuple(sorted((GoalName(*self.names[top]) for top in found), key=lambda g: g.code))


class Beside(NamedTuple):
    """What hangs on the goals and their indicators, by id."""

    upward: Upward
    axes: Mapping[int, tuple[str, ...]]
    targets: Mapping[int, Mapping[str, Decimal]]
    variables: Names
    disaggregations: Names
    frameworks: Mapping[str, Names]
    themes: Names
    products: Names
    objectives: Names


def matrix_rows(filters: MatrixFilters, access: Access) -> tuple[MatrixRow, ...]:
    """The goals asked for that the person reads, in the order of the chain: axis, presidential,
    sectoral, institutional. A fixed number of statements (about twelve)."""
    found = Goal.objects.filter(filters.condition(access)).order_by().values("pk")
    goals = list(
        Goal.objects.filter(pk__in=found)
        .select_related(
            "sector",
            "institution",
            "target_population",
            "indicator__responsible",
            "indicator__periodicity",
        )
        .order_by("code")
    )
    beside = beside_of(goals)
    return tuple(sorted((row_of(goal, beside) for goal in goals), key=chain_order))


def chain_order(row: MatrixRow) -> tuple[str, ...]:
    """Where a row stands; what reaches nothing comes after what does."""

    def first(names: tuple[GoalName, ...], is_wanted: bool) -> str:
        return names[0].code if names else ("~" if is_wanted else "")

    return (
        row.axes[0] if row.axes else "~",
        first(row.presidential, is_wanted=True),
        row.sector if row.level != "presidential" else "",
        first(row.sectoral, is_wanted=row.level != "presidential"),
        row.code if row.level == "institutional" else "",
    )


def beside_of(goals: list[Goal]) -> Beside:
    ids = [goal.pk for goal in goals]
    indicators = [goal.indicator.pk for goal in goals if has_indicator(goal)]
    objectives = Goal.framework_objectives.through.objects.filter(goal_id__in=ids)
    frameworks: dict[str, defaultdict[int, list[str]]] = {
        code: defaultdict(list) for code in (ODS, ENTAH, VISION)
    }
    for goal_id, framework, code, name in objectives.order_by(
        "frameworkobjective__framework", "frameworkobjective__id"
    ).values_list(
        "goal_id",
        "frameworkobjective__framework__code",
        "frameworkobjective__code",
        "frameworkobjective__name",
    ):
        frameworks.setdefault(framework, defaultdict(list))[goal_id].append(f"{code} {name}")
    return Beside(
        upward=upward(),
        axes=axes_by_sector(),
        targets=targets_of(indicators),
        variables=grouped(
            (owner, f"{name}: {label}")
            for owner, name, label in IndicatorVariable.objects.filter(
                indicator_id__in=indicators
            ).values_list("indicator_id", "name", "label")
        ),
        disaggregations=grouped(
            Indicator.disaggregations.through.objects.filter(indicator_id__in=indicators)
            .order_by("disaggregation__name")
            .values_list("indicator_id", "disaggregation__name")
        ),
        frameworks={code: plain(found) for code, found in frameworks.items()},
        themes=grouped(
            Goal.themes.through.objects.filter(goal_id__in=ids)
            .order_by("crosscuttingtheme__name")
            .values_list("goal_id", "crosscuttingtheme__name")
        ),
        products=products_of(ids),
        objectives=objectives_of(ids),
    )


def upward() -> Upward:
    by_child: defaultdict[int, list[tuple[int, Decimal, str, int]]] = defaultdict(list)
    names = {}
    links = Alignment.objects.order_by("child_id", "parent__code").values_list(
        "child_id", "parent_id", "weight", "rollup_rule", "version", "parent__code",
        "parent__text", "parent__indicator__name",
    )  # fmt: skip
    for child, parent, weight, rule, version, code, text, indicator in links:
        by_child[child].append((parent, weight, rule, version))
        names[parent] = (code, text, indicator or "")
    return Upward({key: tuple(found) for key, found in by_child.items()}, names)


def axes_by_sector() -> Mapping[int, tuple[str, ...]]:
    """The blocks in which a sector is printed, in order; one statement."""
    return grouped(
        SectorBlock.objects.order_by("block__code").values_list("sector_id", "block__name")
    )


def targets_of(indicator_ids: list[int]) -> Mapping[int, Mapping[str, Decimal]]:
    """Period -> planned, by indicator, in the order of time."""
    found: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = IndicatorTarget.objects.filter(indicator_id__in=indicator_ids).order_by("period")
    for indicator, period, planned in rows.values_list("indicator_id", "period", "planned"):
        found[indicator][period] = planned
    return found


def products_of(goal_ids: list[int]) -> Names:
    """The codes of the linked products: `414.2026.1.3`."""
    plan = "product__operational_objective__objective__plan"
    rows = (
        Goal.products.through.objects.filter(goal_id__in=goal_ids)
        .order_by(f"{plan}__institution__code", f"{plan}__fiscal_year", "product__number")
        .values_list(
            "goal_id",
            f"{plan}__institution__code",
            f"{plan}__fiscal_year",
            "product__operational_objective__objective__number",
            "product__number",
        )
    )
    return grouped((row[0], ".".join(map(str, row[1:]))) for row in rows)


def objectives_of(goal_ids: list[int]) -> Names:
    """The objectives of the plan a goal answers to: `2026.1 Fortalecer la gestión`."""
    rows = (
        Goal.objectives.through.objects.filter(goal_id__in=goal_ids)
        .order_by("objective__plan__fiscal_year", "objective__number")
        .values_list(
            "goal_id",
            "objective__plan__fiscal_year",
            "objective__number",
            "objective__text",
        )
    )
    return grouped((goal, f"{year}.{number} {text}") for goal, year, number, text in rows)


def grouped(pairs: Iterable[tuple[int, str]]) -> Names:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key, word in pairs:
        found[key].append(word)
    return plain(found)


def plain(found: Mapping[int, list[str]]) -> Names:
    return {key: tuple(words) for key, words in found.items()}


def has_indicator(goal: Goal) -> bool:
    return getattr(goal, "indicator", None) is not None


def row_of(goal: Goal, beside: Beside) -> MatrixRow:
    direct = beside.upward.direct(goal.pk)
    here = (GoalName(goal.code, goal.text, goal.indicator.name if has_indicator(goal) else ""),)
    levels = {
        Goal.Level.PRESIDENTIAL: (here, (), ()),
        Goal.Level.SECTORAL: (direct, here, ()),
        Goal.Level.INSTITUTIONAL: (beside.upward.above(goal.pk), direct, here),
    }
    presidential, sectoral, institutional = levels[Goal.Level(goal.level)]
    return MatrixRow(
        code=goal.code,
        level=goal.level,
        version=goal.version,
        text=goal.text,
        sector_code=goal.sector.code,
        axes=beside.axes.get(goal.sector_id, ()),
        presidential=presidential,
        sector=goal.sector.name if goal.level != Goal.Level.PRESIDENTIAL else "",
        sectoral=sectoral,
        institution_id=goal.institution_id,
        institution_code=goal.institution.code if goal.institution else "",
        institution=goal.institution.name if goal.institution else "",
        institutional=institutional,
        is_prioritised=goal.is_prioritised,
        chain_position=goal.chain_position,
        themes=beside.themes.get(goal.pk, ()),
        products=beside.products.get(goal.pk, ()),
        objectives=beside.objectives.get(goal.pk, ()),
        assumption=goal.assumption,
        target_population=goal.target_population.name if goal.target_population else "",
        ods=beside.frameworks[ODS].get(goal.pk, ()),
        entah=beside.frameworks[ENTAH].get(goal.pk, ()),
        vision=beside.frameworks[VISION].get(goal.pk, ()),
        **sheet_of(goal, beside),
    )


def sheet_of(goal: Goal, beside: Beside) -> dict[str, Any]:
    """The fields of a row that its indicator fills; blank without one."""
    indicator = goal.indicator if has_indicator(goal) else Indicator(name="")
    targets = beside.targets.get(indicator.pk or 0, {})
    words = {"chain_position": goal.get_chain_position_display()}
    if indicator.pk:
        words |= {
            "sense": indicator.get_sense_display(),
            "accumulation": indicator.get_accumulation_display(),
            "across_years": indicator.get_across_years_display(),
        }
    return {
        "indicator": indicator.name,
        "definition": indicator.definition,
        "formula": indicator.formula,
        "variables": beside.variables.get(indicator.pk or 0, ()),
        "unit": indicator.unit,
        "sense": indicator.sense,
        "accumulation": indicator.accumulation,
        "across_years": indicator.across_years,
        "periodicity": indicator.periodicity.name if indicator.periodicity else "",
        "source": indicator.source,
        "means_of_verification": indicator.means_of_verification,
        "disaggregations": beside.disaggregations.get(indicator.pk or 0, ()),
        "baseline": indicator.baseline,
        "baseline_year": indicator.baseline_year,
        "responsible": indicator.responsible.name if indicator.pk else "",
        "responsible_unit": indicator.responsible_unit,
        "multi_year": {period: number for period, number in targets.items() if "-" not in period},
        "programming": {period: number for period, number in targets.items() if "-" in period},
        "indicator_version": indicator.version,
        "words": {key: str(word) for key, word in words.items()},
    }


def programmed_periods(rows: Iterable[MatrixRow], name: str) -> tuple[str, ...]:
    """Every period one of the columns of kind "periods" has in these rows, in order of time."""
    return tuple(sorted({period for row in rows for period in getattr(row, name)}))
