"""The whole chain as the rules of the methodology see it."""

from collections import defaultdict
from collections.abc import Collection

from sigpret.apps.institutions.models import SectorBlock
from sigpret.apps.results.models import Goal, Indicator, IndicatorTarget
from sigpret.methodology.chain import Counted, Level
from sigpret.methodology.matrix import ChainGoal
from sigpret.methodology.measure import AcrossYears, Sense
from sigpret.web.formats import sign_of

SHEET = ("definition", "formula", "source", "means_of_verification")


def axis_codes() -> dict[int, frozenset[str]]:
    """The axes of each sector, by its id; one statement.

    The axis, not the block it is printed in: one axis is printed in two.
    """
    found: defaultdict[int, set[str]] = defaultdict(set)
    for sector, axis in SectorBlock.objects.order_by().values_list(
        "sector_id", "block__axis__code"
    ):
        found[sector].add(axis)
    codes: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
    codes.update({sector: frozenset(axes) for sector, axes in found.items()})
    return codes


def counted_of(goal_ids: Collection[int]) -> dict[int, Counted]:
    """What each goal counts; one statement. A goal without indicator counts nothing yet."""
    rows = (
        Goal.objects.filter(pk__in=goal_ids)
        .order_by()
        .values_list("pk", "code", "indicator__unit", "indicator__sense", "indicator__across_years")
    )
    return {pk: counted(code, *rest) for pk, code, *rest in rows}


def counted(code: str, unit: str | None, sense: str | None, across_years: str | None) -> Counted:
    return Counted(
        code,
        unit or "",
        is_share=sign_of(unit or "") == "%",
        sense=Sense(sense) if sense else Sense.ASCENDING,
        across_years=AcrossYears(across_years) if across_years else AcrossYears.FLOW,
    )


def chain_goals() -> dict[str, ChainGoal]:
    """Every goal of the country for the rules, by code; three statements."""
    axes = axis_codes()
    programmed = set(
        IndicatorTarget.objects.exclude(period__contains="-")
        .order_by()
        .values_list("indicator_id", flat=True)
        .distinct()
    )
    rows = Goal.objects.select_related("indicator").order_by("code")
    return {goal.code: chain_goal(goal, axes[goal.sector_id], programmed) for goal in rows}


def chain_goal(goal: Goal, axes: frozenset[str], programmed: Collection[int]) -> ChainGoal:
    indicator = getattr(goal, "indicator", None)
    if indicator is None:
        return ChainGoal(Level(goal.level), axes, Counted(goal.code, ""), ("indicator",))
    return ChainGoal(
        level=Level(goal.level),
        axes=axes,
        counted=counted(goal.code, indicator.unit, indicator.sense, indicator.across_years),
        missing=missing_of(indicator, is_programmed=indicator.pk in programmed),
    )


def missing_of(indicator: Indicator, *, is_programmed: bool) -> tuple[str, ...]:
    """Which facts of the sheet nobody has written: names of the fields.

    A total starts from zero: only what is measured as a level needs its baseline.
    """
    absent = [name for name in SHEET if not getattr(indicator, name)]
    if indicator.baseline is None and indicator.accumulation == Indicator.Accumulation.LAST:
        absent.append("baseline")
    if indicator.periodicity_id is None:
        absent.append("periodicity")
    return (*absent, *(() if is_programmed else ("targets",)))
