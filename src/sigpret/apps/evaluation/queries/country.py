"""The whole country at a quarter: every goal with its two numbers, every institution's grade."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sigpret.apps.audit.actions import canonical
from sigpret.apps.evaluation.queries.grades import InstitutionGrade, grades_at, text_of
from sigpret.apps.evaluation.queries.quarter import Quarter
from sigpret.apps.evaluation.queries.standing import number
from sigpret.apps.monitoring.models import GoalAchievement, Snapshot
from sigpret.apps.monitoring.queries.editions import kept_snapshots
from sigpret.apps.monitoring.queries.evaluation import CountryEvaluation as Evaluated
from sigpret.apps.reference.queries import policy_for
from sigpret.apps.results.models import Goal
from sigpret.apps.results.queries import alignment_links
from sigpret.methodology.measure import Measure
from sigpret.methodology.periods import Period
from sigpret.methodology.values import plain


@dataclass(frozen=True, slots=True)
class CountryGoal:
    """A goal's own and contributed achievement (0-100, raw) with their statuses."""

    code: str
    level: str
    text: str
    own: Decimal | None
    own_status: str
    contributed: Decimal | None
    contributed_status: str


@dataclass(frozen=True, slots=True)
class CountryEvaluation:
    """The country at a quarter, with the digests that make the run reproducible.

    The inputs of a closed quarter are what its closing kept: `inputs_digest` is the closing's.
    """

    as_of: date
    quarter: Quarter
    policy_version: str
    institutions: tuple[InstitutionGrade, ...]
    goals: tuple[CountryGoal, ...]
    inputs_digest: str

    @property
    def digest(self) -> str:
        """SHA-256 of the period, the version and every figure; the day it ran is not part."""
        return sha256(
            {
                "period": self.quarter.period.code,
                "policy_version": self.policy_version,
                "institutions": self.institutions_json(),
                "goals": self.goals_json(),
            }
        )

    def to_json(self) -> dict[str, Any]:
        """The document `./sigpret evaluate --json` prints; decimals as text or null."""
        return {
            "as_of": self.as_of.isoformat(),
            "period": self.quarter.period.code,
            "is_official": self.quarter.is_official,
            "policy_version": self.policy_version,
            "institutions": self.institutions_json(),
            "goals": self.goals_json(),
            "inputs_digest": self.inputs_digest,
            "digest": self.digest,
        }

    def institutions_json(self) -> list[dict[str, Any]]:
        return [
            {
                "code": graded.code,
                "name": graded.name,
                "grade": text_of(graded.value),
                "band": graded.band.value if graded.band else None,
                "goals": graded.due,
                "reported": graded.reported,
            }
            for graded in self.institutions
        ]

    def goals_json(self) -> list[dict[str, Any]]:
        return [
            {
                "code": goal.code,
                "level": goal.level,
                "text": goal.text,
                "own": {"value": text_of(goal.own), "status": goal.own_status},
                "contributed": {
                    "value": text_of(goal.contributed),
                    "status": goal.contributed_status,
                },
            }
            for goal in self.goals
        ]


def country_evaluation(quarter: Quarter, as_of: date, inputs_digest: str) -> CountryEvaluation:
    """Reads the country: what the closing kept, or the figures as they stand now."""
    goals = (
        kept_country(quarter.round.id) if quarter.is_official else current_country(quarter.period)
    )
    return CountryEvaluation(
        as_of=as_of,
        quarter=quarter,
        policy_version=quarter.round.policy_version or policy_for(quarter.period).version,
        institutions=tuple(sorted(grades_at(quarter).values(), key=lambda graded: graded.code)),
        goals=tuple(goals),
        inputs_digest=inputs_digest,
    )


def kept_country(round_id: int) -> Iterable[CountryGoal]:
    rows = kept_snapshots().filter(round_id=round_id, kind=Snapshot.Kind.GOAL).order_by("code")
    fields = ("code", "level", "payload__text", "payload__own", "payload__contributed")
    for code, level, text, own, given in rows.values_list(*fields).iterator():
        yield CountryGoal(
            code=code,
            level=level,
            text=text,
            own=number((own or {}).get("value")),
            own_status=(own or {}).get("status", ""),
            contributed=number((given or {}).get("value")),
            contributed_status=(given or {}).get("status", ""),
        )


def current_country(period: Period) -> Iterable[CountryGoal]:
    rows = GoalAchievement.objects.filter(period=period.code).order_by("goal__code")
    fields = (
        *("goal__code", "goal__level", "goal__text", "own", "own_status"),
        *("contributed", "contributed_status"),
    )
    return (CountryGoal(*row) for row in rows.values_list(*fields).iterator())


def inputs_digest(evaluation: Evaluated) -> str:
    """SHA-256 of all that the figures follow from: how each goal is measured, its targets and
    validated values, who owns it, the alignments with their weights, and the rules."""
    owners = Goal.objects.order_by("code").values_list("code", "level", "institution__code")
    links = sorted(
        (link.parent, link.child, plain(link.weight), str(link.rule)) for link in alignment_links()
    )
    return sha256(
        {
            "period": evaluation.period.code,
            "policy_version": evaluation.policy.version,
            "goals": list(owners),
            "measures": {one.id: measure_json(one) for one in evaluation.measures.values()},
            "links": links,
        }
    )


def measure_json(measure: Measure) -> dict[str, Any]:
    """A measure with its numbers as text, however many zeros the database prints after them."""
    return {
        "accumulation": str(measure.accumulation),
        "across_years": str(measure.kind),
        "sense": str(measure.sense),
        "baseline": exact(measure.baseline),
        "tolerance": exact(measure.tolerance),
        "targets": {period.code: plain(value) for period, value in measure.targets.items()},
        "executed": {period.code: exact(value) for period, value in measure.executed.items()},
    }


def exact(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def sha256(document: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(document).encode()).hexdigest()
