"""Closing a quarter: the round's own closing, together with the grades that it makes final."""

from collections.abc import Iterable
from datetime import datetime

from sigpret.apps.accounts.models import User
from sigpret.apps.evaluation.queries.grades import GoalRow, grade_payload, graded
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions import close_round
from sigpret.apps.monitoring.models import Snapshot
from sigpret.apps.monitoring.queries.evaluation import CountryEvaluation
from sigpret.apps.monitoring.queries.rounds import RoundFacts
from sigpret.apps.monitoring.queries.snapshots import NewSnapshot
from sigpret.apps.results.models import Goal
from sigpret.methodology.periods import Period


def close_quarter(*, actor: User, access: Access, period: Period, at: datetime) -> RoundFacts:
    """Close a quarter for ever: goals, products and grades together or not at all.

    One transaction and one event of the audit chain, both the round's; its digest covers the
    grades. Closing twice has one effect. Raises what `close_round` raises: PermissionDenied,
    RoundNotOpenError, CannotCloseYetError.
    """
    return close_round(
        actor=actor, access=access, period=period, at=at, more_snapshots=grade_snapshots
    )


def grade_snapshots(evaluation: CountryEvaluation) -> Iterable[NewSnapshot]:
    """The grade of every institution, with each goal it is the mean of, as a closing keeps it."""
    goals: dict[int, list[GoalRow]] = {}
    owned = Goal.objects.filter(level=Goal.Level.INSTITUTIONAL).order_by("code")
    for goal_id, code, text, owner in owned.values_list("pk", "code", "text", "institution_id"):
        if owner is not None and (figures := evaluation.goals.get(goal_id)):
            own = figures.own
            goals.setdefault(owner, []).append((goal_id, code, text, own.value, own.status))
    for pk, code, name in Institution.objects.order_by("code").values_list("pk", "code", "name"):
        kept = graded(pk, code, name, goals.get(pk, ()), evaluation.policy)
        yield NewSnapshot(
            kind=Snapshot.Kind.INSTITUTION, subject_id=pk, code=code, payload=grade_payload(kept)
        )
