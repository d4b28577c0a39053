"""When the matrix changes, the figures of the open quarters that depend on it change with it."""

from collections.abc import Collection

from sigpret.apps.monitoring.actions.evaluation import reevaluate
from sigpret.apps.monitoring.models import GoalAchievement, ReportingRound
from sigpret.apps.results.models import Indicator
from sigpret.methodology.periods import Period


def recompute_goals(goal_ids: Collection[int]) -> None:
    """Evaluate these goals, and those above them, again in every open quarter that has figures.

    Runs in the transaction of the change; the rounds are held so that nobody decides meanwhile.
    """
    indicators = list(Indicator.objects.filter(goal_id__in=goal_ids).values_list("pk", flat=True))
    rounds = ReportingRound.objects.select_for_update().exclude(state=ReportingRound.State.CLOSED)
    for period in list(rounds.order_by("period").values_list("period", flat=True)):
        if indicators and GoalAchievement.objects.filter(period=period).exists():
            reevaluate(period=Period.parse(period), indicator_ids=indicators)


def begun_quarter_codes() -> frozenset[str]:
    """The quarters that were opened to reports, whether they closed or not."""
    return frozenset(ReportingRound.objects.values_list("period", flat=True))


def closed_quarter_codes() -> frozenset[str]:
    """The quarters whose round closed: what was programmed for them is history."""
    closed = ReportingRound.objects.filter(state=ReportingRound.State.CLOSED)
    return frozenset(closed.values_list("period", flat=True))
