"""The decision about a value: validated, or returned with an observation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access


@dataclass(frozen=True, slots=True)
class Decision:
    """`value_ids` are the values this call changed; `report_states` the state of each report."""

    value_ids: tuple[int, ...]
    report_states: Mapping[int, str]


class NotUnderReviewError(Exception):
    """The value is not waiting for a decision: it was taken back, or decided otherwise."""


class ObservationMissingError(Exception):
    """A value is only returned with an observation."""


def validate_values(
    *,
    actor: User,
    access: Access,
    value_ids: Collection[int],
    at: datetime,
    observation: str = "",
    expected_versions: Mapping[int, int] | None = None,
) -> Decision:
    """Validate values and re-evaluate what depends on them, up to the presidential goals.

    All or nothing; a value already validated is left alone. `expected_versions` are the
    versions the reviewer saw, by value id. Raises PermissionDenied, RoundNotOpenError,
    NotUnderReviewError, ConflictError.
    """
    raise NotImplementedError


def return_value(
    *, actor: User, access: Access, value_id: int, observation: str, at: datetime
) -> Decision:
    """Give a value back with the reason; only that row opens again, and it stops counting.

    Raises PermissionDenied, RoundNotOpenError, NotUnderReviewError, ObservationMissingError.
    """
    raise NotImplementedError
