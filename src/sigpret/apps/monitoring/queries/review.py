"""What reviewers see: the reports that wait, and one report datum by datum."""

from dataclasses import dataclass
from datetime import datetime

from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.queries.sheet import ReportSheet, SheetRow
from sigpret.methodology.periods import Period
from sigpret.methodology.policy import Policy


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A report that was sent; counts are of values."""

    report_id: int
    institution_code: str
    institution_name: str
    state: str
    submitted_at: datetime
    submitted_by: str
    waiting: int
    validated: int
    returned: int
    is_blocked: bool

    @property
    def total(self) -> int:
        return self.waiting + self.validated + self.returned


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """Reports of a quarter, the ones that wait longest first.

    `not_sent` counts the institutions with a plan or goals that have not sent anything.
    """

    period: Period
    entries: tuple[QueueEntry, ...]
    not_sent: int

    @property
    def waiting(self) -> tuple[QueueEntry, ...]:
        return tuple(entry for entry in self.entries if entry.waiting)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A datum to decide. `blocked` says why this person may not decide it, or is empty."""

    row: SheetRow
    signals: tuple[str, ...]
    blocked: str

    @property
    def is_decidable(self) -> bool:
        return self.row.cell.state == "submitted" and not self.blocked

    @property
    def is_clean(self) -> bool:
        return not self.signals


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """A report under review: the sheet, and each row with its signals, riskiest first."""

    sheet: ReportSheet
    rows: tuple[ReviewRow, ...]

    @property
    def waiting(self) -> tuple[ReviewRow, ...]:
        return tuple(row for row in self.rows if row.row.cell.state == "submitted")


def review_queue(*, period: Period, access: Access) -> ReviewQueue:
    """The reports sent in a quarter, for a reviewer."""
    raise NotImplementedError


def review_sheet(*, report_id: int, access: Access, policy: Policy) -> ReviewSheet | None:
    """One report as a reviewer decides it; None when there is no such report."""
    raise NotImplementedError
