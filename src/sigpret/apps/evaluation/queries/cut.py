"""What a closing keeps beside the goals and products: the grade of every institution."""

from collections.abc import Iterable, Mapping

from sigpret.apps.evaluation.queries.grades import GoalRow, grade_payload, graded
from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models import Snapshot
from sigpret.apps.monitoring.queries.evaluation import CountryEvaluation
from sigpret.apps.monitoring.queries.extensions import Excuse
from sigpret.apps.monitoring.queries.snapshots import NewSnapshot
from sigpret.apps.results.models import Goal


def grade_snapshots(
    evaluation: CountryEvaluation, excuses: Mapping[int, Excuse]
) -> Iterable[NewSnapshot]:
    """The grade of every institution, with each goal it is the mean of, as a closing keeps it.

    An institution with an excuse keeps why it may still be silent, and until when.
    """
    goals = goals_by_owner(evaluation)
    for pk, code, name in Institution.objects.order_by("code").values_list("pk", "code", "name"):
        excuse = excuses.get(pk)
        kept = graded(
            pk, code, name, goals.get(pk, ()), evaluation.policy, is_excused=excuse is not None
        )
        payload = {**grade_payload(kept), "excuse": excuse and excuse_payload(excuse)}
        yield NewSnapshot(kind=Snapshot.Kind.INSTITUTION, subject_id=pk, code=code, payload=payload)


def goals_by_owner(evaluation: CountryEvaluation) -> dict[int, list[GoalRow]]:
    goals: dict[int, list[GoalRow]] = {}
    owned = Goal.objects.filter(level=Goal.Level.INSTITUTIONAL).order_by("code")
    for goal_id, code, text, owner in owned.values_list("pk", "code", "text", "institution_id"):
        if owner is not None and (figures := evaluation.goals.get(goal_id)):
            own = figures.own
            goals.setdefault(owner, []).append((goal_id, code, text, own.value, own.status))
    return goals


def excuse_payload(excuse: Excuse) -> dict[str, str]:
    return {"reason": excuse.reason, "until": excuse.until.isoformat()}
