"""Closing a quarter, and the rule of its deadline."""

from datetime import datetime

from sigpret.apps.accounts.models import User
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.queries.closing import InstitutionCount
from sigpret.apps.monitoring.queries.rounds import RoundFacts
from sigpret.methodology.periods import Period


class RoundNotOpenError(Exception):
    """The quarter takes no values at this instant; its text says since when, or from when."""


class UndecidedValuesError(Exception):
    """Values were sent and nobody decided them; `waiting` says how many and whose."""

    def __init__(self, message: str, waiting: tuple[InstitutionCount, ...]) -> None:
        super().__init__(message)
        self.waiting = waiting


def close_round(*, actor: User, access: Access, period: Period, at: datetime) -> RoundFacts:
    """Close a quarter for ever: evaluate it, store its snapshots and their digest.

    Closing twice has one effect. Raises PermissionDenied, RoundNotOpenError when there is no
    such round, UndecidedValuesError while values wait for a decision.
    """
    raise NotImplementedError
