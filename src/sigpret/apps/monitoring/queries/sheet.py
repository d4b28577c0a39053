"""The sheet of a quarter: what an institution has to report, row by row."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from sigpret.apps.monitoring.queries.details import NO_DETAILS, Details
from sigpret.apps.monitoring.queries.rounds import RoundFacts
from sigpret.methodology.achievement import Figure
from sigpret.methodology.periods import Period
from sigpret.web.formats import format_number


class SubjectKind(StrEnum):
    """What a value is of."""

    PRODUCT = "product"
    INDICATOR = "indicator"


class Missing(StrEnum):
    """Why a row cannot be sent yet."""

    VALUE = "value"
    CAUSE = "cause"
    PARTS = "parts"
    ANSWER = "answer"
    EVIDENCE = "evidence"


class Situation(StrEnum):
    """Where a row stands, in one word: what the last column and the filters show."""

    VALUE_MISSING = "value_missing"
    RETURNED = "returned"
    CAUSE_MISSING = "cause_missing"
    PARTS_WRONG = "parts_wrong"
    EVIDENCE_MISSING = "evidence_missing"
    READY = "ready"
    AWAITING_APPROVAL = "to_approve"
    SUBMITTED = "submitted"
    VALIDATED = "validated"


@dataclass(frozen=True, slots=True)
class ValueCell:
    """What is stored for a row. With nothing stored: `id` None, `version` 0, state draft."""

    id: int | None
    value: Decimal | None
    version: int
    state: str
    cause_category: str
    cause: str
    observation: str
    reported_by_id: int | None
    reported_by: str
    reported_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    decided_version: int | None = None
    assigned_to_id: int | None = None
    assigned_to: str = ""
    has_no_denominator: bool = False

    @property
    def quantity(self) -> str:
        """As people read it: `1,234.5`, `sin denominador`, or a dash while nothing is written."""
        if self.has_no_denominator:
            return _("sin denominador")
        return format_number(self.value)

    @property
    def is_written(self) -> bool:
        """Was anything reported: a value, or 0 of 0, which has none?"""
        return self.value is not None or self.has_no_denominator


@dataclass(frozen=True, slots=True)
class SheetPoint:
    """A quarter of the row's year: quantities, not percentages. None is not written."""

    period: Period
    planned: Decimal | None
    executed: Decimal | None
    planned_to_date: Decimal | None
    executed_to_date: Decimal | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A product or an indicator that is due.

    `prior` is what was accumulated before this quarter, `figure` the achievement to date
    with what is written now (0-100 scale, raw), `series` the four quarters of the year.
    """

    kind: SubjectKind
    subject_id: int
    code: str
    name: str
    unit: str
    periodicity: str
    annual: Decimal | None
    prior: Decimal | None
    planned: Decimal | None
    planned_to_date: Decimal | None
    executed_to_date: Decimal | None
    cell: ValueCell
    figure: Figure
    series: tuple[SheetPoint, ...]
    needs_cause: bool
    missing: tuple[Missing, ...]
    is_editable: bool
    details: Details = NO_DETAILS

    @property
    def is_computed(self) -> bool:
        """Is its value worked out of variables, instead of typed?"""
        return bool(self.details.variables)

    @property
    def is_impossible(self) -> bool:
        """Are its variables all there, and something divided by nothing?"""
        is_full = all(one.amount is not None for one in self.details.variables)
        return self.is_computed and is_full and not self.cell.is_written

    @property
    def part_problems(self) -> tuple[str, ...]:
        return self.details.problems(self.cell.value)

    @property
    def key(self) -> str:
        """Stable name of the row in forms and addresses: `product-12`."""
        return f"{self.kind}-{self.subject_id}"

    @property
    def situation(self) -> Situation:
        """The first thing somebody would say about the row."""
        if self.cell.state in MOVED_ON:
            return Situation(self.cell.state)
        for missing, situation in WORST_FIRST:
            if missing in self.missing:
                return situation
        return Situation.READY


MOVED_ON = (Situation.AWAITING_APPROVAL, Situation.SUBMITTED, Situation.VALIDATED)
WORST_FIRST = (
    (Missing.VALUE, Situation.VALUE_MISSING),
    (Missing.ANSWER, Situation.RETURNED),
    (Missing.PARTS, Situation.PARTS_WRONG),
    (Missing.CAUSE, Situation.CAUSE_MISSING),
    (Missing.EVIDENCE, Situation.EVIDENCE_MISSING),
)


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """An operational objective with its rows; `number` is empty for the indicators of goals."""

    number: str
    text: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class ClosedGap:
    """What was programmed in an earlier quarter of the year that closed without a valid value."""

    key: str
    code: str
    name: str
    period: Period
    planned: Decimal


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """Everything the report of a quarter shows. `version` 0 and `report_id` None: not begun.

    `prepared_*`: who left it for approval; `given_back_*`: what the approver asked for, when it
    came back and has not been sent again; `receipt`: the number of its last arrival.
    """

    institution_id: int
    institution_code: str
    institution_name: str
    period: Period
    round: RoundFacts | None
    report_id: int | None
    version: int
    state: str
    submitted_at: datetime | None
    submitted_by: str
    receipt: str
    prepared_at: datetime | None
    prepared_by: str
    given_back_note: str
    given_back_at: datetime | None
    given_back_by: str
    groups: tuple[SheetGroup, ...]
    not_due: int
    gaps: tuple[ClosedGap, ...] = ()

    @property
    def rows(self) -> tuple[SheetRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def unresolved(self) -> tuple[SheetRow, ...]:
        """The rows that keep the report from being sent."""
        return tuple(row for row in self.rows if row.missing)

    @property
    def ready(self) -> int:
        return self.total - len(self.unresolved)

    @property
    def situations(self) -> Counter[Situation]:
        """How many rows stand in each situation: the numbers of the filters."""
        return Counter(row.situation for row in self.rows)

    def row(self, kind: str, subject_id: int) -> SheetRow | None:
        wanted = (kind, subject_id)
        return next((row for row in self.rows if (row.kind, row.subject_id) == wanted), None)
