"""When nobody wrote a cause: which of the contributing goals are behind."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F

from sigpret.apps.monitoring.models import GoalAchievement, Snapshot
from sigpret.apps.monitoring.queries.editions import kept_snapshots
from sigpret.apps.monitoring.queries.rounds import RoundFacts
from sigpret.apps.results.models import Alignment, Goal
from sigpret.methodology.status import Status

#: What a sentence can carry.
NAMED = 3


def causes_below(goal_ids: Iterable[int], round_: RoundFacts) -> dict[int, tuple[str, ...]]:
    """Goal -> texts of its children that are behind, farthest first; one query or two.

    Institutional goals are not named: how they stand is reserved, and more people read the board.
    """
    children = Alignment.objects.filter(parent_id__in=list(goal_ids)).exclude(
        child__level=Goal.Level.INSTITUTIONAL
    )
    if round_.is_closed:
        return closed_causes(children.values_list("parent_id", "child_id"), round_.id)
    behind = (
        GoalAchievement.objects.filter(
            period=round_.period.code,
            own_status=Status.BEHIND,
            goal__serves__parent_id__in=list(goal_ids),
        )
        .exclude(goal__level=Goal.Level.INSTITUTIONAL)
        .order_by("own", "goal__code")
        .values_list(F("goal__serves__parent_id"), "goal__text")
    )
    return grouped(behind)


def closed_causes(pairs: Iterable[tuple[int, int]], round_id: int) -> dict[int, tuple[str, ...]]:
    served: dict[int, list[int]] = defaultdict(list)
    for parent, child in pairs:
        served[child].append(parent)
    rows = (
        kept_snapshots()
        .filter(round_id=round_id, kind=Snapshot.Kind.GOAL, subject_id__in=list(served))
        .values_list("subject_id", "payload__own__status", "payload__own__value", "payload__text")
    )
    behind = [row for row in rows.order_by("code") if row[1] == Status.BEHIND]
    behind.sort(key=lambda row: float(row[2] or 0))
    return grouped((parent, text) for child, _s, _v, text in behind for parent in served[child])


def grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for parent, text in pairs:
        if len(found[parent]) < NAMED:
            found[parent].append(text)
    return {parent: tuple(texts) for parent, texts in found.items()}
