"""What a form of the matrix offers to choose from, as (value, words) pairs."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q

from sigpret.apps.institutions.models import CrossCuttingTheme, Institution, Sector
from sigpret.apps.institutions.queries import Access
from sigpret.apps.planning.models import Objective, Product
from sigpret.apps.reference.models import (
    Disaggregation,
    FrameworkObjective,
    Periodicity,
    TargetPopulation,
)
from sigpret.apps.results.models import Alignment, Goal, Indicator, IndicatorVariable
from sigpret.apps.results.permissions import keeps_matrix
from sigpret.apps.results.queries.chain import axis_codes
from sigpret.methodology.chain import POSITIONS, SERVES, ChainPosition, Level

Pairs = list[tuple[Any, Any]]
LEVELS: Pairs = [*Goal.Level.choices]
CHAIN_POSITIONS: Pairs = [*Goal.ChainPosition.choices]
ROLLUP_RULES: Pairs = [*Alignment.RollupRule.choices]
SENSES: Pairs = [*Indicator.Sense.choices]
ACCUMULATIONS: Pairs = [*Indicator.Accumulation.choices]
ACROSS_YEARS: Pairs = [*Indicator.AcrossYears.choices]
VALUE_SOURCES: Pairs = [*Indicator.ValueSource.choices]
VARIABLE_ACCUMULATIONS: Pairs = [*IndicatorVariable.Accumulation.choices]


def level_choices(access: Access) -> Pairs:
    """The levels the person may write."""
    if keeps_matrix(access):
        return LEVELS
    return [pair for pair in LEVELS if pair[0] == Goal.Level.INSTITUTIONAL]


def sector_choices() -> Pairs:
    return [(row.pk, row.name) for row in Sector.objects.order_by("name")]


def sector_filter() -> Pairs:
    """Sectors by code, for an address."""
    return [*Sector.objects.order_by("name").values_list("code", "name")]


def institution_choices(access: Access | None = None) -> Pairs:
    """All institutions, or those the person writes for."""
    rows = Institution.objects.order_by("name")
    if access is not None and not keeps_matrix(access):
        own = [pk for pk in access.institutions if access.works_for(pk)]
        rows = rows.filter(pk__in=own)
    return [(row.pk, f"{row.code} · {row.name}") for row in rows]


def institution_filter() -> Pairs:
    """Institutions by code, for an address."""
    rows = Institution.objects.order_by("code").values_list("code", "name")
    return [(code, f"{code} · {name}") for code, name in rows]


def periodicity_choices() -> Pairs:
    return [*Periodicity.objects.order_by("-per_year").values_list("pk", "name")]


def population_choices() -> Pairs:
    return [
        (pk, name.capitalize())
        for pk, name in TargetPopulation.objects.order_by("name").values_list("pk", "name")
    ]


def framework_choices() -> list[tuple[str, Pairs]]:
    """The lines of every framework, grouped under its name."""
    groups: dict[str, Pairs] = {}
    rows = FrameworkObjective.objects.select_related("framework").order_by("framework", "id")
    for row in rows:
        groups.setdefault(row.framework.name, []).append((row.pk, str(row)))
    return list(groups.items())


def theme_choices() -> Pairs:
    rows = CrossCuttingTheme.objects.select_related("lead")
    return [(row.pk, f"{row.name} · {row.lead.name}" if row.lead else row.name) for row in rows]


def disaggregation_choices() -> Pairs:
    return [*Disaggregation.objects.order_by("name").values_list("pk", "name")]


def objective_choices(institution_id: int, kept: Collection[int] = ()) -> Pairs:
    """The objectives of an institution's latest plan, and those `kept` from earlier ones."""
    own = Objective.objects.filter(plan__institution_id=institution_id)
    latest = own.order_by("-plan__fiscal_year").values("plan_id")[:1]
    rows = own.filter(Q(plan_id__in=latest) | Q(pk__in=kept))
    return [
        (pk, f"{year}.{number} {text}")
        for pk, year, number, text in rows.order_by("-plan__fiscal_year", "number").values_list(
            "pk", "plan__fiscal_year", "number", "text"
        )
    ]


def product_choices(institution_id: int) -> Pairs:
    """The products of an institution's latest plan, by code."""
    plan = "operational_objective__objective__plan"
    rows = (
        Product.objects.filter(**{f"{plan}__institution_id": institution_id})
        .order_by(f"-{plan}__fiscal_year", "operational_objective__objective__number", "number")
        .values_list(
            "pk", f"{plan}__fiscal_year", "operational_objective__objective__number", "number",
            "name",
        )
    )  # fmt: skip
    found = list(rows)
    latest = found[0][1] if found else 0
    return [
        (pk, f"{objective}.{number} {name}")
        for pk, year, objective, number, name in found
        if year == latest
    ]


def parent_choices(child: Goal) -> Pairs:
    """The goals this one may be linked to: a level above, sharing an axis, further along the
    chain, and not served yet. Those of its own sector come first."""
    wanted = SERVES.get(Level(child.level))
    if wanted is None:
        return []
    served = child.serves.values("parent_id")
    found = Goal.objects.filter(level=wanted).exclude(pk__in=served).select_related("sector")
    return ordered(child, (goal for goal in found if reaches(child, goal)))


def child_choices(parent: Goal, access: Access) -> Pairs:
    """The goals that may be linked to this one, among those the person writes."""
    wanted = next((low for low, high in SERVES.items() if high == parent.level), None)
    if wanted is None:
        return []
    serving = parent.served_by.values("child_id")
    found = Goal.objects.filter(level=wanted).exclude(pk__in=serving).select_related("sector")
    if not keeps_matrix(access):
        found = found.filter(institution_id__in=list(access.institutions))
    return ordered(parent, (goal for goal in found if reaches(goal, parent)))


def reaches(child: Goal, parent: Goal) -> bool:
    low = POSITIONS.index(ChainPosition(child.chain_position))
    return low <= POSITIONS.index(ChainPosition(parent.chain_position))


def ordered(goal: Goal, found: Iterable[Goal]) -> Pairs:
    axes = axis_codes()
    able = [one for one in found if axes[one.sector_id] & axes[goal.sector_id]]
    able.sort(key=lambda one: (one.sector_id != goal.sector_id, one.sector.name, one.code))
    return [(one.pk, f"{one.code} {one.text} · {one.sector.name}") for one in able]


def link_candidates(goal_id: int, access: Access, *, is_child: bool) -> Pairs:
    """The goals that may stand at the other end of a link of this one."""
    goal = Goal.objects.get(pk=goal_id)
    return parent_choices(goal) if is_child else child_choices(goal, access)


def presidential_choices() -> Pairs:
    """The presidential goals that can be handed down: those that have an indicator."""
    rows = Goal.objects.filter(level=Goal.Level.PRESIDENTIAL, indicator__isnull=False)
    return [(goal.pk, f"{goal.code} {goal.text}") for goal in rows.order_by("code")]
