"""What stands between a quarter and its closing."""

from dataclasses import dataclass

from sigpret.apps.monitoring.queries.rounds import RoundFacts
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class InstitutionCount:
    """An institution and how many of its values a line of the checklist is about."""

    institution_id: int
    code: str
    name: str
    values: int


@dataclass(frozen=True, slots=True)
class ClosingChecklist:
    """Counts are of values due in the quarter; each list names institutions.

    `undecided` blocks the closing. `returned` and `unreported` will be closed as not reported.
    """

    period: Period
    round: RoundFacts | None
    due: int
    validated: int
    undecided: tuple[InstitutionCount, ...]
    returned: tuple[InstitutionCount, ...]
    unreported: tuple[InstitutionCount, ...]
    institutions: int
    institutions_sent: int

    @property
    def can_close(self) -> bool:
        return self.round is not None and not self.round.is_closed and not self.undecided


def closing_checklist(period: Period) -> ClosingChecklist:
    """Everything somebody must know before closing a quarter."""
    raise NotImplementedError
