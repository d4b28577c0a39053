"""What somebody sees before closing a quarter, and what was kept once it is closed."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sigpret.apps.evaluation.queries.alphabet import alphabetical
from sigpret.apps.evaluation.queries.board import presidential_standings
from sigpret.apps.evaluation.queries.ceremony import (
    ChangeCounts,
    Confirmation,
    ReviewWork,
    change_counts,
    confirmation_of,
    review_work,
)
from sigpret.apps.evaluation.queries.grades import grades_at
from sigpret.apps.evaluation.queries.quarter import Quarter
from sigpret.apps.institutions.models import Institution
from sigpret.apps.monitoring.models import ProgressReport
from sigpret.apps.monitoring.queries import ClosingChecklist, closing_checklist
from sigpret.apps.monitoring.queries.deliveries import LastContact, last_contacts
from sigpret.apps.monitoring.queries.editions import Edition, editions_of, kept_snapshots
from sigpret.apps.monitoring.queries.extensions import Excuse, excuses
from sigpret.apps.monitoring.queries.rounds import RoundFacts, round_facts
from sigpret.apps.reference.queries import policy_for
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy
from sigpret.methodology.scoring import Band


@dataclass(frozen=True, slots=True)
class Silent:
    """An institution that has not sent its report; `values` are due and will close as silent.

    `excuse` is the extension still valid, if it has one; `contact` what was said last.
    """

    institution_id: int
    code: str
    name: str
    values: int
    excuse: Excuse | None
    contact: LastContact | None


@dataclass(frozen=True, slots=True)
class ClosingScreen:
    """The checklist, what will be published, and what a closing keeps.

    `reports` maps an institution to its report, so that each undecided value is one click away;
    `goals` counts the presidential goals by status; `bands` the institutions by band. `at` is
    the moment it was looked at.
    """

    at: datetime
    round: RoundFacts
    checklist: ClosingChecklist
    reports: Mapping[int, int]
    silent: tuple[Silent, ...]
    goals: Mapping[str, int]
    bands: Mapping[Band, int]
    without_grade: int
    kept: Mapping[str, int]
    policy: Policy
    work: ReviewWork
    changes: ChangeCounts
    confirmation: Confirmation | None
    editions: tuple[Edition, ...]

    @property
    def undecided_values(self) -> int:
        return sum(line.values for line in self.checklist.undecided)

    @property
    def returned_values(self) -> int:
        return sum(line.values for line in self.checklist.returned)

    @property
    def unreported_values(self) -> int:
        return sum(line.values for line in self.checklist.unreported)

    @property
    def excused(self) -> tuple[Silent, ...]:
        return tuple(line for line in self.silent if line.excuse)

    @property
    def unexcused(self) -> tuple[Silent, ...]:
        return tuple(line for line in self.silent if not line.excuse)

    @property
    def is_past_deadline(self) -> bool:
        return self.at >= self.round.closes_at

    @property
    def edition(self) -> Edition | None:
        """The closing that stands, or stood last."""
        return self.editions[-1] if self.editions else None

    @property
    def seen(self) -> str:
        """What the page says, in a few signs: whoever confirms sends it back."""
        facts = (
            self.round.edition,
            self.checklist.due,
            self.checklist.validated,
            self.undecided_values,
            self.returned_values,
            self.unreported_values,
            sorted((line.code, bool(line.excuse)) for line in self.silent),
            sorted(self.goals.items()),
            sorted(self.bands.items()),
        )
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]

    def has_confirmed(self, user_id: int | None) -> bool:
        return self.confirmation is not None and self.confirmation.user_id == user_id

    def is_second(self, user_id: int | None) -> bool:
        """Would this person be the one who closes?"""
        return self.confirmation is not None and self.confirmation.user_id != user_id


def closing_screen(period: Period, at: datetime) -> ClosingScreen | None:
    """The closing of a quarter; None when nobody opened its round."""
    round_ = round_facts(period)
    if round_ is None:
        return None
    quarter = Quarter(round_, None, ())
    excused = excuses(round_.id, round_.closed_at or at)
    checklist = closing_checklist(period, excused=excused)
    standings, _before = presidential_standings(quarter)
    bands = Counter(grade.band for grade in grades_at(quarter).values())
    return ClosingScreen(
        at=at,
        round=round_,
        checklist=checklist,
        reports=dict(
            ProgressReport.objects.filter(round_id=round_.id).values_list("institution_id", "pk")
        ),
        silent=silent_institutions(round_, checklist, excused),
        goals=Counter(str(standing.status) for standing in standings.values()),
        bands={band: bands[band] for band in Band},
        without_grade=bands[None],
        kept=Counter(
            kept_snapshots().filter(round_id=round_.id).values_list("kind", flat=True).iterator()
        ),
        policy=policy_for(period),
        work=review_work(round_),
        changes=change_counts(period),
        confirmation=confirmation_of(round_),
        editions=editions_of(period),
    )


def silent_institutions(
    round_: RoundFacts, checklist: ClosingChecklist, excused: Mapping[int, Excuse]
) -> tuple[Silent, ...]:
    """Institutions with something due that sent nothing at all; the excused first."""
    due = {line.institution_id: line.values for line in checklist.unreported}
    sent = ProgressReport.objects.filter(round_id=round_.id, submitted_at__isnull=False)
    rows = (
        Institution.objects.filter(pk__in=list(due))
        .exclude(pk__in=sent.values("institution_id"))
        .values_list("pk", "code", "name")
    )
    contacts = last_contacts(round_.id)
    silent = [
        Silent(pk, code, name, due[pk], excused.get(pk), contacts.get(pk))
        for pk, code, name in rows
    ]
    return tuple(sorted(silent, key=lambda line: (not line.excuse, alphabetical(line.name))))
