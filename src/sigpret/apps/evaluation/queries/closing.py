"""What somebody sees before closing a quarter, and what was kept once it is closed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sigpret.apps.evaluation.queries.alphabet import alphabetical
from sigpret.apps.evaluation.queries.board import presidential_standings
from sigpret.apps.evaluation.queries.grades import grades_at
from sigpret.apps.evaluation.queries.quarter import Quarter
from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models import ProgressReport, Snapshot
from sigpret.apps.monitoring.queries import ClosingChecklist, closing_checklist
from sigpret.apps.monitoring.queries.rounds import RoundFacts, round_facts
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period
from sigpret.methodology.scoring import Band


@dataclass(frozen=True, slots=True)
class Silent:
    """An institution that has not sent its report; `values` are due and will close as silent."""

    code: str
    name: str
    values: int


@dataclass(frozen=True, slots=True)
class ClosingScreen:
    """The checklist, what will be published, and what a closing keeps.

    `reports` maps an institution to its report, so that each undecided value is one click away;
    `goals` counts the presidential goals by status; `bands` the institutions by band. What
    is missing counts as zero in a grade if the rules of the quarter say so.
    """

    round: RoundFacts
    checklist: ClosingChecklist
    reports: Mapping[int, int]
    silent: tuple[Silent, ...]
    goals: Mapping[str, int]
    bands: Mapping[Band, int]
    without_grade: int
    kept: Mapping[str, int]
    missing_counts_as_zero: bool

    @property
    def undecided_values(self) -> int:
        return sum(line.values for line in self.checklist.undecided)

    @property
    def returned_values(self) -> int:
        return sum(line.values for line in self.checklist.returned)

    @property
    def unreported_values(self) -> int:
        return sum(line.values for line in self.checklist.unreported)


def closing_screen(period: Period) -> ClosingScreen | None:
    """The closing of a quarter; None when nobody opened its round."""
    round_ = round_facts(period)
    if round_ is None:
        return None
    quarter = Quarter(round_, None, ())
    checklist = closing_checklist(period)
    standings, _before = presidential_standings(quarter)
    grades = grades_at(quarter).values()
    bands = Counter(grade.band for grade in grades)
    return ClosingScreen(
        round=round_,
        checklist=checklist,
        reports=dict(
            ProgressReport.objects.filter(round_id=round_.id).values_list("institution_id", "pk")
        ),
        silent=silent_institutions(round_, checklist),
        goals=Counter(standing.status for standing in standings.values()),
        bands={band: bands[band] for band in Band},
        without_grade=bands[None],
        kept=Counter(
            Snapshot.objects.filter(round_id=round_.id).values_list("kind", flat=True).iterator()
        ),
        missing_counts_as_zero=policy_for(period).missing_counts_as_zero,
    )


def silent_institutions(round_: RoundFacts, checklist: ClosingChecklist) -> tuple[Silent, ...]:
    """Institutions with something due that sent nothing at all."""
    due = {line.institution_id: line.values for line in checklist.unreported}
    sent = ProgressReport.objects.filter(round_id=round_.id, submitted_at__isnull=False)
    rows = (
        Institution.objects.filter(pk__in=list(due))
        .exclude(pk__in=sent.values("institution_id"))
        .order_by("code")
        .values_list("pk", "code", "name")
    )
    silent = [Silent(code, name, due[pk]) for pk, code, name in rows]
    return tuple(sorted(silent, key=lambda line: alphabetical(line.name)))
