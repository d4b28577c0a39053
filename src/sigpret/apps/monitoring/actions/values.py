"""Writing a value: one per subject and quarter, replaced when it is corrected."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.models import Institution
from sigpret.apps.institutions.queries import Access
from sigpret.methodology.periods import Period


@dataclass(frozen=True, slots=True)
class SavedValue:
    """What is stored now. `is_changed` False: it was already so, nothing was written."""

    id: int
    report_id: int
    value: Decimal | None
    version: int
    report_version: int
    state: str
    is_changed: bool


class ConflictError(Exception):
    """Somebody wrote in between. `mine` is what was sent now, `theirs` what is stored."""

    def __init__(
        self,
        message: str,
        *,
        mine: Decimal | None,
        theirs: Decimal | None,
        changed_by: str,
        changed_at: datetime | None,
        version: int,
    ) -> None:
        super().__init__(message)
        self.mine, self.theirs = mine, theirs
        self.changed_by, self.changed_at, self.version = changed_by, changed_at, version


class LockedValueError(Exception):
    """The value was validated, or is under review: only a return opens it again."""


class InvalidValueError(Exception):
    """Not a value this subject can have: not finite, too long, or negative for a product."""


class UnknownSubjectError(Exception):
    """No such product or indicator in what the institution reports that year."""


def save_value(
    *,
    actor: User,
    access: Access,
    institution: Institution,
    period: Period,
    product_id: int | None = None,
    indicator_id: int | None = None,
    value: Decimal | None,
    cause_category: str = "",
    cause: str = "",
    expected_version: int,
    at: datetime,
) -> SavedValue:
    """Write or replace the value of a product or an indicator (exactly one id is given).

    `expected_version` is the version of the value the person saw; 0 when there was none.
    The same value and cause again writes nothing. A correction of something already sent,
    while nobody has begun to review the report, takes it back to draft: it must be sent again.
    Raises PermissionDenied, RoundNotOpenError, UnknownSubjectError, InvalidValueError,
    LockedValueError, ConflictError.
    """
    raise NotImplementedError
