"""Sending a report: everything at once, or everything that is missing at once."""

from dataclasses import dataclass
from datetime import datetime

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.queries.sheet import SheetRow


@dataclass(frozen=True, slots=True)
class SubmittedReport:
    """What was sent. `is_changed` False: it had been sent already."""

    report_id: int
    state: str
    version: int
    values: int
    submitted_at: datetime
    is_changed: bool


class IncompleteReportError(Exception):
    """Rows keep the report from being sent; `rows` holds every one, with its `missing`."""

    def __init__(self, message: str, rows: tuple[SheetRow, ...]) -> None:
        super().__init__(message)
        self.rows = rows


class StaleReportError(Exception):
    """The report changed since the person looked at it; nothing was sent."""


def submit_report(
    *, actor: User, access: Access, report_id: int, expected_version: int, at: datetime
) -> SubmittedReport:
    """Send what is written and not yet sent. Sending twice has one effect.

    Raises PermissionDenied, RoundNotOpenError, IncompleteReportError, StaleReportError.
    """
    raise NotImplementedError
